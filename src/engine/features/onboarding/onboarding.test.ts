import { describe, expect, test } from '@jest/globals';
import {
  arrangement,
  covered,
  LONG_AGO,
  posting,
  type Rows,
  sheetOf,
  told,
} from '../../../../test/support/customer-history.ts';

const account = arrangement('a1', 'CURRENT_ACCOUNT');
const fact = (rows: Rows, name: string) => told(sheetOf(rows), name);

describe('onboarding', () => {
  const young = { ...account, openedOn: '2025-01-10' };
  const eleven = [
    posting('2025-01-12', 1_000, { method: 'CASH' }),
    posting('2025-02-01', -400, { method: 'CASH' }),
    posting('2025-04-10', 2_000),
    posting('2025-04-11', 5_000),
  ];
  const withInterest = [...eleven, posting('2025-03-01', 7, { category: 'INTEREST' })];
  const early = (more: Rows = {}): Rows => ({
    arrangement: [young],
    transaction: eleven,
    coverage: [covered({ arrangementId: 'a1', from: '2025-01-10', to: '2025-04-11' })],
    ...more,
  });

  test.each<[string, string, Rows, unknown]>([
    ['firstAmount', 'the first transactions only', early(), 1_000],
    ['credit90d', 'the first transactions only', early(), 3_000],
    ['debit90d', 'the first transactions only', early(), 400],
    ['largestCredit90d', 'the first transactions only', early(), 2_000],
    ['cashIn90d', 'the first transactions only', early(), 1_000],
    ['largestDebit90d', 'the first transactions only', early(), 400],
    ['cashOut90d', 'the first transactions only', early(), 400],
    ['transferIn90d', 'the first transactions only', early(), 2_000],
    ['transferIn90d', 'interest besides', early({ transaction: withInterest }), 2_000],
    ['interest90d', 'the first transactions only', early(), 0],
    ['interest90d', 'interest besides', early({ transaction: withInterest }), 7],
    ['transactionCount90d', 'the first transactions only', early(), 3],
    ['balanceMin90d', 'the first transactions only', early(), 600],
    ['balanceMax90d', 'the first transactions only', early(), 2_600],
    ['balanceMean90d', 'levels of 1000, 600 and 2600', early(), 1_400],
    ['balanceVolatility90d', 'distances of 400, 800 and 1200', early(), 800],
    ['balanceLast90d', 'the first transactions only', early(), 2_600],
    ['credit60d', 'the first transactions only', early(), 1_000],
    ['cashIn60d', 'the first transactions only', early(), 1_000],
    ['transferIn60d', 'the first transactions only', early(), 0],
    ['transactionCount60d', 'the first transactions only', early(), 2],
    ['balanceMean60d', 'levels of 1000 and 600', early(), 800],
    ['balanceVolatility60d', 'distances of 200 and 200', early(), 200],
    [
      'credit60d',
      'coverage that ends between the windows',
      early({
        coverage: [covered({ arrangementId: 'a1', from: '2025-01-10', to: '2025-03-11' })],
      }),
      1_000,
    ],
    [
      'credit60d',
      'coverage that ends within the window',
      early({
        coverage: [covered({ arrangementId: 'a1', from: '2025-01-10', to: '2025-03-10' })],
      }),
      'NOT_COVERED transactions',
    ],
    [
      'credit90d',
      'coverage that ends within the window',
      early({
        coverage: [covered({ arrangementId: 'a1', from: '2025-01-10', to: '2025-04-09' })],
      }),
      'NOT_COVERED transactions',
    ],
    [
      'firstAmount',
      'coverage that ends within the window',
      early({
        coverage: [covered({ arrangementId: 'a1', from: '2025-01-10', to: '2025-01-12' })],
      }),
      1_000,
    ],
    [
      'firstAmount',
      'coverage that begins after opening',
      early({ coverage: [covered({ from: '2025-01-11' })] }),
      'NOT_COVERED transactions',
    ],
    ['credit90d', 'no account', {}, 'n/a'],
    ['balanceLast90d', 'no transaction', { arrangement: [young] }, 'n/a'],
    ['balanceMean90d', 'no transaction', { arrangement: [young] }, 'n/a'],
    ['cashOut90d', 'no transaction', { arrangement: [young] }, 0],
    [
      'credit90d',
      'a younger second account',
      early({
        arrangement: [young, arrangement('a2', 'CURRENT_ACCOUNT', { openedOn: '2025-01-11' })],
      }),
      3_000,
    ],
  ])('%s with %s', (name, _case, rows, expected) => {
    expect(fact(rows, `onboarding.${name}`)).toEqual(expected);
  });

  test('tells so far while the account is younger than the window', () => {
    const sheet = sheetOf(early({ coverage: [covered({ from: '2025-01-10' })] }), '2025-02-15');
    expect(told(sheet, 'onboarding.credit90d')).toBe(1_000);
  });

  test('reads what was recorded by then only', () => {
    const late = { ...posting('2025-02-02', 7), recordedAt: LONG_AGO.replace('2020', '2027') };
    expect(fact(early({ transaction: [...eleven, late] }), 'onboarding.credit90d')).toBe(3_000);
  });
});
