import { describe, expect, test } from '@jest/globals';
import { arrangement, covered, posting } from '../../../test/support/customer-history.ts';
import type { ArrangementRecord, CoverageRecord } from '../../domain/bank-record.ts';
import type { HeldArrangement } from '../../domain/customer360.ts';
import { cashFlowOf } from './cash-flow.ts';

const at = {
  businessDate: '2026-06-15',
  months: 2,
  rates: { reportingCurrency: 'EUR', ratesPpm: { CZK: 40_000 } },
} as const;

function account(id: string, more: Partial<ArrangementRecord> = {}, sharers = 1) {
  const held: HeldArrangement = {
    arrangement: arrangement(id, 'CURRENT_ACCOUNT', { openedOn: '2020-01-01', ...more }),
    role: sharers === 1 ? 'OWNER' : 'JOINT',
    sharers,
    balance: null,
  };
  return held;
}
const of = (arrangementId: string) => ({ arrangementId });
const windows = (...rows: readonly Partial<CoverageRecord>[]) =>
  rows.map((row) => ({ ...covered(), from: '2026-05-01', ...row }));
const flow = (held: readonly HeldArrangement[], coverage: readonly CoverageRecord[]) =>
  cashFlowOf(held, { transactions: [], coverage }, at).covered;

describe('cash flow', () => {
  test.each<readonly [string, readonly HeldArrangement[], readonly CoverageRecord[], boolean]>([
    ['no current account needs no coverage', [], [], true],
    ['nothing handed over', [account('A')], [], false],
    ['a window for all accounts', [account('A'), account('B')], windows({}), true],
    ['one account of two', [account('A'), account('B')], windows({ arrangementId: 'A' }), false],
    [
      'each account by itself',
      [account('A'), account('B')],
      windows({ arrangementId: 'A' }, { arrangementId: 'B' }),
      true,
    ],
    ['another account', [account('A')], windows({ arrangementId: 'Z' }), false],
    ['a window that begins too late', [account('A')], windows({ from: '2026-05-02' }), false],
    ['a window that ends too early', [account('A')], windows({ to: '2026-06-14' }), false],
    [
      'two windows that meet',
      [account('A')],
      windows({ to: '2026-05-20' }, { from: '2026-05-21' }),
      true,
    ],
    [
      'two windows with a gap',
      [account('A')],
      windows({ to: '2026-05-20' }, { from: '2026-05-22' }),
      false,
    ],
    [
      'an account opened within needs its life',
      [account('A', { openedOn: '2026-06-01' })],
      windows({ from: '2026-06-01' }),
      true,
    ],
    [
      'an account closed within needs its life',
      [account('A', { status: 'CLOSED', closedOn: '2026-05-10' })],
      windows({ to: '2026-05-10' }),
      true,
    ],
    [
      'an account closed before needs none',
      [account('A', { status: 'CLOSED', closedOn: '2026-04-30' })],
      [],
      true,
    ],
    [
      'an account of a currency without a rate',
      [account('A', { currency: 'USD' })],
      windows({}),
      false,
    ],
  ])('is covered or not: %s', (_, held, coverage, expected) => {
    expect(flow(held, coverage)).toBe(expected);
  });

  test('each account counts by the customer’s share, in the reporting currency', () => {
    const held = [account('A', { currency: 'EUR' }, 2), account('B', { currency: 'CZK' })];
    const transactions = [
      posting('2026-05-05', 10_000, of('A')),
      posting('2026-06-05', -3_001, of('A')),
      posting('2026-06-06', 100_000, { ...of('B'), currency: 'CZK' }),
      posting('2026-06-06', 99_999, of('S')),
      posting('2026-04-30', 77, of('A')),
    ];
    expect(cashFlowOf(held, { transactions, coverage: windows({}) }, at)).toEqual({
      months: [
        { month: '2026-05-01', inMinor: 5_000, outMinor: 0 },
        { month: '2026-06-01', inMinor: 4_000, outMinor: 1_500 },
      ],
      covered: true,
    });
  });

  test('a posting that cannot be exchanged leaves the sums too low, and says so', () => {
    const transactions = [posting('2026-06-05', 500, { ...of('A'), currency: 'USD' })];
    const { covered: whole } = cashFlowOf(
      [account('A')],
      { transactions, coverage: windows({}) },
      at,
    );
    expect(whole).toBe(false);
  });
});
