import {
  DEFAULT_FOREST_SPEC,
  type Forest,
  type ForestTree,
  LEAF_COLUMN,
} from '../../domain/forest.ts';
import {
  FOREST_EXPORT_FORMAT,
  type ForestExport,
  type ForestExportNode,
} from '../../domain/forest-export.ts';

type ExportedTree = ForestExport['baseModel']['estimators'][number];

/** The forest as the JSON that ml-random-forest's `RandomForestRegression.load` reads. */
export function exportForest(forest: Forest): ForestExport {
  const columns = forest.cuts.length;
  const all = forest.cuts.map((_, column) => column);
  const { maximumDepth, minimumLeaf, seed } = forest.spec ?? DEFAULT_FOREST_SPEC;
  const treeOptions = { maxDepth: maximumDepth, minNumSamples: minimumLeaf };
  const options = {
    kind: 'regression',
    gainFunction: 'regression',
    splitFunction: 'mean',
    ...treeOptions,
  } as const;
  return {
    format: FOREST_EXPORT_FORMAT,
    name: 'RFRegression',
    selectionMethod: 'mean',
    baseModel: {
      indexes: forest.trees.map(() => all),
      n: columns,
      replacement: false,
      maxFeatures: columns,
      nEstimators: forest.trees.length,
      treeOptions,
      isClassifier: false,
      seed,
      useSampleBagging: true,
      estimators: forest.trees.map(
        (tree): ExportedTree => ({ name: 'DTRegression', options, root: rootOf(forest, tree) }),
      ),
    },
    features: forest.features,
    spec: forest.spec,
  };
}

/** Built from the last node back, so that children stand before their parent asks for them. */
function rootOf(forest: Forest, tree: ForestTree): ForestExportNode {
  const roots: ForestExportNode[] = [];
  for (let node = tree.columns.length - 1; node >= 0; node -= 1) {
    const column = tree.columns[node] ?? LEAF_COLUMN;
    const mean = (tree.meansPpm[node] ?? 0) / 1_000_000;
    const n = tree.rows[node] ?? 0;
    const left = column === LEAF_COLUMN ? undefined : roots.pop();
    const right = left && roots.pop();
    if (left === undefined || right === undefined) {
      roots.push({ distribution: mean, n });
      continue;
    }
    // INVARIANT: no inner node has a `distribution`, or the library takes it for a leaf.
    const splitValue = forest.cuts[column]?.[tree.cuts[node] ?? 0] ?? 0;
    roots.push({ splitColumn: column, splitValue, mean, n, left, right });
  }
  const [root] = roots;
  if (root === undefined) throw new RangeError('a tree without nodes cannot be exported');
  return root;
}
