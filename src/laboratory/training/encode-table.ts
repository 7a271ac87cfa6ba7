import type {
  EncodedTable,
  ForestFeature,
  ForestSpec,
  TrainingColumn,
  TrainingRefusal,
  TrainingTable,
} from '../../domain/forest.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { chooseEdges, countNotAbove } from '../../engine/propensity/scoring/bin-edges.ts';
import { refuseTable } from './check-table.ts';

/** Checks a table and turns every value into one byte: a number's bin, a category's place. */
export function encodeTable(
  table: TrainingTable,
  labels: Uint8Array,
  spec: ForestSpec,
): Result<EncodedTable, TrainingRefusal> {
  const refusal = refuseTable(table, labels, spec);
  if (refusal !== null) return refuse(refusal);
  const { rows, columns } = table;
  const edges = columns.map((column) =>
    column.kind === 'number' ? chooseEdges(column.values, spec.bins) : new Float64Array(0),
  );
  const bins = new Uint8Array(new SharedArrayBuffer(rows * columns.length));
  columns.forEach((column, f) => {
    fillBins(column, edges[f] ?? new Float64Array(0), bins.subarray(f * rows, (f + 1) * rows));
  });
  const shared = new Uint8Array(new SharedArrayBuffer(rows));
  shared.set(labels);
  return ok({ rows, features: columns.map(featureOf), bins, labels: shared, edges });
}

function fillBins(column: TrainingColumn, edges: Float64Array, bins: Uint8Array): void {
  if (column.kind === 'number') {
    const { values } = column;
    for (let i = 0; i < bins.length; i += 1) bins[i] = countNotAbove(edges, values[i] ?? 0);
    return;
  }
  const none = column.categories.length;
  for (let i = 0; i < bins.length; i += 1) {
    const code = column.codes[i] ?? -1;
    bins[i] = code < 0 ? none : code;
  }
}

function featureOf(column: TrainingColumn): ForestFeature {
  const { name } = column;
  if (column.kind === 'number') return { name, kind: 'number' };
  return { name, kind: 'category', categories: column.categories };
}
