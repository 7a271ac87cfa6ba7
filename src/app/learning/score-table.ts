import type { Forest, TrainingColumn, TrainingTable } from '../../domain/forest.ts';
import { MISSING_NUMBER } from '../../domain/forest.ts';
import { packForests } from '../../engine/propensity/pack-forests.ts';
import { encodeRow, type RowValue } from '../../engine/propensity/row-encoder.ts';
import { scoreForest } from '../../engine/propensity/score-forest.ts';

/** The raw sum of every row of a table, by the scorer that decides. */
export function scoreTable(forest: Forest, table: TrainingTable): Float64Array {
  const set = packForests([forest]);
  const packed = set.ok ? set.value.forests[0] : undefined;
  if (!set.ok || packed === undefined) throw new RangeError('a trained forest cannot be packed');
  const readers = set.value.inputs.map(({ name }) => readerOf(table, name));
  const codes = new Uint8Array(set.value.encoder.missing.length);
  const row: RowValue[] = readers.map(() => undefined);
  return Float64Array.from({ length: table.rows }, (_, r) => {
    for (const [i, read] of readers.entries()) row[i] = read(r);
    return scoreForest(packed, encodeRow(set.value, row, codes));
  });
}

function readerOf(table: TrainingTable, name: string): (row: number) => RowValue {
  const column = table.columns.find((one): one is TrainingColumn => one.name === name);
  if (column === undefined) return () => undefined;
  if (column.kind === 'category') {
    return (row) => column.categories[column.codes[row] ?? -1];
  }
  return (row) => {
    const value = column.values[row];
    return value === MISSING_NUMBER ? undefined : value;
  };
}
