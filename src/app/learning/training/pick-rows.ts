import type { TrainingColumn, TrainingTable } from '../../../domain/forest.ts';

/** The named rows of a table, in the order given. */
export function pickRows({ columns }: TrainingTable, rows: Int32Array): TrainingTable {
  return { rows: rows.length, columns: columns.map((column) => pickCells(column, rows)) };
}

function pickCells(column: TrainingColumn, rows: Int32Array): TrainingColumn {
  if (column.kind === 'number') {
    return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? 0) };
  }
  return { ...column, codes: Int16Array.from(rows, (row) => column.codes[row] ?? -1) };
}
