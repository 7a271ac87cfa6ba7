import { describe, expect, test } from '@jest/globals';
import { smallInput } from '../../../test/support/small-input.ts';
import { loadSmall } from '../../../test/support/small-release.ts';
import type { Authority } from '../../domain/authority.ts';
import { decide } from '../decide.ts';

const SMALL = loadSmall();

function mayPresent(action: string, authority: Authority): boolean | undefined {
  const { candidates } = decide(smallInput({ authority }), SMALL);
  return candidates.find(({ actionId }) => actionId === action)?.presentable;
}

describe('what the viewer may present', () => {
  const ALL = { upTo: 'CREDIT_COMMITTEE' } as const;

  test.each<[string, string, Authority, boolean]>([
    ['what asks for a level above theirs', 'insurance', { upTo: 'AGENT' }, false],
    ['what asks for just their level', 'insurance', { upTo: 'TEAM_LEADER' }, true],
    ['a loan of just the limit', 'loan', { ...ALL, mostAmountMinor: 1_800_000 }, true],
    ['a loan above the limit', 'loan', { ...ALL, mostAmountMinor: 1_799_999 }, false],
    ['a deposit above the limit', 'savings', { ...ALL, mostAmountMinor: 0 }, true],
    ['a service, where amounts are limited', 'outreach', { ...ALL, mostAmountMinor: 0 }, true],
    ['just the rate discount', 'loan', { ...ALL, mostRateDiscountPpm: 7_000 }, true],
    ['more rate discount', 'loan', { ...ALL, mostRateDiscountPpm: 6_999 }, false],
    ['just the fee discount', 'loan', { ...ALL, mostFeeDiscountPpm: 600_000 }, true],
    ['more fee discount', 'loan', { ...ALL, mostFeeDiscountPpm: 599_999 }, false],
    ['just the product risk', 'loan', { ...ALL, mostProductRisk: 'MEDIUM' }, true],
    ['more product risk', 'loan', { ...ALL, mostProductRisk: 'LOW' }, false],
  ])('%s', (_, action, authority, expected) => {
    expect(mayPresent(action, authority)).toBe(expected);
  });
});
