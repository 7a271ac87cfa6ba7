import { describe, expect, test } from '@jest/globals';
import { RandomForestRegression } from 'ml-random-forest';
import type { Forest, ForestFeature } from '../../src/domain/forest.ts';
import { packForests } from '../../src/engine/propensity/scoring/pack-forests.ts';
import { encodeRow, type RowValue } from '../../src/engine/propensity/scoring/row-encoder.ts';
import { scoreForest, scorePpm } from '../../src/engine/propensity/scoring/score-forest.ts';
import { encodeForest } from '../../src/engine/propensity/stored/forest-bytes.ts';
import { exportForest } from '../../src/laboratory/exchanging/export-forest.ts';
import { importForest } from '../../src/laboratory/exchanging/import-forest.ts';
import { expandRow, parityRows } from '../../src/laboratory/exchanging/parity-rows.ts';
import { trainSmall } from '../support/training-table.ts';

function predictInLibrary(forest: Forest, rows: readonly (readonly RowValue[])[]): number[] {
  const json = JSON.parse(JSON.stringify(exportForest(forest)));
  return RandomForestRegression.load(json).predict(
    rows.map((row) => [...expandRow(forest, row)]),
  );
}

function sumsOf(forest: Forest, rows: readonly (readonly RowValue[])[]): number[] {
  const set = packForests([forest]);
  if (!set.ok) throw new Error(set.refusal.message);
  const [packed] = set.value.forests;
  if (packed === undefined) throw new Error('no forest was packed');
  return rows.map((row) => scoreForest(packed, encodeRow(set.value, row)));
}

/** A forest grown by the library itself, on few rows, for its trainer is quadratic. */
function trainInLibrary(): unknown {
  const rows = Array.from({ length: 60 }, (_, k) => [k % 7, (k * 13) % 11, k / 3]);
  const labels = rows.map(([a = 0, b = 0], k) => Number((a > 3 && b > 4) || k % 9 === 0));
  const library = new RandomForestRegression({
    nEstimators: 8,
    seed: 3,
    maxFeatures: 2,
    replacement: false,
    noOOB: true,
    treeOptions: { minNumSamples: 4, maxDepth: 6 },
  });
  library.train(rows, labels);
  return JSON.parse(JSON.stringify(library));
}

describe('a forest in ml-random-forest', () => {
  test.each([1, 4, 5, 12, 23])('of %i trees predicts the same, at thresholds too', (trees) => {
    const { forest } = trainSmall({ trees, seed: trees });
    const rows = parityRows(forest, 600);
    const sums = sumsOf(forest, rows);
    predictInLibrary(forest, rows).forEach((predicted, k) => {
      expect(Math.abs(predicted - (sums[k] ?? 0) / trees / 1e6)).toBeLessThan(1e-9);
    });
    expect(new Set(sums).size).toBeGreaterThan(trees);
  });

  test('goes out and comes back as the same bytes', () => {
    const { forest } = trainSmall();
    const back = importForest(JSON.parse(JSON.stringify(exportForest(forest))));
    expect(back.ok && encodeForest(back.value)).toEqual(encodeForest(forest));
  });

  test('trained by the library itself is taken, and scored to the nearest ppm', () => {
    const json = trainInLibrary();
    const features: ForestFeature[] = ['a', 'b', 'c'].map((name) => ({ name, kind: 'number' }));
    const imported = importForest(json, features);
    if (!imported.ok) throw new Error(imported.refusal.message);
    const rows = parityRows(imported.value, 400);
    const model = JSON.parse(JSON.stringify(json));
    const expected = RandomForestRegression.load(model).predict(
      rows.map((row) => [...expandRow(imported.value, row)]),
    );
    const scores = sumsOf(imported.value, rows).map((sum) => scorePpm(sum, 8));
    expected.forEach((predicted, k) => {
      expect(Math.abs(predicted * 1e6 - (scores[k] ?? 0))).toBeLessThanOrEqual(1.01);
    });
    expect(new Set(scores).size).toBeGreaterThan(5);
  });

  test('several forests share one coding of a row and score as each alone', () => {
    const forests = [1, 2, 3].map((seed) => trainSmall({ seed, bins: 16 * seed }).forest);
    const set = packForests(forests);
    if (!set.ok) throw new Error(set.refusal.message);
    const [first] = forests;
    if (first === undefined) throw new Error('no forest was trained');
    for (const row of parityRows(first, 200)) {
      const codes = encodeRow(set.value, row);
      expect(set.value.forests.map((packed) => scoreForest(packed, codes))).toEqual(
        forests.flatMap((forest) => sumsOf(forest, [row])),
      );
    }
  });
});
