import { isBusinessDate } from '../../../domain/business-date.ts';
import type { FieldSpec } from '../../../domain/entity-fields.ts';
import { beyondBounds } from '../../../domain/field-bounds.ts';
import { isInstant } from '../../../domain/instant.ts';
import { minorDigits, parseDecimal } from '../../../domain/money.ts';
import { type CellData, type CellRefusalCode, shown } from './cell.ts';
import type { DateReader, ParsedDate } from './date-format.ts';

/** How a file writes numbers and days. */
export interface Notation {
  readonly decimalMark: '.' | ',';
  readonly readDate: DateReader;
}

/** How we write them ourselves: constants and what transforms leave behind. */
export const OUR_NOTATION: Notation = { decimalMark: '.', readDate: readOurDate };

/** Counted in UTF-16 code units; a longer text is refused, never cut. */
const MAX_TEXT_CHARACTERS = 500;

/** Why a cell is not of its field's type; whoever knows the column adds it. */
export interface ParseFault {
  readonly code: CellRefusalCode;
  readonly message: string;
}

/** Reads a stated cell as the type of its field, within the bounds of what is possible. */
export function parseCell(
  text: string,
  spec: FieldSpec,
  how: { readonly notation: Notation; readonly currency: string },
): CellData | ParseFault {
  const read = parseAs(text, spec, how);
  const why = typeof read === 'object' ? undefined : beyondBounds(read, spec);
  if (why === undefined) return read;
  const mend = 'correct it, or leave it out by `nullTokens`';
  return fault('OUT_OF_BOUNDS', `${shown(text)} ${why}: ${mend}`);
}

function parseAs(
  text: string,
  spec: FieldSpec,
  how: { readonly notation: Notation; readonly currency: string },
): CellData | ParseFault {
  switch (spec.type) {
    case 'text':
      return parseText(text);
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
      return parseWhole(text, spec.type);
    case 'boolean':
      return parseBoolean(text);
    case 'currency':
      return /^[A-Z]{3}$/.test(text)
        ? text
        : fault('NOT_A_CURRENCY', `${shown(text)} is no ISO 4217 code such as \`EUR\``);
  }
}

/** A decimal in our notation, or undefined where the file's mark is misused. */
export function plainDecimal(text: string, notation: Notation): string | undefined {
  if (notation.decimalMark === '.') return text;
  return text.includes('.') ? undefined : text.replace(',', '.');
}

function parseText(text: string): string | ParseFault {
  if (text.length <= MAX_TEXT_CHARACTERS) return text;
  return fault('TOO_LONG', `a text has at most ${MAX_TEXT_CHARACTERS} characters: shorten it`);
}

function parseCode(text: string, codes: readonly string[]): string | ParseFault {
  if (codes.includes(text)) return text;
  const message = `${shown(text)} is none of ${codes.join(', ')}: add it to a code table`;
  return fault('UNKNOWN_CODE', message);
}

function parseDay(text: string, type: 'date' | 'instant', { readDate }: Notation) {
  const parsed = readDate(text);
  if (parsed === undefined) {
    return fault('NOT_A_DATE', `${shown(text)} is no day in any of the file's \`dateFormats\``);
  }
  if (type === 'date') return parsed.date;
  if (parsed.time !== null) return `${parsed.date}T${parsed.time}Z`;
  return fault('NO_TIME', `${shown(text)} has no time: add \`startOfDay\` or \`endOfDay\``);
}

function parseAmount(
  text: string,
  how: { readonly notation: Notation; readonly currency: string },
): number | ParseFault {
  const plain = plainDecimal(text, how.notation);
  const digits = minorDigits(how.currency);
  const amount = plain === undefined ? undefined : parseDecimal(plain, digits);
  if (amount !== undefined) return amount;
  const mark = how.notation.decimalMark;
  const form = `digits, then \`${mark}\` and at most ${digits} decimals`;
  return fault('NOT_AN_AMOUNT', `${shown(text)} is no amount in ${how.currency}: ${form}`);
}

function parseWhole(text: string, type: 'count' | 'integer' | 'ppm'): number | ParseFault {
  const whole = /^[+-]?\d{1,15}$/.test(text) ? Number(text) + 0 : undefined;
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
