import { MISSING_NUMBER } from '../../domain/forest.ts';
import type { RowValue } from '../../engine/propensity/scoring/row-encoder.ts';
import type { ShapForest, ShapTree } from './prepare-shap.ts';
import { makeShapRoom, walkShapTree } from './walk-shap-tree.ts';

/** SHAP values in ppm over all trees: `base` and all values add up to `sum`, exactly. */
interface ShapExplanation {
  readonly method: 'SHAP';
  readonly trees: number;
  readonly sum: number;
  readonly base: number;
  /** For each feature of the forest. */
  readonly values: readonly number[];
}

/**
 * Linear TreeSHAP (Yu et al. 2022): a leaf's share of a feature is an integral over t from 0 to 1
 * of a product, a factor for each feature on its path. A feature by which the row goes where the
 * leaf is (HOT) gives `t + (1 - t) × share`, `share` being how many training rows go there; one by
 * which it does not (COLD) gives `(1 - t) × share`. Half as many points as features give the
 * integral exactly. What is cold needs no points of its own: it is a number and a power, and all
 * cold features of a leaf have equal parts in it. `row` holds a value a feature; a category's
 * columns are one feature.
 */
export function shapForest(forest: ShapForest, row: readonly RowValue[]): ShapExplanation {
  const isLeft = testRow(forest, row);
  const room = makeShapRoom(forest);
  let sum = 0;
  for (const tree of forest.trees) {
    sum += leafMean(tree, isLeft);
    walkShapTree(room, tree, isLeft);
  }
  const values = roundTo(room.values, sum - forest.base);
  return { method: 'SHAP', trees: forest.trees.length, sum, base: forest.base, values };
}

/** For each test of the forest whether the row's cell is below the cut. */
function testRow(forest: ShapForest, row: readonly RowValue[]): Uint8Array {
  const isLeft = new Uint8Array(forest.tests);
  forest.cuts.forEach((cuts, column) => {
    const cell = cellOf(forest, column, row);
    const first = forest.firstTest[column] ?? 0;
    cuts.forEach((cut, k) => {
      isLeft[first + k] = Number(cell < cut);
    });
  });
  return isLeft;
}

function cellOf({ features, layout }: ShapForest, column: number, row: readonly RowValue[]) {
  const f = layout.featureOf[column] ?? -1;
  const feature = features[f];
  const value = row[f];
  if (feature?.kind === 'category') {
    return Number(feature.categories[layout.categoryOf[column] ?? -1] === value);
  }
  return value === undefined || value === null ? MISSING_NUMBER : Number(value);
}

function leafMean({ features, tests, right, meansPpm }: ShapTree, isLeft: Uint8Array): number {
  let node = 0;
  while ((features[node] ?? -1) >= 0) {
    node = isLeft[tests[node] ?? 0] === 1 ? node + 1 : (right[node] ?? 0);
  }
  return meansPpm[node] ?? 0;
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
