import {
  type Forest,
  type ForestFeature,
  type ForestTree,
  LEAF_COLUMN,
} from '../../domain/forest.ts';
import { type ColumnLayout, layOutColumns } from '../../engine/propensity/column-layout.ts';
import { rightChildren } from '../../engine/propensity/tree-shape.ts';
import { type Quadrature, quadrature } from './quadrature.ts';

/** All of a forest that its SHAP values hang on whatever the row: worked out once, used often. */
export interface ShapForest {
  readonly features: readonly ForestFeature[];
  readonly layout: ColumnLayout;
  readonly cuts: readonly Float64Array[];
  /** For each column where its tests begin; a test asks whether a cell is below one cut. */
  readonly firstTest: Int32Array;
  readonly tests: number;
  readonly trees: readonly ShapTree[];
  /** What the forest says of nobody in particular: its leaves weighted by training rows. */
  readonly base: number;
  /** The most edges on a path, over all trees. */
  readonly depth: number;
  /** The most points that a tree needs. */
  readonly points: number;
}

/** One tree, node by node in preorder. */
export interface ShapTree {
  /** The feature that a node asks; -1 at a leaf. */
  readonly features: Int16Array;
  /** The feature that a node's parent asks. */
  readonly asked: Int16Array;
  readonly tests: Int32Array;
  readonly right: Int32Array;
  readonly meansPpm: Int32Array;
  /** The share of its parent's training rows that came to a node. */
  readonly shares: Float64Array;
  readonly rule: PointRule;
}

/** A quadrature and what is asked of its points again and again. */
interface PointRule extends Quadrature {
  /** `1 - at`. */
  readonly rest: Float64Array;
  /** `1 / (1 - at)`. */
  readonly perRest: Float64Array;
  /** `weight × (1 - at) ^ power`, power after power. */
  readonly powers: Float64Array;
}

/** Lays a forest out for `shapForest`. */
export function prepareShap(forest: Forest): ShapForest {
  const layout = layOutColumns(forest.features);
  const firstTest = new Int32Array(forest.cuts.length);
  let tests = 0;
  forest.cuts.forEach((cuts, column) => {
    firstTest[column] = tests;
    tests += cuts.length;
  });
  const shapes = forest.trees.map((tree) => shapeOf(tree, layout));
  const rules = new Map<number, PointRule>();
  const trees = forest.trees.map((tree, t): ShapTree => {
    const { right, features, distinct } = shapes[t] ?? NO_SHAPE;
    const points = Math.max(1, Math.ceil(distinct / 2));
    const rule = rules.get(points) ?? pointRule(points, forest.features.length);
    rules.set(points, rule);
    const testOf = (column: number, node: number) =>
      column === LEAF_COLUMN ? 0 : (firstTest[column] ?? 0) + (tree.cuts[node] ?? 0);
    return {
      features,
      asked: askedOf(features, right),
      tests: Int32Array.from(tree.columns, testOf),
      right,
      meansPpm: tree.meansPpm,
      shares: sharesOf(tree, right),
      rule,
    };
  });
  return {
    features: forest.features,
    layout,
    cuts: forest.cuts,
    firstTest,
    tests,
    trees,
    base: Math.round(forest.trees.reduce((sum, tree) => sum + expectedMean(tree), 0)),
    depth: shapes.reduce((most, { depth }) => Math.max(most, depth), 0),
    points: Math.max(1, ...rules.keys()),
  };
}

interface Shape {
  readonly right: Int32Array;
  readonly features: Int16Array;
  readonly depth: number;
  /** The most different features on a path: the degree of what is integrated, plus one. */
  readonly distinct: number;
}

const NO_SHAPE: Shape = {
  right: new Int32Array(0),
  features: new Int16Array(0),
  depth: 0,
  distinct: 0,
};

function shapeOf({ columns }: ForestTree, { featureOf }: ColumnLayout): Shape {
  const right = rightChildren(columns);
  if (right === null) throw new Error('the columns of a tree are not one whole tree');
  const features = Int16Array.from(columns, (column) =>
    column === LEAF_COLUMN ? -1 : (featureOf[column] ?? 0),
  );
  const onPath = new Int32Array(Math.max(0, ...features) + 1);
  let depth = 0;
  let distinct = 0;
  const descend = (node: number, edges: number, different: number) => {
    depth = Math.max(depth, edges);
    distinct = Math.max(distinct, different);
    const feature = features[node] ?? -1;
    if (feature < 0) return;
    const before = onPath[feature] ?? 0;
    onPath[feature] = before + 1;
    const more = different + Number(before === 0);
    descend(node + 1, edges + 1, more);
    descend(right[node] ?? 0, edges + 1, more);
    onPath[feature] = before;
  };
  descend(0, 0, 0);
  return { right, features, depth, distinct };
}

function askedOf(features: Int16Array, right: Int32Array): Int16Array {
  const asked = new Int16Array(features.length).fill(-1);
  features.forEach((feature, node) => {
    if (feature < 0) return;
    asked[node + 1] = feature;
    asked[right[node] ?? 0] = feature;
  });
  return asked;
}

function sharesOf({ columns, rows }: ForestTree, right: Int32Array): Float64Array {
  const shares = new Float64Array(columns.length).fill(1);
  for (let node = 0; node < columns.length; node += 1) {
    if (columns[node] === LEAF_COLUMN) continue;
    const all = rows[node] ?? 0;
    for (const child of [node + 1, right[node] ?? 0]) shares[child] = (rows[child] ?? 0) / all;
  }
  return shares;
}

function expectedMean({ columns, meansPpm, rows }: ForestTree): number {
  let sum = 0;
  for (let node = 0; node < columns.length; node += 1) {
    if (columns[node] === LEAF_COLUMN) sum += (meansPpm[node] ?? 0) * (rows[node] ?? 0);
  }
  return sum / (rows[0] ?? 1);
}

/** A power for every number of features that a row may leave on its way to a leaf. */
function pointRule(points: number, features: number): PointRule {
  const { at, weight } = quadrature(points);
  const rest = at.map((point) => 1 - point);
  const powers = new Float64Array(points * (features + 1));
  for (let q = 0; q < points; q += 1) {
    let power = weight[q] ?? 0;
    for (let k = 0; k <= features; k += 1) {
      powers[k * points + q] = power;
      power *= rest[q] ?? 0;
    }
  }
  return { at, weight, rest, perRest: rest.map((one) => 1 / one), powers };
}
