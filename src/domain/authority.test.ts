import { describe, expect, test } from '@jest/globals';
import { type Authority, covers, NO_AUTHORITY, type Stake } from './authority.ts';

const STAKE: Stake = {
  level: 'AGENT',
  amountMinor: 500_000,
  rateDiscountPpm: 2_000,
  feeDiscountPpm: 100_000,
  productRisk: 'MEDIUM',
};
const ALL: Authority = { upTo: 'CREDIT_COMMITTEE' };

describe('an authority', () => {
  test.each<[string, Authority, Partial<Stake>, boolean]>([
    ['of the level asked for covers it', { upTo: 'AGENT' }, {}, true],
    ['of a higher level covers it', { upTo: 'TEAM_LEADER' }, {}, true],
    ['of a lower level does not', { upTo: 'NONE' }, {}, false],
    ['of no level covers what asks for none', NO_AUTHORITY, { level: 'NONE' }, true],
    ['of just the amount covers it', { ...ALL, mostAmountMinor: 500_000 }, {}, true],
    ['of less than the amount does not', { ...ALL, mostAmountMinor: 499_999 }, {}, false],
    ['without a limit covers an unknown amount', ALL, { amountMinor: undefined }, true],
    [
      'with a limit covers no unknown amount',
      { ...ALL, mostAmountMinor: Number.MAX_SAFE_INTEGER },
      { amountMinor: undefined },
      false,
    ],
    [
      'is not limited where no money of the bank is at stake',
      { ...ALL, mostAmountMinor: 0 },
      { amountMinor: null },
      true,
    ],
    ['of just the rate discount covers it', { ...ALL, mostRateDiscountPpm: 2_000 }, {}, true],
    ['of less of it does not', { ...ALL, mostRateDiscountPpm: 1_999 }, {}, false],
    ['of just the fee discount covers it', { ...ALL, mostFeeDiscountPpm: 100_000 }, {}, true],
    ['of less of that does not', { ...ALL, mostFeeDiscountPpm: 99_999 }, {}, false],
    ['of just the risk covers it', { ...ALL, mostProductRisk: 'MEDIUM' }, {}, true],
    ['of more risk covers it', { ...ALL, mostProductRisk: 'HIGH' }, {}, true],
    ['of less risk does not', { ...ALL, mostProductRisk: 'LOW' }, {}, false],
    [
      'within one limit and beyond another does not',
      { ...ALL, mostAmountMinor: 1_000_000, mostFeeDiscountPpm: 0 },
      {},
      false,
    ],
  ])('%s', (_, authority, stake, expected) => {
    expect(covers(authority, { ...STAKE, ...stake })).toBe(expected);
  });

  test('of a level or a risk that nobody knows covers nothing', () => {
    const least: Stake = { ...STAKE, level: 'NONE', productRisk: 'LOW' };
    const foreign = (text: object): Authority => JSON.parse(JSON.stringify(text)) as Authority;
    expect(covers(foreign({ upTo: 'CHAIRMAN' }), least)).toBe(false);
    expect(covers(foreign({ ...ALL, mostProductRisk: 'NO_RISK' }), least)).toBe(false);
  });
});
