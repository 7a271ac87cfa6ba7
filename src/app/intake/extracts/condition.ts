import { isBusinessDate } from '../../../domain/business-date.ts';
import type { CellRange, RowCondition } from '../../../domain/mapping.ts';
import { type CellRefusal, shown } from './cell.ts';
import { globMatcher } from './glob.ts';
import { parsedDay } from './parse-cell.ts';
import type { Row } from './row.ts';

/** Whether a row is meant; or that a cell cannot be compared, so that nobody knows. */
export type RowTest = (row: Row) => boolean | CellRefusal;

/** True when all conditions hold; none at all hold. */
export function allHold(conditions: readonly RowCondition[] | undefined): RowTest {
  const tests = (conditions ?? []).map(rowTest);
  return (row) => {
    for (const test of tests) {
      const holds = test(row);
      if (holds !== true) return holds;
    }
    return true;
  };
}

function rowTest(condition: RowCondition): RowTest {
  const { column } = condition;
  if ('present' in condition) {
    return (row) => (row.cell(column) !== undefined) === condition.present;
  }
  if ('in' in condition) return onCell(column, oneOf(condition.in));
  if ('notIn' in condition) return onCell(column, not(oneOf(condition.notIn)));
  if ('like' in condition) return onCell(column, globMatcher(condition.like));
  if ('notLike' in condition) return onCell(column, not(globMatcher(condition.notLike)));
  return rangeTest(column, condition);
}

type TextTest = (cell: string) => boolean;

function onCell(column: string, test: TextTest): RowTest {
  return (row) => {
    const cell = row.cell(column);
    return cell !== undefined && test(cell);
  };
}

function oneOf(texts: readonly string[]): TextTest {
  const set = new Set(texts);
  return (cell) => set.has(cell);
}

function not(test: TextTest): TextTest {
  return (cell) => !test(cell);
}

/** What is wrong with a range beyond what its schema says. */
export function rangeFault(condition: RowCondition): string | undefined {
  const bounds = isRange(condition) ? boundsOf(condition) : [];
  if (new Set(bounds.map((bound) => typeof bound)).size > 1) {
    return 'a range is of numbers or of days: state both ends alike';
  }
  const wrong = bounds.find((bound) => typeof bound === 'string' && !isBusinessDate(bound));
  return wrong === undefined ? undefined : `\`${wrong}\` is no day: write it as 2026-11-24`;
}

function isRange(condition: RowCondition): condition is { column: string } & CellRange {
  return !['present', 'in', 'notIn', 'like', 'notLike'].some((test) => test in condition);
}

function boundsOf({ atLeast, above, atMost, below }: CellRange) {
  return [atLeast, above, atMost, below].filter((bound) => bound !== undefined);
}

function rangeTest(column: string, range: CellRange): RowTest {
  const isOfDays = boundsOf(range).some((bound) => typeof bound === 'string');
  return (row) => {
    const cell = row.cell(column);
    if (cell === undefined) return false;
    const value = isOfDays ? dayIn(row, cell) : numberIn(row, cell);
    if (typeof value === 'object') return { column, ...value };
    return lies(value, range);
  };
}

type Unread = Omit<CellRefusal, 'column'>;

function dayIn(row: Row, cell: string): string | Unread {
  const parsed = parsedDay(cell, row.readingOf(undefined).notation);
  return 'code' in parsed ? parsed : parsed.date;
}

function numberIn(row: Row, cell: string): number | Unread {
  const number = row.readingOf(undefined).notation.readNumber(cell);
  const message = `${shown(cell)} is no number, and \`when\` compares it: mend either`;
  return number === undefined ? { code: 'NOT_A_NUMBER', message } : Number(number.plain);
}

function lies(value: string | number, { atLeast, above, atMost, below }: CellRange): boolean {
  return (
    (atLeast === undefined || value >= atLeast) &&
    (above === undefined || value > above) &&
    (atMost === undefined || value <= atMost) &&
    (below === undefined || value < below)
  );
}
