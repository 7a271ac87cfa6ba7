import { describe, expect, test } from '@jest/globals';
import {
  historyOf,
  LONG_AGO,
  type Rows,
  sheetOf,
  sheetOfHistory,
  told,
} from '../../../../test/support/customer-history.ts';

const spoke = (on: string, intent: string) => ({
  interactionId: `${on} ${intent}`,
  partyId: 'c1',
  occurredAt: `${on}T09:00:00.000Z`,
  channel: 'PHONE' as const,
  intent,
  recordedAt: `${on}T09:00:00.000Z`,
});
const contact = (contactId: string, on: string) => ({
  contactId,
  partyId: 'c1',
  actionId: 'x',
  channel: 'EMAIL' as const,
  presentedAt: `${on}T09:00:00.000Z`,
  recordedAt: `${on}T09:00:00.000Z`,
});
const answer = (contactId: string, on: string, kind: 'ACCEPTED' | 'DECLINED') => ({
  responseId: `${contactId} ${on}`,
  contactId,
  kind,
  respondedAt: `${on}T10:00:00.000Z`,
  recordedAt: `${on}T10:00:00.000Z`,
});
const goal = (goalId: string, kind: string, targetMinor?: number) => ({
  goalId,
  partyId: 'c1',
  kind,
  recordedAt: LONG_AGO,
  ...(targetMinor === undefined ? {} : { targetMinor, currency: 'USD' }),
});
const worth = (effectiveOn: string, marginMinor: number, currency = 'EUR') => ({
  partyId: 'c1',
  effectiveOn,
  marginMinor,
  currency,
  tier: 'PLUS' as const,
  recordedAt: LONG_AGO,
});
const member = (partyId: string, householdId: string, recordedAt = LONG_AGO) => ({
  householdId,
  partyId,
  member: partyId === 'c1' ? ('HEAD' as const) : ('CHILD' as const),
  recordedAt,
});

describe('a fact of the relationship', () => {
  test.each<[string, string, Rows, unknown]>([
    ['household.size', 'no household', {}, 'n/a'],
    [
      'household.size',
      'two members',
      {
        household_member: [member('c1', 'h1'), member('c2', 'h1')],
      },
      2,
    ],
    [
      'household.childCount',
      'two members',
      {
        household_member: [member('c1', 'h1'), member('c2', 'h1')],
      },
      1,
    ],
    [
      'household.size',
      'a move to another household',
      {
        household_member: [
          member('c1', 'h1'),
          member('c2', 'h1'),
          member('c1', 'h2', '2021-01-01T00:00:00.000Z'),
        ],
      },
      1,
    ],
    [
      'interactions.count90d',
      'the first day in the window and the last before',
      {
        interaction: [spoke('2026-04-02', 'OTHER'), spoke('2026-04-01', 'OTHER')],
      },
      1,
    ],
    [
      'interactions.daysSinceHardship',
      'two calls',
      {
        interaction: [spoke('2026-06-20', 'HARDSHIP'), spoke('2026-01-01', 'HARDSHIP')],
      },
      10,
    ],
    ['interactions.daysSinceRateQuestion', 'none', {}, 'n/a'],
    [
      'interactions.daysSinceLoanQuestion',
      'another question',
      { interaction: [spoke('2026-06-20', 'RATE_QUESTION')] },
      'n/a',
    ],
    [
      'interactions.daysSinceTravelNotice',
      'a notice',
      { interaction: [spoke('2026-06-20', 'TRAVEL_NOTICE')] },
      10,
    ],
    [
      'campaigns.contactCount90d',
      'the first day in the window and the last before',
      { contact: [contact('k1', '2026-04-02'), contact('k2', '2026-04-01')] },
      1,
    ],
    [
      'campaigns.declinedShare365dPpm',
      'one of four, answered twice',
      {
        contact: ['k1', 'k2', 'k3', 'k4'].map((id) => contact(id, '2026-06-01')),
        response: [
          answer('k1', '2026-06-02', 'DECLINED'),
          answer('k1', '2026-06-03', 'DECLINED'),
          answer('k2', '2026-06-02', 'ACCEPTED'),
        ],
      },
      250_000,
    ],
    ['campaigns.declinedShare365dPpm', 'never asked', {}, 'n/a'],
    [
      'interactions.complaints180d',
      'two and another call',
      {
        interaction: [
          spoke('2026-06-20', 'COMPLAINT'),
          spoke('2026-01-10', 'COMPLAINT'),
          spoke('2026-06-20', 'OTHER'),
        ],
      },
      2,
    ],
    [
      'campaigns.contactCount365d',
      'the first day in the window and the last before',
      {
        contact: [contact('k1', '2025-07-01'), contact('k2', '2025-06-30')],
      },
      1,
    ],
    [
      'campaigns.acceptedCount365d',
      'one accepted twice',
      {
        contact: [contact('k1', '2026-06-01')],
        response: [
          answer('k1', '2026-06-02', 'ACCEPTED'),
          answer('k1', '2026-06-03', 'ACCEPTED'),
        ],
      },
      1,
    ],
    [
      'campaigns.declinedCount365d',
      'one accepted',
      {
        contact: [contact('k1', '2026-06-01')],
        response: [answer('k1', '2026-06-02', 'ACCEPTED')],
      },
      0,
    ],
    ['goals.hasHome', 'a home', { goal: [goal('g1', 'HOME')] }, true],
    ['goals.hasRetirement', 'a home', { goal: [goal('g1', 'HOME')] }, false],
    ['goals.targetTotal', 'dollars', { goal: [goal('g1', 'HOME', 1_000)] }, 900],
    ['goals.targetTotal', 'no amount', { goal: [goal('g1', 'HOME')] }, 'n/a'],
    [
      'relationship.marginYearly',
      'a later and a future one',
      {
        relationship_value: [
          worth('2026-01-01', 1),
          worth('2026-05-01', 2),
          worth('2026-07-01', 3),
        ],
      },
      2,
    ],
    [
      'relationship.marginYearly',
      'no rate',
      {
        relationship_value: [worth('2026-01-01', 1, 'CHF')],
      },
      'NO_RATE relationshipValue',
    ],
    ['relationship.tier', 'one', { relationship_value: [worth('2026-01-01', 1)] }, 'PLUS'],
    ['relationship.tier', 'none', {}, 'n/a'],
  ])('%s with %s', (name, _case, rows, expected) => {
    expect(told(sheetOf(rows), name)).toEqual(expected);
  });

  test.each([
    ['household', 'household.size'],
    ['arrangements', 'holdings.hasLoan'],
    ['arrangements', 'cashflow.incomeMonthly'],
    ['transactions', 'cashflow.incomeMonthly'],
    ['transactions', 'onboarding.firstAmount'],
    ['interactions', 'interactions.count90d'],
    ['campaigns', 'campaigns.contactCount365d'],
    ['goals', 'goals.hasHome'],
    ['relationshipValue', 'relationship.tier'],
  ])('fails alone with %s', (part, name) => {
    const whole = sheetOf({});
    const failed = { [part]: { state: 'FAILED', reason: 'STALE' } as const };
    const sheet = sheetOfHistory({ ...historyOf({}), ...failed });
    expect(told(sheet, name)).toBe(`STALE ${part}`);
    expect(told(sheet, 'customer.kind')).toBe(told(whole, 'customer.kind'));
  });
});
