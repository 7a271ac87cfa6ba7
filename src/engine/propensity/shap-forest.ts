import {
  type Forest,
  type ForestTree,
  LEAF_COLUMN,
  MISSING_NUMBER,
} from '../../domain/forest.ts';
import { type ColumnLayout, layOutColumns } from './column-layout.ts';
import { quadrature } from './quadrature.ts';
import type { RowValue } from './row-encoder.ts';
import { rightChildren } from './tree-shape.ts';

/** SHAP values in ppm over all trees: `base` and all values add up to `sum`, exactly. */
export interface ShapExplanation {
  readonly method: 'SHAP';
  readonly trees: number;
  readonly sum: number;
  /** What the forest says of nobody in particular: its leaves weighted by training rows. */
  readonly base: number;
  /** For each feature of the forest. */
  readonly values: readonly number[];
}

/** What one walk through a tree carries; depth by depth, `points` numbers each. */
interface Walk {
  readonly tree: ForestTree;
  readonly right: Int32Array;
  readonly layout: ColumnLayout;
  readonly isLeft: (column: number, cut: number) => boolean;
  readonly at: Float64Array;
  readonly weight: Float64Array;
  readonly points: number;
  readonly products: Float64Array;
  readonly sums: Float64Array;
  readonly saved: Float64Array;
  readonly inverse: Float64Array;
  /** For each feature: whether the row takes the path so far, and the share of rows that do. */
  readonly one: Float64Array;
  readonly zero: Float64Array;
  readonly values: Float64Array;
}

/**
 * Linear TreeSHAP (Yu et al. 2022): each leaf's share of a feature is an integral of a polynomial
 * over 0 to 1, which as many points as half the features on a path give exactly. `row` holds a
 * value a feature. Shapley values over features; a category's columns are one.
 */
export function shapForest(forest: Forest, row: readonly RowValue[]): ShapExplanation {
  const layout = layOutColumns(forest.features);
  const cells = Float64Array.from({ length: layout.columns }, (_, c) => cellOf(forest, c, row));
  const isLeft = (column: number, cut: number) =>
    (cells[column] ?? 0) < (forest.cuts[column]?.[cut] ?? 0);
  const exact = new Float64Array(forest.features.length);
  const room = makeRoom(forest);
  let sum = 0;
  let expected = 0;
  for (const tree of forest.trees) {
    const right = rightChildren(tree.columns) ?? new Int32Array(0);
    sum += leafMean(tree, right, isLeft);
    expected += expectedMean(tree);
    walkTree({ ...room, tree, right, layout, isLeft, values: exact });
  }
  const base = Math.round(expected);
  const values = roundTo(exact, sum - base);
  return { method: 'SHAP', trees: forest.trees.length, sum, base, values };
}

function cellOf(forest: Forest, column: number, row: readonly RowValue[]): number {
  const { featureOf, categoryOf } = layOutColumns(forest.features);
  const feature = forest.features[featureOf[column] ?? -1];
  const value = row[featureOf[column] ?? -1];
  if (feature?.kind === 'category') {
    return Number(feature.categories[categoryOf[column] ?? -1] === value);
  }
  return value === undefined || value === null ? MISSING_NUMBER : Number(value);
}

function leafMean(tree: ForestTree, right: Int32Array, isLeft: Walk['isLeft']): number {
  let node = 0;
  for (;;) {
    const column = tree.columns[node] ?? LEAF_COLUMN;
    if (column === LEAF_COLUMN) return tree.meansPpm[node] ?? 0;
    node = isLeft(column, tree.cuts[node] ?? 0) ? node + 1 : (right[node] ?? 0);
  }
}

function expectedMean({ columns, meansPpm, rows }: ForestTree): number {
  let sum = 0;
  for (let node = 0; node < columns.length; node += 1) {
    if (columns[node] === LEAF_COLUMN) sum += (meansPpm[node] ?? 0) * (rows[node] ?? 0);
  }
  return sum / (rows[0] ?? 1);
}

/** Room for the deepest tree; every walk leaves it as it found it. */
function makeRoom(forest: Forest): Omit<Walk, 'tree' | 'right' | 'layout' | 'isLeft' | 'values'> {
  const depth = forest.trees.reduce((most, tree) => Math.max(most, depthOf(tree)), 0);
  const features = forest.features.length;
  const { at, weight } = quadrature(pointsFor(Math.min(depth, features)));
  const points = at.length;
  const perLevel = points * (depth + 2);
  return {
    at,
    weight,
    points,
    products: new Float64Array(perLevel),
    sums: new Float64Array(perLevel),
    saved: new Float64Array(perLevel),
    inverse: new Float64Array(points * features).fill(1),
    one: new Float64Array(features).fill(1),
    zero: new Float64Array(features).fill(1),
  };
}

/** Half as many points as different features may stand on a path, and no fewer than eight. */
function pointsFor(features: number): number {
  return Math.max(8, Math.ceil(features / 2));
}

function depthOf({ columns }: ForestTree): number {
  const right = rightChildren(columns) ?? new Int32Array(columns.length);
  const depths = new Int32Array(columns.length);
  let most = 0;
  for (let node = 0; node < columns.length; node += 1) {
    const depth = depths[node] ?? 0;
    most = Math.max(most, depth);
    if (columns[node] === LEAF_COLUMN) continue;
    depths[node + 1] = depth + 1;
    depths[right[node] ?? 0] = depth + 1;
  }
  return most;
}

function walkTree(walk: Walk): void {
  walk.products.fill(1, 0, walk.points);
  if (walk.tree.columns[0] !== LEAF_COLUMN) visit(walk, 0, 0);
}

/** Leaves in `sums` of its level what the node's leaves hold; the node above takes it on. */
function visit(walk: Walk, node: number, here: number): void {
  const { tree, points, sums, saved, inverse, one, zero } = walk;
  const column = tree.columns[node] ?? LEAF_COLUMN;
  const feature = walk.layout.featureOf[column] ?? 0;
  const first = feature * points;
  const oldOne = one[feature] ?? 1;
  const oldZero = zero[feature] ?? 1;
  const right = walk.right[node] ?? 0;
  const hot = walk.isLeft(column, tree.cuts[node] ?? 0) ? node + 1 : right;
  for (let q = 0; q < points; q += 1) {
    const old = inverse[first + q] ?? 1;
    sums[here + q] = 0;
    saved[here + q] = old;
    walk.products[here + q] = (walk.products[here + q] ?? 0) * old;
  }
  const rows = tree.rows[node] ?? 1;
  for (let child = node + 1; ; child = right) {
    const z = (oldZero * (tree.rows[child] ?? 0)) / rows;
    const o = child === hot ? oldOne : 0;
    one[feature] = o;
    zero[feature] = z;
    const before = oldOne - oldZero;
    if (tree.columns[child] === LEAF_COLUMN) takeLeaf(walk, child, { feature, here, before });
    else descend(walk, child, { feature, here, before });
    if (child === right) break;
  }
  for (let q = 0; q < points; q += 1) inverse[first + q] = saved[here + q] ?? 1;
  one[feature] = oldOne;
  zero[feature] = oldZero;
}

interface Edge {
  readonly feature: number;
  /** Where the level of the node above begins. */
  readonly here: number;
  /** What the same feature's edge above gave already. */
  readonly before: number;
}

/** A leaf needs no division: its own factor stands in what it holds. */
function takeLeaf(walk: Walk, leaf: number, { feature, here, before }: Edge): void {
  const { points, at, weight, products, saved, sums } = walk;
  const mean = walk.tree.meansPpm[leaf] ?? 0;
  const o = walk.one[feature] ?? 0;
  const z = walk.zero[feature] ?? 0;
  let added = 0;
  for (let q = 0; q < points; q += 1) {
    const without = mean * (products[here + q] ?? 0);
    const point = at[q] ?? 0;
    const held = without * (o * point + z * (1 - point));
    added += (weight[q] ?? 0) * ((o - z) * without - before * (saved[here + q] ?? 1) * held);
    sums[here + q] = (sums[here + q] ?? 0) + held;
  }
  walk.values[feature] = (walk.values[feature] ?? 0) + added;
}

function descend(walk: Walk, child: number, { feature, here, before }: Edge): void {
  const { points, at, weight, products, saved, sums, inverse } = walk;
  const below = here + points;
  const first = feature * points;
  const o = walk.one[feature] ?? 0;
  const z = walk.zero[feature] ?? 0;
  for (let q = 0; q < points; q += 1) {
    const point = at[q] ?? 0;
    const factor = o * point + z * (1 - point);
    products[below + q] = (products[here + q] ?? 0) * factor;
    inverse[first + q] = 1 / factor;
  }
  visit(walk, child, below);
  let added = 0;
  for (let q = 0; q < points; q += 1) {
    const held = sums[below + q] ?? 0;
    const change = (o - z) * (inverse[first + q] ?? 1) - before * (saved[here + q] ?? 1);
    added += (weight[q] ?? 0) * held * change;
    sums[here + q] = (sums[here + q] ?? 0) + held;
  }
  walk.values[feature] = (walk.values[feature] ?? 0) + added;
}

/** Whole numbers nearest to the exact ones that add up to the total: the largest rests go up. */
function roundTo(exact: Float64Array, total: number): readonly number[] {
  const floors = Array.from(exact, Math.floor);
  const missing = total - floors.reduce((sum, value) => sum + value, 0);
  const byRest = floors
    .map((floor, f) => ({ f, rest: (exact[f] ?? 0) - floor }))
    .toSorted((a, b) => b.rest - a.rest || a.f - b.f);
  const each = Math.floor(missing / floors.length);
  const more = new Set(byRest.slice(0, missing - each * floors.length).map(({ f }) => f));
  return floors.map((floor, f) => floor + each + Number(more.has(f)));
}
