import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { divideHalfEven } from '../../domain/ppm.ts';
import { instalmentMinor } from './annuity.ts';

describe('instalmentMinor', () => {
  test.each([
    [1_800_000, 72_000, 48, 43_270],
    [20_000_000, 49_000, 360, 106_145],
    [120_000, 0, 12, 10_000],
    [100_000, 120_000, 1, 101_000],
    [0, 50_000, 24, 0],
  ])('%i minor at %i ppm over %i months is %i', (amount, rate, months, expected) => {
    expect(instalmentMinor(amount, rate, months)).toBe(expected);
  });

  test('repays the amount: what is left after the last month is rounding only', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.integer({ min: 1, max: 300_000 }),
        fc.integer({ min: 1, max: 420 }),
        (amount, ratePpm, months) => {
          const scale = 10n ** 12n;
          const instalment = BigInt(instalmentMinor(amount, ratePpm, months)) * scale;
          let left = BigInt(amount) * scale;
          let grown = scale;
          for (let month = 0; month < months; month += 1) {
            left += divideHalfEven(left * BigInt(ratePpm), 12_000_000n) - instalment;
            grown += divideHalfEven(grown * BigInt(ratePpm), 12_000_000n);
          }
          // Half a minor unit a month, with its interest, is the most that rounding may leave.
          const most = (BigInt(months) * grown) / 2n + scale;
          expect(left <= most && left >= -most).toBe(true);
        },
      ),
    );
  });
});
