import type { TrainingTable } from '../../src/domain/forest.ts';

/** The first rows as numbers, a category as one column, 0 or 1, a value: what peers take. */
export function denseRows(table: TrainingTable, most = table.rows): readonly number[][] {
  return Array.from({ length: Math.min(most, table.rows) }, (_, row) =>
    table.columns.flatMap((column) => {
      if (column.kind === 'number') return column.values[row] ?? 0;
      return column.categories.map((_, k) => Number(column.codes[row] === k));
    }),
  );
}
