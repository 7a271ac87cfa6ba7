import { isBusinessDate } from '../../../domain/business-date.ts';
import { beyondBounds } from '../../../domain/field-bounds.ts';
import type { FieldSpec } from '../../../domain/field-spec.ts';
import {
  isId,
  isWellFormed,
  MOST_ID_CHARACTERS,
  MOST_TEXT_CHARACTERS,
} from '../../../domain/id.ts';
import { isInstant } from '../../../domain/instant.ts';
import { type CurrencyCode, minorDigits, parseDecimal } from '../../../domain/money.ts';
import { type CellData, type CellRefusalCode, shown } from './cell.ts';
import { type DateReader, ISO_DATE_FORMATS, type ParsedDate } from './date-format.ts';
import { type NumberReader, readPlainNumber } from './number-format.ts';
import { epochMs, type Zone } from './time-zone.ts';

/** How a file writes numbers and days. */
export interface Notation {
  readonly decimalMark: '.' | ',';
  readonly readNumber: NumberReader;
  readonly readDate: DateReader;
  /** The forms that `readDate` knows, for messages. */
  readonly dateFormats: readonly string[];
  /** Where the times are shown that state no offset; without one they are UTC. */
  readonly zone?: Zone;
}

/** How we write them ourselves: constants and what transforms leave behind. */
export const OUR_NOTATION: Notation = {
  decimalMark: '.',
  readNumber: readPlainNumber,
  readDate: readOurDate,
  dateFormats: ISO_DATE_FORMATS,
};

/** What a cell's text is read by; `sign` is the currency whose sign stood at the number. */
export interface ParseHow {
  readonly notation: Notation;
  readonly currency: CurrencyCode;
  readonly sign?: CurrencyCode | undefined;
}

/** Why a cell is not of its field's type; whoever knows the column adds it. */
export interface ParseFault {
  readonly code: CellRefusalCode;
  readonly message: string;
}

/** Reads a stated cell as the type of its field, within the bounds of what is possible. */
export function parseCell(text: string, spec: FieldSpec, how: ParseHow): CellData | ParseFault {
  const read = parseAs(text, spec, how);
  const why = typeof read === 'object' ? undefined : beyondBounds(read, spec);
  if (why === undefined) return read;
  const mend = 'correct it, or leave it out by `nullTokens`';
  return fault('OUT_OF_BOUNDS', `${shown(text)} ${why}: ${mend}`);
}

function parseAs(text: string, spec: FieldSpec, how: ParseHow): CellData | ParseFault {
  switch (spec.type) {
    case 'text':
      return parseText(text);
    case 'id':
      return parseId(text);
    case 'code':
      return parseCode(text, spec.codes ?? []);
    case 'date':
    case 'instant':
      return parseDay(text, spec.type, how.notation);
    case 'minor':
      return parseAmount(text, how);
    case 'count':
    case 'integer':
    case 'ppm':
      return parseWhole(text, spec.type, how.notation);
    case 'boolean':
      return parseBoolean(text);
    case 'currency':
      return /^[A-Z]{3}$/.test(text)
        ? text
        : fault('NOT_A_CURRENCY', `${shown(text)} is no ISO 4217 code such as \`EUR\``);
  }
}

const DAY_MEND = 'correct it, or add its form to `dateFormats`';

/** The day in a text, or why there is none that anybody could name. */
export function parsedDay(
  text: string,
  { readDate, dateFormats }: Notation,
): ParsedDate | ParseFault {
  const parsed = readDate(text);
  if (parsed === undefined) {
    return fault(
      'NOT_A_DATE',
      `${shown(text)} is no day in ${dateFormats.join(' or ')}: ${DAY_MEND}`,
    );
  }
  if (parsed.ambiguous === undefined) return parsed;
  const message = `${shown(text)} is another day in another of the \`dateFormats\``;
  return fault('AMBIGUOUS_DATE', `${message}: state the one of this column by \`format\``);
}

/** Digits after the decimal mark of a number in our notation. */
export function decimalsOf(plain: string): number {
  const mark = plain.indexOf('.');
  return mark === -1 ? 0 : plain.length - mark - 1;
}

function parseText(text: string): string | ParseFault {
  if (!isWellFormed(text)) {
    const what = `${shown(text)} holds a control character or half a letter`;
    return fault('NOT_TEXT', `${what}: check the file's \`encoding\``);
  }
  if (text.length <= MOST_TEXT_CHARACTERS) return text;
  return fault('TOO_LONG', `a text has at most ${MOST_TEXT_CHARACTERS} characters: shorten it`);
}

/** By the same measure that ids of questions are held to: who is taken in can be asked about. */
function parseId(text: string): string | ParseFault {
  if (isId(text)) return text;
  const form = `1 to ${MOST_ID_CHARACTERS} characters, none of them a control character`;
  return fault('NOT_AN_ID', `${shown(text)} is no id: an id has ${form}`);
}

function parseCode(text: string, codes: readonly string[]): string | ParseFault {
  if (codes.includes(text)) return text;
  const message = `${shown(text)} is none of ${codes.join(', ')}: add it to a code table`;
  return fault('UNKNOWN_CODE', message);
}

function parseDay(text: string, type: 'date' | 'instant', notation: Notation) {
  const parsed = parsedDay(text, notation);
  if ('code' in parsed) return parsed;
  if (parsed.month === true) {
    const message = `${shown(text)} is a month: add \`startOfMonth\` or \`endOfMonth\``;
    return fault('NO_DAY', message);
  }
  if (type === 'date') return parsed.date;
  if (parsed.time !== null) return instantOf(text, { ...parsed, time: parsed.time }, notation);
  return fault('NO_TIME', `${shown(text)} has no time: add \`startOfDay\` or \`endOfDay\``);
}

function instantOf(
  text: string,
  { date, time, offsetMinutes }: ParsedDate & { readonly time: string },
  { zone }: Notation,
): string | ParseFault {
  if (offsetMinutes === 0 || (offsetMinutes === undefined && zone === undefined)) {
    return `${date}T${time}Z`;
  }
  if (offsetMinutes !== undefined) return written(epochMs(date, time) - offsetMinutes * 60_000);
  const ms = zone?.(date, time) ?? 'SKIPPED';
  if (typeof ms === 'number') return written(ms);
  const [code, what] =
    ms === 'SKIPPED'
      ? (['SKIPPED_TIME', 'never showed'] as const)
      : (['REPEATED_TIME', 'showed twice'] as const);
  return fault(code, `${shown(text)} is a time that clocks ${what}: declare \`clockChanges\``);
}

function written(ms: number): string {
  return new Date(ms).toISOString();
}

function parseAmount(text: string, how: ParseHow): number | ParseFault {
  const { notation, currency } = how;
  const number = notation.readNumber(text);
  const sign = number?.currency ?? how.sign;
  if (sign !== undefined && sign !== currency) {
    const message = `${shown(text)} has a sign of ${sign}, and the amount is in ${currency}`;
    return fault('NOT_AN_AMOUNT', `${message}: map its currency`);
  }
  const digits = minorDigits(currency);
  const amount = number === undefined ? undefined : parseDecimal(number.plain, digits);
  if (number !== undefined && decimalsOf(number.plain) > digits) {
    const message = `${shown(text)} has more than ${digits} decimals, as many as ${currency} has`;
    return fault('NOT_AN_AMOUNT', `${message}: say what becomes of them by \`round\``);
  }
  if (amount !== undefined) return amount;
  const mark = notation.decimalMark;
  const form = `digits, then \`${mark}\` and at most ${digits} decimals`;
  return fault('NOT_AN_AMOUNT', `${shown(text)} is no amount in ${currency}: ${form}`);
}

function parseWhole(
  text: string,
  type: 'count' | 'integer' | 'ppm',
  notation: Notation,
): number | ParseFault {
  const plain = notation.readNumber(text)?.plain ?? '';
  const whole = /^[+-]?\d{1,15}$/.test(plain) ? Number(plain) + 0 : undefined;
  if (whole === undefined || (type === 'count' && whole < 0)) {
    return fault('NOT_A_NUMBER', `${shown(text)} is no whole number: check column and transform`);
  }
  return whole;
}

function parseBoolean(text: string): boolean | ParseFault {
  if (['true', '1', 'Y'].includes(text)) return true;
  if (['false', '0', 'N'].includes(text)) return false;
  return fault('NOT_A_BOOLEAN', `${shown(text)} is none of true, false, 1, 0, Y, N`);
}

function readOurDate(text: string): ParsedDate | undefined {
  if (isBusinessDate(text)) return { date: text, time: null };
  return isInstant(text) ? { date: text.slice(0, 10), time: text.slice(11, 23) } : undefined;
}

function fault(code: CellRefusalCode, message: string): ParseFault {
  return { code, message };
}
