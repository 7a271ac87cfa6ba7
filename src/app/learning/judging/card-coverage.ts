import { fromEpochDay } from '../../../domain/business-date.ts';
import type { CardCoverage } from '../../../domain/card-parts.ts';
import {
  MISSING_NUMBER,
  type TrainingColumn,
  type TrainingTable,
} from '../../../domain/forest.ts';

/** More months than these are told by year. */
const MOST_MONTHS = 36;

/** How full the window of a training was. */
export function coverageOf(
  table: TrainingTable,
  labels: Uint8Array,
  days: readonly number[],
): Omit<CardCoverage, 'constant'> {
  const months = periodsOf(labels, days, 'yyyy-mm'.length);
  const periods = months.length > MOST_MONTHS ? periodsOf(labels, days, 'yyyy'.length) : months;
  const missing = table.columns
    .map((column) => ({ name: column.name, sharePpm: missingPpm(column) }))
    .filter(({ sharePpm }) => sharePpm > 0)
    .toSorted((a, b) => b.sharePpm - a.sharePpm || (a.name < b.name ? -1 : 1));
  return { periods, missing };
}

function periodsOf(labels: Uint8Array, days: readonly number[], length: number) {
  const counts = new Map<string, { rows: number; positives: number }>();
  for (const [row, day] of days.entries()) {
    const period = fromEpochDay(day).slice(0, length);
    const count = counts.get(period) ?? { rows: 0, positives: 0 };
    count.rows += 1;
    count.positives += labels[row] ?? 0;
    counts.set(period, count);
  }
  return [...counts]
    .map(([period, count]) => ({ period, ...count }))
    .toSorted((a, b) => (a.period < b.period ? -1 : 1));
}

function missingPpm(column: TrainingColumn): number {
  const cells = column.kind === 'number' ? column.values : column.codes;
  const none = column.kind === 'number' ? MISSING_NUMBER : -1;
  let missing = 0;
  for (const cell of cells) missing += Number(cell === none);
  return cells.length === 0 ? 0 : Math.round((missing * 1_000_000) / cells.length);
}
