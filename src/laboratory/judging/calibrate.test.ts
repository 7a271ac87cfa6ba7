import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeTable, trainSmall } from '../../../test/support/training-table.ts';
import { calibratedPpm } from '../../engine/propensity/scoring/calibrated-ppm.ts';
import { calibrate } from './calibrate.ts';
import { writeCard } from './write-card.ts';

function calibrateGroups(
  groups: readonly (readonly [sum: number, rows: number, positives: number])[],
) {
  const sums = groups.flatMap(([sum, rows]) => Array.from({ length: rows }, () => sum));
  const labels = groups.flatMap(([, rows, positives]) =>
    Array.from({ length: rows }, (_, k) => Number(k < positives)),
  );
  const outOfBag = {
    sums: Float64Array.from(sums),
    trees: Uint32Array.from(sums, () => 10),
  };
  return calibrate(outOfBag, Uint8Array.from(labels), 10);
}

describe('calibration', () => {
  test.each([
    [
      'rising shares stand',
      [
        [100, 100, 10],
        [200, 100, 20],
      ],
      [
        { fromSum: 0, ppm: 100_000 },
        { fromSum: 150, ppm: 200_000 },
      ],
    ],
    [
      'falling shares are pooled',
      [
        [100, 100, 30],
        [200, 100, 10],
        [300, 100, 50],
      ],
      [
        { fromSum: 0, ppm: 200_000 },
        { fromSum: 250, ppm: 500_000 },
      ],
    ],
    [
      'equal shares are one step',
      [
        [100, 100, 10],
        [200, 200, 20],
      ],
      [{ fromSum: 0, ppm: 100_000 }],
    ],
    [
      'a late violator pools back as far as it must',
      [
        [1, 100, 20],
        [2, 100, 22],
        [3, 100, 30],
        [4, 300, 15],
      ],
      [{ fromSum: 0, ppm: 145_000 }],
    ],
    [
      'few rows at the end promise nothing',
      [
        [100, 100, 10],
        [200, 100, 30],
        [300, 3, 3],
      ],
      [
        { fromSum: 0, ppm: 100_000 },
        { fromSum: 150, ppm: 320_388 },
      ],
    ],
    [
      'no positive among many promises little, never nothing',
      [
        [100, 499, 0],
        [200, 100, 20],
        [300, 99, 99],
      ],
      [
        { fromSum: 0, ppm: 1_000 },
        { fromSum: 150, ppm: 200_000 },
        { fromSum: 250, ppm: 995_000 },
      ],
    ],
    [
      'few rows without a positive are no less likely than many with one',
      [
        [100, 60, 0],
        [200, 9_940, 10],
        [300, 100, 50],
      ],
      [
        { fromSum: 0, ppm: 1_000 },
        { fromSum: 250, ppm: 500_000 },
      ],
    ],
  ] as const)('%s', (_, groups, steps) => {
    expect(calibrateGroups(groups)?.steps).toEqual(steps);
  });

  test('scales the sums of rows that fewer trees scored', () => {
    const outOfBag = {
      sums: new Float64Array(120).fill(3),
      trees: Uint32Array.from({ length: 120 }, (_, k) => (k < 60 ? 1 : 3)),
    };
    const labels = Uint8Array.from({ length: 120 }, (_, k) => Number(k < 60));
    expect(calibrate(outOfBag, labels, 9)?.steps).toEqual([
      { fromSum: 0, ppm: 8_197 },
      { fromSum: 18, ppm: 991_803 },
    ]);
  });

  test('needs a row out of bag', () => {
    const none = { sums: new Float64Array(2), trees: new Uint32Array(2) };
    expect(calibrate(none, Uint8Array.of(0, 1), 5)).toBeNull();
  });

  test('never falls, promises 0 or 1, or tells other positives but for half of one an end', () => {
    const group = fc
      .tuple(fc.integer({ min: 0, max: 10_000 }), fc.nat(80), fc.nat(80))
      .map(([sum, rows, positives]) => [sum, rows + 1, Math.min(positives, rows + 1)] as const);
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 30 }), (groups) => {
        const calibration = calibrateGroups(groups);
        if (calibration === null) throw new Error('no calibration');
        let before = 0;
        for (let sum = 0; sum <= 10_000; sum += 97) {
          const ppm = calibratedPpm(calibration, sum);
          expect(ppm).toBeGreaterThanOrEqual(before);
          expect(ppm).toBeGreaterThan(0);
          expect(ppm).toBeLessThan(1_000_000);
          before = ppm;
        }
        const promised = groups.reduce(
          (s, [sum, rows]) => s + rows * calibratedPpm(calibration, sum),
          0,
        );
        const positives = groups.reduce((s, [, , p]) => s + p, 0);
        const rows = groups.reduce((s, [, r]) => s + r, 0);
        expect(Math.abs(promised / 1e6 - positives)).toBeLessThan(1 + rows * 1e-6);
      }),
    );
  });
});

describe('a model card', () => {
  test('holds the figures of the training and what was declared', () => {
    const trained = trainSmall({ trees: 40 }, 3000);
    const { labels } = makeTable(3000);
    const calibration = calibrate(trained.outOfBag, labels, 40);
    if (calibration === null) throw new Error('no calibration');
    const card = writeCard(
      {
        id: 'savings',
        predictsFor: { scope: 'ACTION', id: 'open-savings' },
        target: { label: 'opened a savings account', window: 'P90D' },
        trainingWindow: { from: '2025-01-01', to: '2025-12-31' },
        permittedUses: ['arbitration'],
        owner: 'retail analytics',
      },
      { ...trained, calibration },
      labels,
    );
    expect(card).toMatchObject({ id: 'savings', rows: 3000, owner: 'retail analytics' });
    expect(card.positives).toBe(labels.reduce((sum, label) => sum + label, 0));
    expect(card.features.map(({ name }) => name)).toEqual(['age', 'job', 'balance', 'mobile']);
    const shares = card.features.reduce((sum, feature) => sum + feature.importancePpm, 0);
    expect(Math.abs(shares - 1_000_000)).toBeLessThanOrEqual(2);
    expect(card.outOfBag.aucPpm).toBeGreaterThan(600_000);
    expect(card.calibrated.ecePpm).toBeLessThan(card.outOfBag.ecePpm + 1);
  });
});
