import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatMoney, parseMoney } from '../../src/domain/money.ts';
import { divideHalfEven, ONE_PPM, timesPpm } from '../../src/domain/ppm.ts';
import { instalmentMinor } from '../../src/engine/pricing/annuity.ts';
import { addGrant, NO_GRANTS } from '../../src/engine/pricing/grants.ts';

const currencies = fc.constantFrom('EUR', 'CZK', 'JPY', 'KWD', 'CLF', 'XOF');
const amounts = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
const ppm = fc.integer({ min: 0, max: 3 * ONE_PPM });

describe('money', () => {
  test('is read as it was written, in every currency', () => {
    fc.assert(
      fc.property(amounts, currencies, (amountMinor, currency) => {
        const money = { amountMinor, currency };
        expect(parseMoney(formatMoney(money))).toEqual(money);
      }),
    );
  });

  test('divided is off by half a unit at most, and by none from an even one at the half', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 9n), (n, d) => {
        const quotient = divideHalfEven(n, d);
        const off = n - quotient * d;
        const twice = (off < 0n ? -off : off) * 2n;
        expect(twice <= d).toBe(true);
        if (twice === d) expect(quotient % 2n).toBe(0n);
        expect(divideHalfEven(-n, d)).toBe(-quotient);
      }),
    );
  });

  test('times a share grows with the share and stays a whole number', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 12), ppm, ppm, (amount, a, b) => {
        const [less, more] = [timesPpm(amount, Math.min(a, b)), timesPpm(amount, Math.max(a, b))];
        expect(Number.isSafeInteger(less)).toBe(true);
        expect(less).toBeLessThanOrEqual(more);
        expect(timesPpm(amount, ONE_PPM)).toBe(amount);
      }),
    );
  });

  test('repaid by instalments covers the loan, and the last cent of each is the least', () => {
    const loans = [fc.integer({ min: 1, max: 10 ** 9 }), fc.nat(300_000), fc.nat(479)] as const;
    fc.assert(
      fc.property(...loans, (amount, ratePpm, more) => {
        const months = more + 1;
        const instalment = instalmentMinor(amount, ratePpm, months);
        // Each instalment is off by half a cent at most, and what it is off by bears interest.
        const left = (paid: number) => balanceAfter({ amount, ratePpm, months, paid });
        expect(left(instalment - 0.5)).toBeGreaterThan(-1e-6 * amount - 1e-6);
        expect(left(instalment + 0.5)).toBeLessThan(1e-6 * amount + 1e-6);
      }),
    );
  });

  test('grants add up whatever the order of the rules', () => {
    const effect = fc.record({
      rateDiscountPpm: fc.nat(50_000),
      feeDiscountPpm: fc.nat(ONE_PPM),
    });
    fc.assert(
      fc.property(fc.array(effect, { maxLength: 6 }), (effects) => {
        const forwards = effects.reduce(addGrant, NO_GRANTS);
        expect(effects.toReversed().reduce(addGrant, NO_GRANTS)).toEqual(forwards);
        expect(forwards.feeDiscountPpm).toBeLessThanOrEqual(ONE_PPM);
      }),
    );
  });
});

/** What is owed at the end, discounted to the start so that no power overflows. */
function balanceAfter(loan: {
  readonly amount: number;
  readonly ratePpm: number;
  readonly months: number;
  readonly paid: number;
}): number {
  const discount = 1 / (1 + loan.ratePpm / 12_000_000);
  let owed = loan.amount;
  let factor = 1;
  for (let month = 0; month < loan.months; month += 1) {
    factor *= discount;
    owed -= loan.paid * factor;
  }
  return owed;
}
