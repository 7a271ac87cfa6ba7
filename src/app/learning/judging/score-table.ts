import type { Forest, TrainingTable } from '../../../domain/forest.ts';
import { packForests } from '../../../engine/propensity/scoring/pack-forests.ts';
import { codeTable, scoreBatch } from '../../../engine/propensity/scoring/score-batch.ts';

/** The raw sum of every row of a table, by the layout that decides. */
export function scoreTable(forest: Forest, table: TrainingTable): Float64Array {
  const set = packForests([forest]);
  const packed = set.ok ? set.value.forests[0] : undefined;
  if (!set.ok || packed === undefined) throw new RangeError('a trained forest cannot be packed');
  const sums = new Int32Array(table.rows);
  scoreBatch(packed, codeTable(set.value, table), { sums, from: 0, to: table.rows });
  return Float64Array.from(sums);
}
