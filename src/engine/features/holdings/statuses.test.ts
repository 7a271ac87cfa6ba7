import { describe, expect, test } from '@jest/globals';
import {
  arrangement,
  balance,
  covered,
  posting,
  type Rows,
  sheetOf,
  told,
} from '../../../../test/support/customer-history.ts';
import {
  ARRANGEMENT_STATUSES,
  type ArrangementStatus,
} from '../../../domain/arrangement-status.ts';
import type { ArrangementRecord } from '../../../domain/bank-record.ts';
import type { ProductKind } from '../../../domain/product-kind.ts';

const UNKNOWN = 'NOT_COVERED arrangements';

function bankOf(status: ArrangementStatus, more: Partial<ArrangementRecord> = {}): Rows {
  const of = (id: string, kind: ProductKind, own: Partial<ArrangementRecord> = {}) =>
    arrangement(id, kind, { status, ...own, ...more });
  return {
    party: [],
    arrangement: [
      of('a1', 'CURRENT_ACCOUNT'),
      of('s1', 'SAVINGS_ACCOUNT'),
      of('l1', 'LOAN', { instalmentMinor: 20_000 }),
      of('k1', 'CARD', { product: 'card_gold', renewsOn: '2026-07-10' }),
    ],
    balance: [
      balance('a1', 90_000),
      balance('s1', 50_000),
      balance('l1', -70_000, { daysPastDue: 0 }),
    ],
    transaction: [posting('2026-06-10', 90_000)],
    coverage: [covered()],
  };
}

/** What each status lets a fact say: OPEN, CLOSED, and every other held against them. */
const SAYS: { readonly [fact: string]: { readonly [S in ArrangementStatus]: unknown } } = {
  'holdings.count': says(4, 0, 4, 4, 4, 4, UNKNOWN),
  'holdings.hasLoan': says(true, false, true, true, true, true, UNKNOWN),
  'holdings.hasCreditCard': says(true, false, true, true, true, true, UNKNOWN),
  'holdings.hasMortgage': says(false, false, false, false, false, false, false),
  'loan.count': says(1, 0, 1, 1, 1, 1, UNKNOWN),
  'card.tier': says('GOLD', 'n/a', 'GOLD', 'GOLD', 'GOLD', 'GOLD', UNKNOWN),
  'card.daysToRenewal': says(10, 'n/a', 10, UNKNOWN, 10, UNKNOWN, UNKNOWN),
  'savings.balance': says(50_000, 'n/a', 50_000, UNKNOWN, 50_000, UNKNOWN, UNKNOWN),
  'deposits.total': says(140_000, 'n/a', 140_000, UNKNOWN, 140_000, UNKNOWN, UNKNOWN),
  'cashflow.balanceMin90d': says(0, 'n/a', 0, UNKNOWN, 0, UNKNOWN, UNKNOWN),
  'loan.outstanding': says(70_000, 'n/a', 70_000, UNKNOWN, 70_000, UNKNOWN, UNKNOWN),
  'credit.instalmentMonthly': says(20_000, 'n/a', 20_000, UNKNOWN, 20_000, UNKNOWN, UNKNOWN),
  'loan.daysPastDue': says(0, 'n/a', 0, 0, UNKNOWN, UNKNOWN, 0),
};

describe('an arrangement of each status', () => {
  test.each(
    Object.entries(SAYS).flatMap(([fact, by]) =>
      ARRANGEMENT_STATUSES.map((status) => [fact, status, by[status]] as const),
    ),
  )('makes %s of %s', (fact, status, expected) => {
    const closed = status === 'CLOSED' ? { closedOn: '2026-01-31' } : {};
    expect(told(sheetOf(bankOf(status, closed)), fact)).toEqual(expected);
  });

  test.each<[ArrangementStatus, unknown]>([
    ['OPEN', false],
    ['DORMANT', false],
    ['BLOCKED', false],
    ['IN_ARREARS', false],
    ['PENDING', false],
    // The bank closes what it has written off; the customer owes it still.
    ['WRITTEN_OFF', true],
  ])('as %s that was closed is a loan held: %s', (status, expected) => {
    const sheet = sheetOf(bankOf(status, { closedOn: '2026-01-31' }));
    expect(told(sheet, 'holdings.hasLoan')).toBe(expected);
  });

  test('in arrears counts the days that its balance states', () => {
    const rows = { ...bankOf('IN_ARREARS'), balance: [balance('l1', -70_000)] };
    const late = balance('l1', -70_000, { daysPastDue: 40 });
    const onlyLoan = rows.arrangement?.filter((one) => one.productKind === 'LOAN') ?? [];
    const sheet = sheetOf({ ...rows, arrangement: onlyLoan, balance: [late] });
    expect(told(sheet, 'loan.daysPastDue')).toBe(40);
  });

  test('beside one that is open is held, whatever becomes of a second', () => {
    const rows: Rows = {
      arrangement: [
        arrangement('l1', 'LOAN'),
        arrangement('l2', 'LOAN', { status: 'PENDING' }),
        arrangement('s1', 'SAVINGS_ACCOUNT'),
      ],
      balance: [balance('s1', 500)],
    };
    const sheet = sheetOf(rows);
    expect(told(sheet, 'holdings.hasLoan')).toBe(true);
    expect(told(sheet, 'loan.count')).toBe(UNKNOWN);
    expect(told(sheet, 'savings.balance')).toBe(500);
  });

  test('while pending tells nothing of how long the customer is one', () => {
    const rows: Rows = {
      party: [{ partyId: 'c1', kind: 'PERSON', recordedAt: '2020-01-01T00:00:00.000Z' }],
      arrangement: [arrangement('l1', 'LOAN', { status: 'PENDING' })],
    };
    expect(told(sheetOf(rows), 'customer.tenureMonths')).toBe('NOT_COVERED profile');
  });
});

type Says = { readonly [S in ArrangementStatus]: unknown };

function says(...values: readonly unknown[]): Says {
  const pairs = ARRANGEMENT_STATUSES.map((status, i) => [status, values[i]] as const);
  return Object.fromEntries(pairs) as Says;
}
