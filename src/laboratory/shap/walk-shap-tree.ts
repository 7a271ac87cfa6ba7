import type { ShapForest, ShapTree } from './prepare-shap.ts';

/**
 * What one walk through a tree carries. A level of points is opened by each edge that changes the
 * product. Fractions live in arrays only: as arguments they would be boxed, node after node.
 */
interface ShapRoom {
  /** For each feature its SHAP value over the trees walked so far. */
  readonly values: Float64Array;
  /** Level by level, the product of the hot factors at each point. */
  readonly products: Float64Array;
  /** Level by level, what the leaves found so far hold at each point, weighted. */
  readonly sums: Float64Array;
  /** Level by level, the inverse factor that the level's feature had before. */
  readonly saved: Float64Array;
  /** For each feature, whether it is free, hot or cold on the path so far. */
  readonly state: Uint8Array;
  /** For each feature while hot, the share of rows that go with it; 1 while free. */
  readonly shares: Float64Array;
  /** For each feature while hot, 1 / factor at each point; 1 while free. */
  readonly inverse: Float64Array;
  /** By how many features are cold: the product of their shares. */
  readonly coldShares: Float64Array;
  /** By the same: the integral of what the leaves found so far hold for each of them. */
  readonly coldSums: Float64Array;
}

interface Walk extends ShapRoom {
  readonly tree: ShapTree;
  readonly isLeft: Uint8Array;
  cold: number;
}

const FREE = 0;
const HOT = 1;
const COLD = 2;

/** Room for the deepest tree; every walk leaves it as it found it. */
export function makeShapRoom({ features, depth, points }: ShapForest): ShapRoom {
  const levels = points * (depth + 2);
  return {
    values: new Float64Array(features.length),
    products: new Float64Array(levels),
    sums: new Float64Array(levels),
    saved: new Float64Array(levels),
    state: new Uint8Array(features.length),
    shares: new Float64Array(features.length).fill(1),
    inverse: new Float64Array(points * features.length).fill(1),
    coldShares: new Float64Array(features.length + 1).fill(1),
    coldSums: new Float64Array(features.length + 1),
  };
}

/** Adds to each feature's value what one tree gives it; `isLeft` is how the row answers tests. */
export function walkShapTree(room: ShapRoom, tree: ShapTree, isLeft: Uint8Array): void {
  if ((tree.features[0] ?? -1) < 0) return;
  room.products.fill(1, 0, tree.rule.at.length);
  visit({ ...room, tree, isLeft, cold: 0 }, 0, 0);
}

/** Takes both children of an inner node; leaves the walk as it found it, but for its sums. */
function visit(walk: Walk, node: number, level: number): void {
  const { tree, isLeft, state } = walk;
  const right = tree.right[node] ?? 0;
  const hot = isLeft[tree.tests[node] ?? 0] === 1 ? node + 1 : right;
  const before = state[tree.features[node] ?? 0];
  for (let child = node + 1; ; child = right) {
    const isLeaf = (tree.features[child] ?? -1) < 0;
    if (before === COLD) stayCold(walk, child, level);
    else if (child !== hot) turnCold(walk, child, level);
    else if (isLeaf) takeHotLeaf(walk, child, level);
    else takeHot(walk, child, level);
    if (child === right) break;
  }
}

/** Below an edge of a feature that is cold already only fewer rows follow. */
function stayCold(walk: Walk, child: number, level: number): void {
  const { tree, coldShares, cold } = walk;
  const share = coldShares[cold] ?? 1;
  coldShares[cold] = share * (tree.shares[child] ?? 0);
  if ((tree.features[child] ?? -1) < 0) takeLeaf(walk, child, level);
  else visit(walk, child, level);
  coldShares[cold] = share;
}

/** The first edge by which the row parts from the path takes what all below hold. */
function turnCold(walk: Walk, child: number, level: number): void {
  const { tree, state, shares, values, coldShares, coldSums, cold } = walk;
  const feature = tree.asked[child] ?? 0;
  const before = state[feature] ?? FREE;
  const next = cold + 1;
  coldShares[next] = (coldShares[cold] ?? 1) * (shares[feature] ?? 1) * (tree.shares[child] ?? 0);
  coldSums[next] = 0;
  walk.cold = next;
  state[feature] = COLD;
  const isLeaf = (tree.features[child] ?? -1) < 0;
  if (before === FREE) {
    if (isLeaf) takeLeaf(walk, child, level);
    else visit(walk, child, level);
  } else if (isLeaf) takePartedLeaf(walk, child, level);
  else {
    dropFactor(walk, feature, level);
    visit(walk, child, level + 1);
    takeBack(walk, feature, level);
  }
  state[feature] = before;
  walk.cold = cold;
  const coldSum = coldSums[next] ?? 0;
  values[feature] = (values[feature] ?? 0) - coldSum;
  coldSums[cold] = (coldSums[cold] ?? 0) + coldSum;
}

/** Opens a level whose product is without the feature's hot factor. */
function dropFactor(
  { tree, products, sums, inverse }: Walk,
  feature: number,
  level: number,
): void {
  const points = tree.rule.at.length;
  const here = level * points;
  const below = (level + 1) * points;
  const first = feature * points;
  for (let q = 0; q < points; q += 1) {
    products[below + q] = (products[here + q] ?? 0) * (inverse[first + q] ?? 1);
    sums[below + q] = 0;
  }
}

/** Takes from the feature what its hot edge above will give it for the leaves of this level. */
function takeBack(walk: Walk, feature: number, level: number): void {
  const { tree, sums, inverse, shares, values } = walk;
  const points = tree.rule.at.length;
  const here = level * points;
  const below = (level + 1) * points;
  const first = feature * points;
  let given = 0;
  for (let q = 0; q < points; q += 1) {
    const held = sums[below + q] ?? 0;
    given += held * (inverse[first + q] ?? 1);
    sums[here + q] = (sums[here + q] ?? 0) + held;
  }
  values[feature] = (values[feature] ?? 0) - given * (1 - (shares[feature] ?? 1));
}

/** `dropFactor`, `takeLeaf` and `takeBack` in one, for a leaf needs no level. */
function takePartedLeaf(walk: Walk, leaf: number, level: number): void {
  const { tree, products, sums, inverse, shares, values, coldShares, coldSums, cold } = walk;
  const { perRest, powers } = tree.rule;
  const feature = tree.asked[leaf] ?? 0;
  const points = perRest.length;
  const here = level * points;
  const first = feature * points;
  const power = cold * points;
  const mean = (coldShares[cold] ?? 1) * (tree.meansPpm[leaf] ?? 0);
  let coldSum = 0;
  let given = 0;
  for (let q = 0; q < points; q += 1) {
    const old = inverse[first + q] ?? 1;
    const held = mean * (powers[power + q] ?? 0) * (products[here + q] ?? 0) * old;
    coldSum += held * (perRest[q] ?? 0);
    given += held * old;
    sums[here + q] = (sums[here + q] ?? 0) + held;
  }
  values[feature] = (values[feature] ?? 0) - given * (1 - (shares[feature] ?? 1));
  coldSums[cold] = (coldSums[cold] ?? 0) + coldSum;
}

/** A hot leaf needs no division: its own factor stands in what it holds. */
function takeHotLeaf(walk: Walk, leaf: number, level: number): void {
  const { tree, products, sums, inverse, shares, values, coldShares, coldSums, cold } = walk;
  const { at, rest, perRest, powers } = tree.rule;
  const feature = tree.asked[leaf] ?? 0;
  const points = at.length;
  const here = level * points;
  const first = feature * points;
  const power = cold * points;
  const mean = (coldShares[cold] ?? 1) * (tree.meansPpm[leaf] ?? 0);
  const before = shares[feature] ?? 1;
  const share = before * (tree.shares[leaf] ?? 0);
  let added = 0;
  let coldSum = 0;
  for (let q = 0; q < points; q += 1) {
    const old = inverse[first + q] ?? 1;
    const without = mean * (powers[power + q] ?? 0) * (products[here + q] ?? 0) * old;
    const held = without * ((at[q] ?? 0) + share * (rest[q] ?? 0));
    added += (1 - share) * without - (1 - before) * old * held;
    coldSum += held * (perRest[q] ?? 0);
    sums[here + q] = (sums[here + q] ?? 0) + held;
  }
  values[feature] = (values[feature] ?? 0) + added;
  coldSums[cold] = (coldSums[cold] ?? 0) + coldSum;
}

/** An edge that the row takes: its factor joins the product on a level of its own. */
function takeHot(walk: Walk, child: number, level: number): void {
  const { tree, products, sums, inverse, saved, shares, state, values } = walk;
  const { at, rest } = tree.rule;
  const feature = tree.asked[child] ?? 0;
  const points = at.length;
  const here = level * points;
  const below = (level + 1) * points;
  const first = feature * points;
  const wasFree = state[feature] ?? FREE;
  const before = shares[feature] ?? 1;
  const share = before * (tree.shares[child] ?? 0);
  for (let q = 0; q < points; q += 1) {
    const old = inverse[first + q] ?? 1;
    const factor = (at[q] ?? 0) + share * (rest[q] ?? 0);
    saved[below + q] = old;
    sums[below + q] = 0;
    products[below + q] = (products[here + q] ?? 0) * old * factor;
    inverse[first + q] = 1 / factor;
  }
  state[feature] = HOT;
  shares[feature] = share;
  visit(walk, child, level + 1);
  state[feature] = wasFree;
  shares[feature] = before;
  let added = 0;
  for (let q = 0; q < points; q += 1) {
    const held = sums[below + q] ?? 0;
    const old = saved[below + q] ?? 1;
    added += held * ((1 - share) * (inverse[first + q] ?? 1) - (1 - before) * old);
    sums[here + q] = (sums[here + q] ?? 0) + held;
    inverse[first + q] = old;
  }
  values[feature] = (values[feature] ?? 0) + added;
}

function takeLeaf(walk: Walk, leaf: number, level: number): void {
  const { tree, products, sums, coldShares, coldSums, cold } = walk;
  const { perRest, powers } = tree.rule;
  const points = perRest.length;
  const here = level * points;
  const power = cold * points;
  const mean = (coldShares[cold] ?? 1) * (tree.meansPpm[leaf] ?? 0);
  let coldSum = 0;
  for (let q = 0; q < points; q += 1) {
    const held = mean * (powers[power + q] ?? 0) * (products[here + q] ?? 0);
    coldSum += held * (perRest[q] ?? 0);
    sums[here + q] = (sums[here + q] ?? 0) + held;
  }
  coldSums[cold] = (coldSums[cold] ?? 0) + coldSum;
}
