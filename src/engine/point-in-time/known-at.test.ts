import { describe, expect, test } from '@jest/globals';
import {
  arrangement,
  balance,
  historyOf,
  LINEAGE,
  LONG_AGO,
  owner,
  person,
  posting,
  type Rows,
} from '../../../test/support/customer-history.ts';
import { type Customer360, type DatedLineage, PART_NAMES } from '../../domain/customer360.ts';
import type { AgeLimits } from '../../domain/release.ts';
import { knownAt } from './known-at.ts';

const AT = { businessDate: '2026-06-30', knownAt: '2026-06-30T18:00:00.000Z' };
const LATER = '2026-06-30T18:00:00.001Z';
const view = (rows: Rows): Customer360 => knownAt(historyOf(rows), AT);

function partValue<K extends keyof Customer360>(customer: Customer360, name: K): unknown {
  const part = customer[name];
  return typeof part === 'object' && part.state === 'READ' ? part.value : part;
}

describe('what is known at a moment', () => {
  test('is the latest version of each record, and not one recorded a moment later', () => {
    const rows = {
      party: [
        person({ segment: 'MASS', recordedAt: '2026-01-01T00:00:00.000Z' }),
        person({ segment: 'AFFLUENT', recordedAt: AT.knownAt }),
        person({ segment: 'PRIVATE', recordedAt: LATER }),
      ],
    };
    expect(partValue(view(rows), 'profile')).toMatchObject({ party: { segment: 'AFFLUENT' } });
  });

  test('is no record that was withdrawn by then, and one that was told again', () => {
    const told = { goalId: 'g', partyId: 'c1', kind: 'HOME' };
    const goal = [
      { ...told, recordedAt: '2026-03-01T00:00:00.000Z' },
      { ...told, withdrawn: true as const, recordedAt: '2026-04-01T00:00:00.000Z' },
      { ...told, recordedAt: '2026-05-01T00:00:00.000Z' },
    ];
    const months = ['2026-03', '2026-04', '2026-05'];
    const counts = months.map((month) => {
      const at = { ...AT, knownAt: `${month}-15T00:00:00.000Z` };
      return partValue(knownAt(historyOf({ goal }), at), 'goals');
    });
    expect(counts).toEqual([[goal[0]], [], [goal[2]]]);
  });

  test('puts a party that has left its last household into the one it is still in', () => {
    const member = { partyId: 'c1', member: 'HEAD' as const, recordedAt: LONG_AGO };
    const left = {
      ...member,
      householdId: 'new',
      recordedAt: AT.knownAt,
      withdrawn: true as const,
    };
    const rows = [{ ...member, householdId: 'old' }, left];
    expect(partValue(view({ household_member: rows }), 'household')).toEqual([rows[0]]);
  });

  test('tells versions of the very same instant apart by content, whatever their order', () => {
    const rows = [person({ segment: 'MASS' }), person({ segment: 'PRIVATE' })];
    const other = view({ party: rows.toReversed() });
    expect(partValue(view({ party: rows }), 'profile')).toEqual(partValue(other, 'profile'));
  });

  test('is no party of another number', () => {
    expect(view({ party: [person({ partyId: 'c2' })] }).profile).toEqual({
      state: 'FAILED',
      reason: 'NOT_COVERED',
    });
  });

  test('is nothing that a correction gave to somebody else', () => {
    const one = { partyId: 'c1', recordedAt: LONG_AGO };
    const two = { partyId: 'c2', recordedAt: AT.knownAt };
    const both = <T extends object>(fields: T) => [
      { ...fields, ...one },
      { ...fields, ...two },
    ];
    const customer = view({
      interaction: both({
        interactionId: 'i',
        occurredAt: LONG_AGO,
        channel: 'PHONE',
        intent: 'OTHER',
      }),
      contact: both({ contactId: 'k', actionId: 'a', channel: 'EMAIL', presentedAt: LONG_AGO }),
      goal: both({ goalId: 'g', kind: 'HOME' }),
      hold: both({ holdId: 'h', kind: 'DECEASED', startsOn: '2026-01-01' }),
      household_member: [
        { ...one, householdId: 'H', member: 'HEAD' },
        { ...one, partyId: 'c2', householdId: 'H', member: 'PARTNER' },
        { ...two, householdId: 'J', member: 'HEAD' },
      ],
    });
    for (const part of ['interactions', 'goals', 'holds'] as const) {
      expect(partValue(customer, part)).toEqual([]);
    }
    expect(partValue(customer, 'campaigns')).toEqual({ contacts: [], responses: [] });
    expect(partValue(customer, 'household')).toMatchObject([{ partyId: 'c1' }]);
  });

  test('counts the owners and joint holders of an arrangement, not the authorised', () => {
    const customer = view({
      arrangement: [arrangement('a1', 'CURRENT_ACCOUNT')],
      role: [
        owner('a1'),
        owner('a1', { role: 'AUTHORISED' }),
        owner('a1', { partyId: 'c2', role: 'JOINT' }),
        owner('a1', { partyId: 'c3', role: 'AUTHORISED' }),
        owner('a1', { partyId: 'c4', role: 'JOINT', endedOn: '2026-06-01' }),
        owner('a1', { partyId: 'c5', role: 'JOINT', recordedAt: LATER }),
      ],
      balance: [
        balance('a1', 1, { effectiveOn: '2026-06-29' }),
        balance('a1', 2, { effectiveOn: '2026-06-29', recordedAt: AT.knownAt }),
        balance('a1', 3, { effectiveOn: '2026-06-30', recordedAt: LATER }),
      ],
    });
    expect(partValue(customer, 'arrangements')).toMatchObject([
      { role: 'OWNER', sharers: 2, balance: { ledgerMinor: 2 } },
    ]);
  });

  test('brings transactions of shared arrangements into order', () => {
    const at = '2026-06-01T12:00:00.000Z';
    const rows = [
      posting('2026-06-02', 1, { transactionId: 'after' }),
      posting('2026-06-01', 1, { transactionId: 'second', sequence: 2, effectiveAt: at }),
      posting('2026-06-01', 1, { transactionId: 'b', effectiveAt: at }),
      posting('2026-06-01', 1, { transactionId: 'a', effectiveAt: at }),
      posting('2026-06-01', 1, { transactionId: 'first', sequence: 1, effectiveAt: at }),
      posting('2026-06-01', 1, { transactionId: 'not shared', arrangementId: 'a2' }),
      posting('2026-07-01', 1, { transactionId: 'not yet', recordedAt: LONG_AGO }),
    ];
    const customer = view({
      arrangement: [arrangement('a1', 'CURRENT_ACCOUNT'), arrangement('a2', 'CURRENT_ACCOUNT')],
      role: [owner('a1'), owner('a2', { role: 'SIGNATORY' })],
      transaction: rows,
    });
    if (customer.transactions.state !== 'READ') throw new Error('transactions were not read');
    const ids = customer.transactions.value.transactions.map((row) => row.transactionId);
    expect(ids).toEqual(['a', 'b', 'first', 'second', 'after']);
  });

  test('moves a transaction that was corrected to another day', () => {
    const wrong = posting('2026-06-01', 1, { transactionId: 't' });
    const right = { ...wrong, effectiveAt: '2026-07-02T12:00:00.000Z', recordedAt: AT.knownAt };
    const customer = view({
      arrangement: [arrangement('a1', 'CURRENT_ACCOUNT')],
      transaction: [wrong, right],
    });
    expect(partValue(customer, 'transactions')).toMatchObject({ transactions: [] });
  });

  test('leaves out a response whose contact is not known yet', () => {
    const customer = view({
      contact: [
        {
          contactId: 'k1',
          partyId: 'c1',
          actionId: 'x',
          channel: 'EMAIL',
          presentedAt: LONG_AGO,
          recordedAt: LATER,
        },
      ],
      response: [
        {
          responseId: 'r1',
          contactId: 'k1',
          kind: 'ACCEPTED',
          respondedAt: LONG_AGO,
          recordedAt: LONG_AGO,
        },
      ],
    });
    expect(partValue(customer, 'campaigns')).toEqual({ contacts: [], responses: [] });
  });
});

describe('an age limit', () => {
  const limits = (days: number): AgeLimits =>
    Object.fromEntries(PART_NAMES.map((name) => [name, `P${days}D`])) as AgeLimits;
  const stateOf = (asOf: string, more: { readonly bankNow?: string } = {}) =>
    knownAt(historyOf({}, { ...LINEAGE, asOf }), { ...AT, ...more, ageLimits: limits(2) }).goals
      .state;

  test.each([
    ['2026-06-28T18:00:00.000Z', 'READ'],
    ['2026-06-28T17:59:59.999Z', 'FAILED'],
  ])('lets a world of %s be %s', (asOf, state) => {
    expect(stateOf(asOf)).toBe(state);
  });

  test('is compared in banking time where that is given', () => {
    const bankNow = '2026-06-30T08:00:00.000Z';
    expect(stateOf('2026-06-28T09:00:00.000Z', { bankNow })).toBe('READ');
  });

  test('fails every part as stale, and none without limits', () => {
    const old = historyOf({}, { ...LINEAGE, asOf: LONG_AGO });
    const stale = knownAt(old, { ...AT, ageLimits: limits(2) });
    const past = knownAt(old, AT);
    for (const name of PART_NAMES) {
      expect(stale[name]).toEqual({ state: 'FAILED', reason: 'STALE' });
      expect(past[name].state).toBe('READ');
    }
  });

  test('a part is not covered before it was first delivered, and its lineage says no more', () => {
    const deliveredAt = (instant: string) =>
      knownAt(historyOf({}, { ...LINEAGE, deliveredAt: instant }), AT);
    const [before, since] = [deliveredAt(LATER), deliveredAt(AT.knownAt)];
    for (const name of PART_NAMES) {
      expect(before[name]).toEqual({ state: 'FAILED', reason: 'NOT_COVERED' });
      expect(since[name]).toMatchObject({ state: 'READ', lineage: [LINEAGE] });
      expect(since[name]).not.toHaveProperty('lineage.0.deliveredAt');
    }
  });
});

describe('a part that two systems feed', () => {
  const CORE: DatedLineage = {
    ...LINEAGE,
    source: 'core:cards',
    deliveredAt: '2026-06-01T00:00:00.000Z',
    answeredSince: '2026-06-10T00:00:00.000Z',
  };
  const { deliveredAt: _, answeredSince: __, ...READING } = CORE;
  const LIMITS = Object.fromEntries(PART_NAMES.map((name) => [name, 'P2D'])) as AgeLimits;
  const goals = (core: DatedLineage, at: Partial<Parameters<typeof knownAt>[1]> = {}) => {
    const part = { state: 'READ' as const, value: [], lineage: [LINEAGE, core] };
    return knownAt({ ...historyOf({}), goals: part }, { ...AT, ...at }).goals;
  };

  test.each<[string, DatedLineage, object, object]>([
    ['names both', CORE, {}, { lineage: [LINEAGE, READING] }],
    [
      'is unknown as a whole where one never answered for the customer',
      { ...CORE, answeredSince: null },
      {},
      { reason: 'NOT_COVERED' },
    ],
    [
      'is unknown as a whole where one is stale',
      { ...CORE, asOf: '2026-06-28T17:59:59.999Z' },
      { ageLimits: LIMITS },
      { reason: 'STALE' },
    ],
    [
      'was unknown until the second answered',
      CORE,
      { knownAt: '2026-06-09T23:59:59.999Z' },
      { reason: 'NOT_COVERED' },
    ],
    [
      'was the first one alone before the second fed it',
      { ...CORE, answeredSince: null },
      { knownAt: '2026-05-31T23:59:59.999Z' },
      { lineage: [LINEAGE] },
    ],
  ])('%s', (_title, core, at, expected) => {
    expect(goals(core, at)).toMatchObject(expected);
  });
});
