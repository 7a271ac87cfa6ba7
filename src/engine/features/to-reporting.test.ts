import { describe, expect, test } from '@jest/globals';
import type { RateTable } from '../../domain/release.ts';
import { exchanged, shareInReporting } from './to-reporting.ts';

/** What one unit is worth in euros: yen 0.0058, dinar 2.8, rupiah 0.0000531, dong 0.0000000001. */
const RATES: RateTable = {
  reportingCurrency: 'EUR',
  ratesPpm: { JPY: 5_800, KWD: 2_800_000, IDR: 53, VND: 0, CHF: 0 },
  restsPpt: { IDR: 100_000, VND: 100 },
};

describe('an amount in the reporting currency', () => {
  test.each<[string, number, string, number, number | undefined]>([
    ['of no digits after the mark', 100_000, 'JPY', 1, 58_000],
    ['of three', 1_234_567, 'KWD', 1, 345_679],
    ['whose rate has more than six decimals', 1_000_000_000, 'IDR', 1, 53_100],
    ['whose rate is all below a ppm', 1_000_000_000_000, 'VND', 1, 10_000],
    ['shared by three, rounded once', 1_000_000_000, 'IDR', 3, 17_700],
    ['owed', -1_000_000_000, 'IDR', 1, -53_100],
    ['beyond what a float multiplies exactly', 9_007_199_254_740_991, 'IDR', 1, 478_282_280_427],
    ['without a rate', 100, 'USD', 1, undefined],
    ['with a rate of nothing', 100, 'CHF', 1, undefined],
  ])('%s', (_what, amountMinor, currency, sharers, expected) => {
    expect(shareInReporting({ amountMinor, currency }, sharers, RATES)).toBe(expected);
  });

  test('goes from one foreign currency to another by way of it, rounded once', () => {
    // 1,000.000 KWD are 2,800 EUR, which are 52,730,696.798… IDR.
    const money = { amountMinor: 1_000_000, currency: 'KWD' };
    expect(exchanged(money, 'IDR', RATES)).toBe(5_273_069_680);
  });
});
