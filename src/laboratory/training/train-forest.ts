import {
  type EncodedTable,
  type Forest,
  type ForestSpec,
  type ForestTree,
  type GrownTree,
  LEAF_COLUMN,
  type TrainedForest,
  type TrainingRefusal,
  type TrainingTable,
} from '../../domain/forest.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { type ColumnLayout, layOutColumns } from '../../engine/propensity/column-layout.ts';
import { encodeTable } from './encode-table.ts';
import { growTree } from './grow-tree.ts';
import { makeScratch } from './tree-scratch.ts';

/** Trains a forest in this thread: same rows and spec, same bytes, on every machine. */
export function trainForest(
  table: TrainingTable,
  labels: Uint8Array,
  spec: ForestSpec,
): Result<TrainedForest, TrainingRefusal> {
  const encoded = encodeTable(table, labels, spec);
  if (!encoded.ok) return encoded;
  const scratch = makeScratch(encoded.value, spec);
  const trees: GrownTree[] = [];
  for (let tree = 0; tree < spec.trees; tree += 1) {
    const grown = growTree(scratch, tree);
    if (grown === null) return refuse(tooLarge(tree));
    trees.push(grown);
  }
  return ok({
    forest: assembleForest(encoded.value, spec, trees),
    outOfBag: { sums: scratch.oobSums, trees: scratch.oobTrees },
    importances: Array.from(scratch.importances),
  });
}

/** The refusal of a tree that does not fit the packed form. */
export function tooLarge(tree: number): TrainingRefusal {
  const message = `tree ${tree} has more than 65535 nodes; raise \`minimumLeaf\``;
  return { code: 'TREE_TOO_LARGE', column: 'minimumLeaf', message };
}

/** Grown trees in order as one forest; keeps only the cuts that a node uses. */
export function assembleForest(
  table: EncodedTable,
  spec: ForestSpec,
  trees: readonly GrownTree[],
): Forest {
  const layout = layOutColumns(table.features);
  const used = usedBins(layout, trees);
  const cuts = used.map((bins, column) => {
    const edges = table.edges[layout.featureOf[column] ?? -1];
    const isNumber = (layout.categoryOf[column] ?? -1) < 0;
    return Float64Array.from(bins, (bin) => (isNumber ? (edges?.[bin] ?? 0) : 0.5));
  });
  const places = used.map((bins) => placesOf(bins));
  return {
    features: table.features,
    spec,
    cuts,
    trees: trees.map((tree) => withCuts(tree, places)),
  };
}

function usedBins(layout: ColumnLayout, trees: readonly GrownTree[]): readonly number[][] {
  const used = Array.from({ length: layout.columns }, () => new Uint8Array(256));
  for (const { columns, bins } of trees) {
    columns.forEach((column, node) => {
      const of = used[column];
      if (of !== undefined) of[bins[node] ?? 0] = 1;
    });
  }
  return used.map((of) => Array.from(of.keys()).filter((bin) => of[bin] === 1));
}

function placesOf(bins: readonly number[]): Uint8Array {
  const places = new Uint8Array(256);
  bins.forEach((bin, place) => {
    places[bin] = place;
  });
  return places;
}

function withCuts(tree: GrownTree, places: readonly Uint8Array[]): ForestTree {
  const cuts = tree.bins.map((bin, node) => {
    const column = tree.columns[node] ?? LEAF_COLUMN;
    return column === LEAF_COLUMN ? 0 : (places[column]?.[bin] ?? 0);
  });
  return { columns: tree.columns, cuts, meansPpm: tree.meansPpm, rows: tree.rows };
}
