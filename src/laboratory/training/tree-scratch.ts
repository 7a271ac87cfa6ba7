import type { EncodedTable, ForestSpec } from '../../domain/forest.ts';
import { MOST_NODES } from '../../domain/forest.ts';
import { type ColumnLayout, layOutColumns } from '../../engine/propensity/column-layout.ts';

/** Subtrees of at most this many distinct rows are grown in a copy that fits the cache. */
export const LOCAL_ROWS = 32_768;

/** The rows of a subtree: for each the place of its bins, and its bootstrap weight. */
export interface RowView {
  /** For each feature the bins that `index` points into. */
  readonly bins: readonly Uint8Array[];
  readonly index: Int32Array;
  /** Times drawn, and in the upper half times drawn as a positive. */
  readonly weight: Int32Array;
}

/** The node being grown; one object reused, for a forest has 150,000 of them. */
interface GrowingNode {
  start: number;
  end: number;
  depth: number;
  /** The parent if this is its right child, else -1. */
  rightOf: number;
  rows: number;
  positives: number;
  mayGrow: boolean;
}

/** The best split found so far at the node being grown. */
interface BestSplit {
  score: number;
  column: number;
  bin: number;
  leftRows: number;
  leftPositives: number;
}

/** Numbers to a frame of the stack of nodes still to be grown. */
export const FRAME = 7;

/** Everything one thread needs to grow trees over a table, allocated once. */
export interface TreeScratch {
  readonly table: EncodedTable;
  readonly layout: ColumnLayout;
  readonly spec: ForestSpec;
  readonly tried: number;
  readonly whole: RowView;
  readonly local: RowView;
  /** How often each row was drawn for this tree. */
  readonly drawn: Uint8Array;
  /** The right side of a partition, until it is copied back. */
  readonly aside: { readonly index: Int32Array; readonly weight: Int32Array };
  readonly permutation: Int32Array;
  /** For each feature its histogram: rows, and in the upper half positives. */
  readonly cells: readonly Int32Array[];
  /** The positives of nodes so large that `cells` holds only rows. */
  readonly wideCells: readonly Int32Array[];
  /** The node for which each feature's histogram stands. */
  readonly filledFor: Int32Array;
  readonly odd: Int32Array;
  readonly node: GrowingNode;
  readonly best: BestSplit;
  readonly stack: Int32Array;
  readonly counts: { top: number; nodes: number; fills: number };
  readonly nodeColumn: Uint8Array;
  readonly nodeBin: Uint8Array;
  readonly nodeMean: Int32Array;
  readonly nodeRows: Int32Array;
  readonly nodeRight: Int32Array;
  readonly importances: Float64Array;
  readonly oobSums: Float64Array;
  readonly oobTrees: Uint32Array;
}

/** About 30 bytes a row, one a cell of the local copy, and the largest possible tree. */
export function makeScratch(table: EncodedTable, spec: ForestSpec): TreeScratch {
  const { rows } = table;
  const layout = layOutColumns(table.features);
  const local = Math.min(rows, LOCAL_ROWS);
  const nodes = Math.min(2 * Math.floor(rows / spec.minimumLeaf) + 3, MOST_NODES + 2);
  const tried = Math.round((layout.columns * spec.featureSharePpm) / 1_000_000);
  return {
    table,
    layout,
    spec,
    tried: Math.max(1, tried),
    whole: makeView(table.features.map((_, f) => table.bins.subarray(f * rows, (f + 1) * rows))),
    local: makeView(table.features.map(() => new Uint8Array(local))),
    drawn: new Uint8Array(rows),
    aside: { index: new Int32Array(rows), weight: new Int32Array(rows) },
    permutation: new Int32Array(layout.columns),
    cells: makeCells(table),
    wideCells: makeCells(table),
    filledFor: new Int32Array(table.features.length),
    odd: new Int32Array(256),
    node: { start: 0, end: 0, depth: 0, rightOf: -1, rows: 0, positives: 0, mayGrow: false },
    best: { score: 0, column: -1, bin: 0, leftRows: 0, leftPositives: 0 },
    stack: new Int32Array(FRAME * (spec.maximumDepth + 3)),
    counts: { top: 0, nodes: 0, fills: 0 },
    nodeColumn: new Uint8Array(nodes),
    nodeBin: new Uint8Array(nodes),
    nodeMean: new Int32Array(nodes),
    nodeRows: new Int32Array(nodes),
    nodeRight: new Int32Array(nodes),
    importances: new Float64Array(table.features.length),
    oobSums: new Float64Array(rows),
    oobTrees: new Uint32Array(rows),
  };
}

function makeView(bins: readonly Uint8Array[]): RowView {
  const rows = bins[0]?.length ?? 0;
  return { bins, index: new Int32Array(rows), weight: new Int32Array(rows) };
}

/** A cell a bin, or a category and one more for rows without any. */
function makeCells(table: EncodedTable): readonly Int32Array[] {
  return table.features.map((feature, f) => {
    const numbers = (table.edges[f]?.length ?? 0) + 1;
    return new Int32Array(feature.kind === 'number' ? numbers : feature.categories.length + 1);
  });
}
