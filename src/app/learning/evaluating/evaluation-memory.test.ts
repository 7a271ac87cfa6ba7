import { describe, expect, test } from '@jest/globals';
import { evaluationMemory, refuseEvaluation, sizeSoFar } from './evaluation-memory.ts';

const SIZE = {
  tableRows: 100_000,
  rows: 100_000,
  features: 20,
  heldBytes: 31_000_000,
  trees: 20,
  minimumLeaf: 16,
  seeds: 1,
  tune: false,
};

describe('the memory of an evaluation', () => {
  test.each([
    ['20,000 rows', { tableRows: 20_000, rows: 20_000, heldBytes: 6_000_000 }, 342],
    ['100,000 rows', {}, 469],
    ['eight seeds with predictions', { seeds: 8 }, 499],
    ['300,000 rows', { tableRows: 300_000, rows: 300_000, heldBytes: 95_700_000 }, 654],
    ['200 columns of digits', { features: 200, heldBytes: 27_100_000 }, 727],
  ])('of %s is stated above what was measured, and not twice as much', (_, over, takenMb) => {
    const { estimatedBytes, bytesPerThread } = evaluationMemory({ ...SIZE, ...over });
    const statedMb = (estimatedBytes + 2 * bytesPerThread) / 1e6;
    expect(statedMb).toBeGreaterThan(takenMb);
    expect(statedMb).toBeLessThan(1.5 * takenMb);
  });

  test('grows with all that an evaluation hangs on', () => {
    const { estimatedBytes } = evaluationMemory(SIZE);
    const larger = [
      { tableRows: 200_000 },
      { rows: 200_000 },
      { features: 21 },
      { heldBytes: 32_000_000 },
      { trees: 21 },
      { minimumLeaf: 8 },
      { seeds: 2 },
      { tune: true },
    ];
    for (const over of larger) {
      expect(evaluationMemory({ ...SIZE, ...over }).estimatedBytes).toBeGreaterThan(
        estimatedBytes,
      );
    }
  });

  test('is refused by what weighs most: rows, or trees', () => {
    const rows = refuseEvaluation(SIZE, { threads: 2, memoryBytes: 500_000_000 });
    expect(rows).toMatchObject({ code: 'TOO_MUCH_MEMORY', column: 'rows' });
    expect(rows?.message).toContain('100000 rows of 20 features');
    const trees = refuseEvaluation({ ...SIZE, trees: 10_000 }, {});
    expect(trees).toMatchObject({ code: 'TOO_MUCH_MEMORY', column: 'trees' });
    expect(trees?.message).toContain('fewer `--trees`');
    expect(refuseEvaluation(SIZE, {})).toBeNull();
  });

  test('counts of a table that is being read only what may train or test', () => {
    const plan = { trees: null, minimumLeaf: 16, featureSharePpm: null };
    const settings = { maximumDepth: 30, bins: 128, seed: 1, leastPositives: 20 };
    const announced = { ignore: ['a', 'a', 'b'], plan: { ...plan, ...settings }, seeds: [1, 2] };
    const soFar = { rows: 5000, columns: 23, heldBytes: 7 };
    expect(sizeSoFar({ ...announced, tune: false, splitRows: 400 }, soFar)).toEqual({
      ...{ tableRows: 5000, rows: 400, features: 20, heldBytes: 7 },
      ...{ trees: 100, minimumLeaf: 16, seeds: 2, tune: false },
    });
    expect(sizeSoFar({ ...announced, tune: true, splitRows: null }, soFar).rows).toBe(5000);
  });
});
