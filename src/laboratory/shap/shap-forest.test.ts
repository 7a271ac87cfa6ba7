import { describe, expect, test } from '@jest/globals';
import { trainSmall } from '../../../test/support/training-table.ts';
import { type Forest, LEAF_COLUMN, MISSING_NUMBER } from '../../domain/forest.ts';
import { layOutColumns } from '../../engine/propensity/column-layout.ts';
import { packForests } from '../../engine/propensity/scoring/pack-forests.ts';
import { encodeRow, type RowValue } from '../../engine/propensity/scoring/row-encoder.ts';
import { scoreForest } from '../../engine/propensity/scoring/score-forest.ts';
import { rightChildren } from '../../engine/propensity/tree-shape.ts';
import { parityRows } from '../exchanging/parity-rows.ts';
import { prepareShap } from './prepare-shap.ts';
import { quadrature } from './quadrature.ts';
import { shapForest } from './shap-forest.ts';

/** The forest's mean where only some features are known: the definition, tree by tree. */
function worth(forest: Forest, row: readonly RowValue[], known: number): number {
  const { featureOf, categoryOf } = layOutColumns(forest.features);
  const worthOf = (t: number, node: number): number => {
    const tree = forest.trees[t];
    if (tree === undefined) return 0;
    const column = tree.columns[node] ?? LEAF_COLUMN;
    if (column === LEAF_COLUMN) return tree.meansPpm[node] ?? 0;
    const right = rightChildren(tree.columns)?.[node] ?? 0;
    const f = featureOf[column] ?? 0;
    const feature = forest.features[f];
    if (((known >> f) & 1) === 0) {
      const rows = (child: number) => tree.rows[child] ?? 0;
      const sum = rows(node + 1) * worthOf(t, node + 1) + rows(right) * worthOf(t, right);
      return sum / rows(node);
    }
    const cell =
      feature?.kind === 'category'
        ? Number(feature.categories[categoryOf[column] ?? -1] === row[f])
        : Number(row[f] ?? MISSING_NUMBER);
    const isLeft = cell < (forest.cuts[column]?.[tree.cuts[node] ?? 0] ?? 0);
    return worthOf(t, isLeft ? node + 1 : right);
  };
  return forest.trees.reduce((sum, _, t) => sum + worthOf(t, 0), 0);
}

/** Shapley's formula over four features: a feature's mean gain over the orders of arrival. */
function shapley(forest: Forest, row: readonly RowValue[]): readonly number[] {
  const worths = Array.from({ length: 16 }, (_, known) => worth(forest, row, known));
  const chances = [1 / 4, 1 / 12, 1 / 12, 1 / 4];
  return [0, 1, 2, 3].map((f) =>
    worths.reduce((sum, before, known) => {
      if (((known >> f) & 1) === 1) return sum;
      const size = [0, 1, 2, 3].filter((g) => ((known >> g) & 1) === 1).length;
      return sum + (chances[size] ?? 0) * ((worths[known | (1 << f)] ?? 0) - before);
    }, 0),
  );
}

describe('SHAP values', () => {
  const { forest } = trainSmall({ trees: 7 }, 800);
  const set = packForests([forest]);
  const packed = set.ok ? set.value.forests[0] : undefined;
  const [tree] = forest.trees;
  if (!set.ok || packed === undefined || tree === undefined) throw new Error('not packed');

  test('are what the definition gives, and add up to the score exactly', () => {
    const prepared = prepareShap(forest);
    for (const row of parityRows(forest, 12)) {
      const { sum, base, values } = shapForest(prepared, row);
      expect(sum).toBe(scoreForest(packed, encodeRow(set.value, row)));
      expect(values.reduce((total, value) => total + value, base)).toBe(sum);
      for (const [f, value] of shapley(forest, row).entries()) {
        expect(Math.abs((values[f] ?? 0) - value)).toBeLessThan(2);
      }
    }
  });

  test('are the same however often and in whatever order rows are asked about', () => {
    const prepared = prepareShap(forest);
    const rows = parityRows(forest, 6);
    const first = rows.map((row) => shapForest(prepared, row));
    const again = rows.toReversed().map((row) => shapForest(prepareShap(forest), row));
    expect(again.toReversed()).toEqual(first);
  });

  test('of a forest that is not whole are refused', () => {
    const torn = { ...forest, trees: [{ ...tree, columns: tree.columns.slice(1) }] };
    expect(() => prepareShap(torn)).toThrow('not one whole tree');
  });

  test('of a tree that is one leaf are nothing', () => {
    const leaf = {
      columns: Uint8Array.of(LEAF_COLUMN),
      cuts: Uint8Array.of(0),
      meansPpm: Int32Array.of(7),
      rows: Int32Array.of(3),
    };
    const prepared = prepareShap({ ...forest, trees: [leaf] });
    const shap = shapForest(prepared, [1, 'clerk', 2, 0]);
    expect(shap).toMatchObject({ sum: 7, base: 7, values: [0, 0, 0, 0] });
  });
});

test.each([8, 16, 25])('a rule of %i points integrates powers exactly', (points) => {
  const { at, weight } = quadrature(points);
  expect(at).toHaveLength(points);
  for (let power = 0; power < 2 * points; power += 1) {
    const sum = at.reduce((total, x, q) => total + (weight[q] ?? 0) * x ** power, 0);
    expect(sum).toBeCloseTo(1 / (power + 1), 13);
  }
});
