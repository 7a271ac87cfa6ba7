import { addMonths, isBusinessDate } from '../../../domain/business-date.ts';
import { endOfDay, startOfDay } from '../../../domain/instant.ts';
import type { PlainTransform, Transform } from '../../../domain/mapping.ts';
import { parseDecimal } from '../../../domain/money.ts';
import { czechBirthNumber } from './birth-number.ts';
import { shown } from './cell.ts';
import { type Notation, OUR_NOTATION, type ParseFault, plainDecimal } from './parse-cell.ts';

/** A cell's text on its way to a field, and how it writes numbers and days by now. */
export interface CellText {
  readonly text: string;
  readonly notation: Notation;
}

/** The closed list of transforms, each as its schema describes it. */
export function transformCell(
  cell: CellText,
  transform: Transform,
  cellOf: (column: string) => string,
): CellText | ParseFault {
  if (typeof transform === 'string') return PLAIN[transform](cell);
  if ('prefix' in transform) return { ...cell, text: transform.prefix + cell.text };
  return plusMonths(cell, cellOf(transform.addMonths.column));
}

const PLAIN: { readonly [T in PlainTransform]: (cell: CellText) => CellText | ParseFault } = {
  lowercase: (cell) => ({ ...cell, text: cell.text.toLowerCase() }),
  uppercase: (cell) => ({ ...cell, text: cell.text.toUpperCase() }),
  czechBirthNumberDate: ({ text }) => ours(czechBirthNumber(text)?.birthDate) ?? noBirth(text),
  czechBirthNumberSex: ({ text }) => ours(czechBirthNumber(text)?.sex) ?? noBirth(text),
  percentToPpm: (cell) => shifted(cell, 4),
  ratioToPpm: (cell) => shifted(cell, 6),
  thousandsToUnits: (cell) => shifted(cell, 3),
  startOfDay: (cell) => onDay(cell, startOfDay),
  endOfDay: (cell) => onDay(cell, endOfDay),
  // Which of equal rows it is, the intake says once the file is read.
  occurrence: (cell) => cell,
};

function ours(text: string | undefined): CellText | undefined {
  return text === undefined ? undefined : { text, notation: OUR_NOTATION };
}

function noBirth(text: string): ParseFault {
  return { code: 'NOT_A_BIRTH_NUMBER', message: `${shown(text)} is no Czech birth number` };
}

/** Moves the decimal mark to the right; more decimals than that are refused, never rounded. */
function shifted({ text, notation }: CellText, digits: number): CellText | ParseFault {
  const plain = plainDecimal(text, notation);
  const number = plain === undefined ? undefined : parseDecimal(plain, digits);
  const mark = notation.decimalMark;
  const message = `${shown(text)} is no number with \`${mark}\` and at most ${digits} decimals`;
  if (number === undefined) return { code: 'NOT_A_NUMBER', message };
  return { text: String(number), notation: OUR_NOTATION };
}

function onDay(
  { text, notation }: CellText,
  change: (date: string) => string,
): CellText | ParseFault {
  const date = notation.readDate(text)?.date;
  const message = `${shown(text)} is no day in any of the file's \`dateFormats\``;
  if (date === undefined) return { code: 'NOT_A_DATE', message };
  return { text: change(date), notation: OUR_NOTATION };
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
