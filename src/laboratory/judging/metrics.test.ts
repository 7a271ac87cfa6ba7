import { describe, expect, test } from '@jest/globals';
import { measure } from './metrics.ts';

const TWENTY = Uint8Array.from({ length: 20 }, (_, k) => Number(k < 4));

describe('figures', () => {
  test.each([
    // Reference figures: roc_auc_score, average_precision_score, brier_score_loss by hand.
    ['a perfect order', [0, 0, 1, 1], [100_000, 200_000, 800_000, 900_000], 1e6, 1e6, 25_000],
    ['a reversed order', [1, 1, 0, 0], [100_000, 200_000, 800_000, 900_000], 0, 416_667, 725_000],
    ['all tied', [0, 1, 0, 1], [500_000, 500_000, 500_000, 500_000], 500_000, 500_000, 250_000],
    [
      'one pair wrong',
      [0, 0, 1, 1],
      [100_000, 400_000, 350_000, 800_000],
      750_000,
      833_333,
      158_125,
    ],
  ])('of %s are right', (_, labels, scores, aucPpm, prAucPpm, brierPpm) => {
    const figures = measure(Uint8Array.from(labels), Int32Array.from(scores));
    expect(figures).toMatchObject({ aucPpm, prAucPpm, brierPpm });
  });

  test('of lift count the best tenth against the average', () => {
    const best = Int32Array.from(TWENTY, (_, k) => 900_000 - k);
    expect(measure(TWENTY, best).liftAtTenthPpm).toBe(5_000_000);
    expect(measure(TWENTY, new Int32Array(20)).liftAtTenthPpm).toBe(1_000_000);
  });

  test('of calibration weigh ten bins of equal size', () => {
    const scores = Int32Array.from(TWENTY, (label) => (label === 1 ? 900_000 : 50_000));
    expect(measure(TWENTY, scores).ecePpm).toBe(60_000);
  });

  test('of calibration hang on no order among rows of one score', () => {
    const scores = Int32Array.from(TWENTY, (_, k) => (k % 5 === 0 ? 100_000 : 300_000));
    const backwards = [TWENTY.toReversed(), scores.toReversed()] as const;
    expect(measure(...backwards).ecePpm).toBe(measure(TWENTY, scores).ecePpm);
    // By hand: a quarter of 4 at .1 is positive in each of two bins, 3 of 16 at .3 in eight.
    const expected = (4 * 0.15 + 16 * (0.3 - 3 / 16)) / 20;
    expect(measure(TWENTY, scores).ecePpm).toBe(Math.round(expected * 1e6));
  });
});
