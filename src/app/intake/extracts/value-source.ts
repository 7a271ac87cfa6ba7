import type { ReadValue } from '../../../domain/mapping.ts';
import { type CellRefusal, shown } from './cell.ts';
import type { CellReading } from './file-format.ts';
import { OUR_NOTATION } from './parse-cell.ts';
import type { Row } from './row.ts';
import type { CellText } from './transform-cell.ts';

/** What a row states for a value before anything is done to it. */
export interface ValueSource {
  /** As a refusal names it: one column, or several that only together are to blame. */
  readonly column: string;
  readonly read: (row: Row) => CellText | CellRefusal | undefined;
}

/** Makes the reader of a value's cells. */
export function valueSource(value: ReadValue): ValueSource {
  const columns = sourceColumns(value);
  return { column: columns.join(' + '), read: reader(value, columns) };
}

/** The columns that a value is read from, in the order of the mapping. */
export function sourceColumns(value: ReadValue): readonly string[] {
  if ('column' in value) return [value.column];
  if ('columns' in value) return value.columns;
  return 'firstOf' in value ? value.firstOf : [value.debit, value.credit];
}

function reader(value: ReadValue, columns: readonly string[]): ValueSource['read'] {
  const { format } = value;
  if ('debit' in value) return (row) => eitherOf(value, row, row.readingOf(format));
  const textOf = textReader(value, columns);
  return (row) => {
    const reading = row.readingOf(format);
    const text = textOf(row, reading);
    return text === undefined ? undefined : { text, notation: reading.notation };
  };
}

type TextReader = (row: Row, reading: CellReading) => string | undefined;

function textReader(value: ReadValue, columns: readonly string[]): TextReader {
  if ('column' in value) return (row, reading) => row.cell(value.column, reading);
  if (!('columns' in value)) {
    return (row, reading) => {
      const stated = columns.find((column) => row.cell(column, reading) !== undefined);
      return stated === undefined ? undefined : row.cell(stated, reading);
    };
  }
  return (row, reading) => {
    const cells = columns.map((column) => row.cell(column, reading));
    return cells.every((cell) => cell === undefined)
      ? undefined
      : cells.map((cell) => cell ?? '').join(value.join);
  };
}

/** A debit is what went, a credit what came; a zero beside the other states nothing. */
function eitherOf(
  columns: { readonly debit: string; readonly credit: string },
  row: Row,
  reading: CellReading,
): CellText | CellRefusal | undefined {
  const debit = amountIn(columns.debit, row, reading);
  const credit = amountIn(columns.credit, row, reading);
  if (debit !== undefined && 'code' in debit) return debit;
  if (credit !== undefined && 'code' in credit) return credit;
  const went = debit === undefined || (credit !== undefined && isZero(debit)) ? undefined : debit;
  if (went === undefined) return credit;
  if (credit === undefined || isZero(credit)) return { ...went, text: `-${went.text}` };
  const both = `both \`${columns.debit}\` and \`${columns.credit}\` state an amount`;
  const message = `${both}: empty one, or make it zero`;
  return { column: columns.debit, code: 'TWO_AMOUNTS', message };
}

function amountIn(
  column: string,
  row: Row,
  reading: CellReading,
): CellText | CellRefusal | undefined {
  const cell = row.cell(column, reading);
  if (cell === undefined) return undefined;
  const number = reading.notation.readNumber(cell);
  if (number === undefined) {
    const mend = 'check `decimalMark` and `groupMark`, or the cell';
    return { column, code: 'NOT_AN_AMOUNT', message: `${shown(cell)} is no number: ${mend}` };
  }
  if (/^[+-]/.test(number.plain)) {
    const message = `${shown(cell)} has a sign, and debits and credits have none`;
    return { column, code: 'NOT_AN_AMOUNT', message: `${message}: correct the cell` };
  }
  return { text: number.plain, notation: OUR_NOTATION, sign: number.currency };
}

function isZero({ text }: CellText): boolean {
  return /^[0.]*$/.test(text);
}
