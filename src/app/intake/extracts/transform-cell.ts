import { addMonths, isBusinessDate, startOfMonth } from '../../../domain/business-date.ts';
import { endOfDay, startOfDay } from '../../../domain/instant.ts';
import type { PlainTransform, RoundingRule, Transform } from '../../../domain/mapping.ts';
import { type CurrencyCode, parseDecimal } from '../../../domain/money.ts';
import { czechBirthNumber } from './birth-number.ts';
import { shown } from './cell.ts';
import {
  decimalsOf,
  type Notation,
  OUR_NOTATION,
  type ParseFault,
  parsedDay,
} from './parse-cell.ts';
import { roundDecimal } from './round-decimal.ts';

/** A cell's text on its way to a field, and how it writes numbers and days by now. */
export interface CellText {
  readonly text: string;
  readonly notation: Notation;
  /** The currency whose sign stood at the number before a transform took it off. */
  readonly sign?: CurrencyCode | undefined;
}

/** What a transform may ask of the row and the field that it works for. */
export interface TransformContext {
  readonly cellOf: (column: string) => string;
  /** Decimals that the field has, where a rounding states none. */
  readonly decimals: () => number;
}

/** The closed list of transforms, each as its schema describes it. */
export function transformCell(
  cell: CellText,
  transform: Transform,
  context: TransformContext,
): CellText | ParseFault {
  if (typeof transform === 'string') return PLAIN[transform](cell);
  if ('prefix' in transform) return { ...cell, text: transform.prefix + cell.text };
  if ('strip' in transform) return { ...cell, text: stripped(cell.text, transform.strip) };
  if ('addMonths' in transform) {
    return plusMonths(cell, context.cellOf(transform.addMonths.column));
  }
  const { rule, decimals } = transform.round;
  return rounded(cell, rule, decimals ?? context.decimals());
}

const PLAIN: { readonly [T in PlainTransform]: (cell: CellText) => CellText | ParseFault } = {
  lowercase: (cell) => ({ ...cell, text: cell.text.toLowerCase() }),
  uppercase: (cell) => ({ ...cell, text: cell.text.toUpperCase() }),
  czechBirthNumberDate: ({ text }) => ours(czechBirthNumber(text)?.birthDate) ?? noBirth(text),
  czechBirthNumberSex: ({ text }) => ours(czechBirthNumber(text)?.sex) ?? noBirth(text),
  negate: (cell) => onNumber(cell, negated),
  percentToPpm: (cell) => shifted(cell, 4),
  ratioToPpm: (cell) => shifted(cell, 6),
  thousandsToUnits: (cell) => shifted(cell, 3),
  startOfDay: (cell) => onDay(cell, startOfDay),
  endOfDay: (cell) => onDay(cell, endOfDay),
  startOfMonth: (cell) => onDay(cell, startOfMonth),
  endOfMonth: (cell) => onDay(cell, lastOfMonth),
  // Which of equal rows it is, the intake says once the file is read.
  occurrence: (cell) => cell,
};

function ours(text: string | undefined): CellText | undefined {
  return text === undefined ? undefined : { text, notation: OUR_NOTATION };
}

function noBirth(text: string): ParseFault {
  return { code: 'NOT_A_BIRTH_NUMBER', message: `${shown(text)} is no Czech birth number` };
}

function stripped(text: string, parts: readonly string[]): string {
  for (const part of parts) {
    if (text.startsWith(part)) return text.slice(part.length).trim();
    if (text.endsWith(part)) return text.slice(0, -part.length).trim();
  }
  return text;
}

function onNumber(
  { text, notation, sign }: CellText,
  change: (plain: string) => string | undefined,
  what = `number with \`${notation.decimalMark}\``,
): CellText | ParseFault {
  const number = notation.readNumber(text);
  const changed = number === undefined ? undefined : change(number.plain);
  if (changed === undefined) {
    return { code: 'NOT_A_NUMBER', message: `${shown(text)} is no ${what}` };
  }
  return { text: changed, notation: OUR_NOTATION, sign: number?.currency ?? sign };
}

function negated(plain: string): string {
  return plain.startsWith('-') ? plain.slice(1) : `-${plain.replace('+', '')}`;
}

function rounded(cell: CellText, rule: RoundingRule, decimals: number): CellText | ParseFault {
  const what =
    rule === 'zerosOnly'
      ? `number with nothing but zeros beyond ${decimals} decimals`
      : 'number that can be rounded';
  return onNumber(cell, (plain) => roundDecimal(plain, rule, decimals), what);
}

/** Moves the decimal mark to the right; more decimals than that are refused, never rounded. */
function shifted(cell: CellText, digits: number): CellText | ParseFault {
  const move = (plain: string): string | undefined => {
    if (decimalsOf(plain) > digits) return undefined;
    const number = parseDecimal(plain, digits);
    return number === undefined ? undefined : String(number);
  };
  const mark = cell.notation.decimalMark;
  return onNumber(cell, move, `number with \`${mark}\` and at most ${digits} decimals`);
}

function onDay(
  { text, notation }: CellText,
  change: (date: string) => string,
): CellText | ParseFault {
  const parsed = parsedDay(text, notation);
  if ('code' in parsed) return parsed;
  const ofMonth = change === startOfMonth || change === lastOfMonth;
  if (parsed.month === true && !ofMonth) {
    const message = `${shown(text)} is a month: add \`startOfMonth\` or \`endOfMonth\` before`;
    return { code: 'NO_DAY', message };
  }
  return { text: change(parsed.date), notation: OUR_NOTATION };
}

function lastOfMonth(date: string): string {
  return addMonths(`${date.slice(0, 5)}01-31`, Number(date.slice(5, 7)) - 1);
}

function plusMonths(cell: CellText, months: string): CellText | ParseFault {
  if (!/^-?\d{1,4}$/.test(months)) {
    return { code: 'NOT_A_NUMBER', message: `${shown(months)} is no number of months` };
  }
  const moved = onDay(cell, (date) => addMonths(date, Number(months)));
  if ('code' in moved || isBusinessDate(moved.text)) return moved;
  const message = `${months} months after ${shown(cell.text)} is beyond the calendar`;
  return { code: 'NOT_A_DATE', message };
}
