import { type Forest, LEAF_COLUMN } from '../../domain/forest.ts';
import { layOutColumns } from '../../engine/propensity/column-layout.ts';
import { rightChildren } from '../../engine/propensity/tree-shape.ts';

/** What each feature's splits removed of the spread, from a forest's own means and rows. */
export function importancesOf(forest: Forest): readonly number[] {
  const layout = layOutColumns(forest.features);
  const importances = forest.features.map(() => 0);
  for (const tree of forest.trees) {
    const right = rightChildren(tree.columns) ?? new Int32Array(tree.columns.length);
    const weight = (node: number) => {
      const mean = (tree.meansPpm[node] ?? 0) / 1_000_000;
      return (tree.rows[node] ?? 0) * mean * mean;
    };
    tree.columns.forEach((column, node) => {
      if (column === LEAF_COLUMN) return;
      const gain = weight(node + 1) + weight(right[node] ?? 0) - weight(node);
      const feature = layout.featureOf[column] ?? 0;
      importances[feature] = (importances[feature] ?? 0) + Math.max(0, gain);
    });
  }
  return importances;
}
