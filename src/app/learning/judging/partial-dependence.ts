import {
  type Forest,
  MISSING_NUMBER,
  type TrainingColumn,
  type TrainingTable,
} from '../../../domain/forest.ts';
import type { CardCurves } from '../../../domain/model-card.ts';
import { pickRows } from '../training/pick-rows.ts';
import { scoreTable } from './score-table.ts';

const DRAWN_FEATURES = 6;
const DRAWN_POINTS = 9;
/** Rows over which a dependence is averaged. */
const SAMPLED_ROWS = 300;

/** How the mean raw score moves with each of the first features, which come weightiest first. */
export function dependenceOf(
  forest: Forest,
  table: TrainingTable,
  names: readonly string[],
): CardCurves['dependence'] {
  const step = Math.max(1, Math.floor(table.rows / SAMPLED_ROWS));
  const rows = Int32Array.from(
    { length: Math.min(table.rows, SAMPLED_ROWS) },
    (_, k) => k * step,
  );
  const sample = pickRows(table, rows);
  return names.slice(0, DRAWN_FEATURES).flatMap((name) => {
    const column = table.columns.find((one) => one.name === name);
    if (column === undefined) return [];
    const points = pointsOf(column).map((at) => ({
      at,
      ppm: meanWith(forest, sample, { name, at }),
    }));
    return [{ name, points }];
  });
}

/** Quantiles of a number, from the 2nd to the 98th hundredth; the first categories. */
function pointsOf(column: TrainingColumn): readonly (number | string)[] {
  if (column.kind === 'category') return column.categories.slice(0, DRAWN_POINTS);
  const present = column.values.filter((value) => value !== MISSING_NUMBER).toSorted();
  const at = (share: number) => present[Math.floor(share * (present.length - 1))] ?? 0;
  const shares = Array.from(
    { length: DRAWN_POINTS },
    (_, k) => 0.02 + (0.96 * k) / (DRAWN_POINTS - 1),
  );
  return [...new Set(shares.map(at))];
}

function meanWith(
  forest: Forest,
  sample: TrainingTable,
  { name, at }: { readonly name: string; readonly at: number | string },
): number {
  const columns = sample.columns.map((column): TrainingColumn => {
    if (column.name !== name) return column;
    if (column.kind === 'number') {
      return { ...column, values: new Float64Array(sample.rows).fill(Number(at)) };
    }
    const code = column.categories.indexOf(String(at));
    return { ...column, codes: new Int16Array(sample.rows).fill(code) };
  });
  const sums = scoreTable(forest, { rows: sample.rows, columns });
  const sum = sums.reduce((total, one) => total + one, 0);
  return Math.round(sum / sample.rows / forest.trees.length);
}
