import { describe, expect, test } from '@jest/globals';
import {
  arrangement,
  balance,
  covered,
  LONG_AGO,
  owner,
  person,
  posting,
  type Rows,
  sheetOf,
  told,
} from '../../../test/support/customer-history.ts';

const account = arrangement('a1', 'CURRENT_ACCOUNT');
const salary = (on: string, amountMinor: number) =>
  posting(on, amountMinor, { category: 'SALARY' });
const six = [1, 2, 3, 4, 5, 6].map((month) => `2026-0${month}-15`);
const year = [...[7, 8, 9].map((m) => `2025-0${m}-15`), '2025-10-15', '2025-11-15', '2025-12-15'];
const with_ = (transaction: Rows['transaction'] = [], more: Rows = {}): Rows => ({
  arrangement: [account],
  transaction,
  ...more,
});
const fact = (rows: Rows, name: string) => told(sheetOf(rows), name);

describe('cash flow', () => {
  test.each<[string, string, Rows, unknown]>([
    ['salaryMonthly', 'a steady salary', with_(six.map((on) => salary(on, 200_000))), 200_000],
    [
      'salaryMonthly',
      'a bonus, which a median does not follow',
      with_(six.map((on, i) => salary(on, i === 0 ? 900_000 : 200_000))),
      200_000,
    ],
    [
      'salaryMonthly',
      'two levels: the mean of the middle ones, half to even',
      with_(six.map((on, i) => salary(on, i < 3 ? 200_000 : 200_001))),
      200_000,
    ],
    ['salaryMonthly', 'no transactions at all', with_(), 0],
    ['salaryMonthly', 'no account', {}, 'n/a'],
    [
      'salaryMonthly',
      'an account of two months: the median of two',
      {
        arrangement: [{ ...account, openedOn: '2026-04-20' }],
        transaction: [salary('2026-05-15', 100), salary('2026-06-15', 300)],
      },
      200,
    ],
    [
      'salaryMonthly',
      'an account of three weeks',
      { arrangement: [{ ...account, openedOn: '2026-06-10' }] },
      'n/a',
    ],
    [
      'salaryMonthly',
      'an account shared by two',
      with_(
        six.map((on) => salary(on, 200_000)),
        { role: [owner('a1'), owner('a1', { partyId: 'c2', role: 'JOINT' })] },
      ),
      100_000,
    ],
    [
      'salaryMonthly',
      'dollars',
      {
        arrangement: [{ ...account, currency: 'USD' }],
        transaction: six.map((on) => ({ ...salary(on, 1_000), currency: 'USD' })),
      },
      900,
    ],
    [
      'salaryMonthly',
      'a posting without a rate',
      with_([{ ...salary('2026-06-15', 1), currency: 'CHF' }]),
      'NO_RATE transactions',
    ],
    [
      'salaryMonthly',
      'an account without a rate',
      { arrangement: [{ ...account, currency: 'CHF' }] },
      'NO_RATE arrangements',
    ],
    [
      'salaryGrowthPpm',
      'a rise of a tenth',
      with_([...year.map((on) => salary(on, 100)), ...six.map((on) => salary(on, 110))]),
      100_000,
    ],
    ['salaryGrowthPpm', 'none before', with_(six.map((on) => salary(on, 110))), 'n/a'],
    [
      'incomeMonthly',
      'own transfers, loan payouts and refunds beside 600',
      with_([
        posting('2026-06-01', 600),
        posting('2026-06-02', 1_000, { category: 'OWN_TRANSFER' }),
        posting('2026-06-03', 1_000, { category: 'LOAN_PAYOUT' }),
        posting('2026-06-04', 1_000, { category: 'REFUND' }),
      ]),
      100,
    ],
    [
      'spendMonthly',
      'investments and own transfers beside 600',
      with_([
        posting('2026-06-01', -600),
        posting('2026-06-02', -1_000, { category: 'OWN_TRANSFER' }),
        posting('2026-06-03', -1_000, { category: 'INVESTMENT' }),
      ]),
      100,
    ],
    ['netMonthly', 'more out', with_([posting('2026-06-01', -600)]), -100],
    [
      'savingsRatePpm',
      'a quarter kept',
      with_([posting('2026-06-01', 400), posting('2026-06-02', -300)]),
      250_000,
    ],
    ['savingsRatePpm', 'no income', with_([posting('2026-06-01', -600)]), 'n/a'],
    ['rentMonthly', 'rent', with_([posting('2026-06-01', -600, { category: 'RENT' })]), 100],
    [
      'cashWithdrawalMonthly',
      'cash by category and by method, cash paid in',
      with_([
        posting('2026-06-01', -300, { category: 'CASH' }),
        posting('2026-06-02', -300, { method: 'CASH' }),
        posting('2026-06-03', 600, { method: 'CASH' }),
      ]),
      100,
    ],
    [
      'foreignSpendMonthly',
      'spent at home and abroad',
      with_(
        [
          posting('2026-06-01', -600, { country: 'IT' }),
          posting('2026-06-02', -600, { country: 'AT' }),
        ],
        { party: [person({ residenceCountry: 'AT' })] },
      ),
      100,
    ],
    ['foreignSpendMonthly', 'no known home', with_(), 'NOT_COVERED profile'],
    [
      'feesYearly',
      'one fee eleven months ago, one thirteen',
      with_([
        posting('2025-07-30', -5, { category: 'FEE' }),
        posting('2025-05-30', -7, { category: 'FEE' }),
      ]),
      5,
    ],
    [
      'creditTurnover3m',
      'the first day in the window and the last one before',
      with_([posting('2026-03-31', 3), posting('2026-03-30', 5)]),
      3,
    ],
    [
      'travelSharePpm',
      'a third',
      with_([posting('2026-06-01', -1, { category: 'TRAVEL' }), posting('2026-06-02', -2)]),
      333_333,
    ],
    ['carSharePpm', 'no spending', with_(), 'n/a'],
    ['daysSinceLastSalary', 'a salary', with_([salary('2026-06-20', 1)]), 10],
    ['daysSinceLastSalary', 'none', with_(), 'n/a'],
    [
      'daysSinceLastSalary',
      'a salary within the little that is covered',
      with_([salary('2026-06-20', 1)], { coverage: [covered({ from: '2026-06-01' })] }),
      10,
    ],
    [
      'daysSinceLastSalary',
      'no salary within the little that is covered',
      with_([], { coverage: [covered({ from: '2026-06-01' })] }),
      'NOT_COVERED transactions',
    ],
    [
      'transactionCount90d',
      'the first day in the window and the last one before',
      with_([posting('2026-04-02', 1), posting('2026-04-01', 1)]),
      1,
    ],
  ])('%s with %s', (name, _case, rows, expected) => {
    expect(fact(rows, `cashflow.${name}`)).toEqual(expected);
  });

  test.each<[string, Rows['coverage'], unknown]>([
    ['no record of coverage', [], 'NOT_COVERED transactions'],
    [
      'a window covered but for its first day',
      [covered({ from: '2026-01-01' })],
      'NOT_COVERED transactions',
    ],
    ['just the window', [covered({ from: '2025-12-31', to: '2026-06-30' })], 0],
    [
      'a window covered but for its last day',
      [covered({ to: '2026-06-29' })],
      'NOT_COVERED transactions',
    ],
    ['two files that meet', [covered({ to: '2026-03-01' }), covered({ from: '2026-03-02' })], 0],
    [
      'two files with a day between',
      [covered({ to: '2026-03-01' }), covered({ from: '2026-03-03' })],
      'NOT_COVERED transactions',
    ],
    ['another account', [covered({ arrangementId: 'a2' })], 'NOT_COVERED transactions'],
    ['this account', [covered({ arrangementId: 'a1' })], 0],
    [
      'coverage recorded tomorrow',
      [covered({ recordedAt: '2026-07-01T00:00:00.000Z' })],
      'NOT_COVERED transactions',
    ],
  ])('of six months with %s', (_case, coverage, expected) => {
    expect(fact(with_([], { coverage: coverage ?? [] }), 'cashflow.rentMonthly')).toBe(expected);
  });

  test('needs no coverage from before an account was opened', () => {
    const rows = {
      arrangement: [{ ...account, openedOn: '2026-03-05' }],
      coverage: [covered({ from: '2026-03-05' })],
    };
    expect(fact(rows, 'cashflow.spendMonthly')).toBe(0);
  });

  test('counts current accounts only', () => {
    const rows = {
      arrangement: [account, arrangement('s1', 'SAVINGS_ACCOUNT')],
      transaction: [posting('2026-06-01', 600, { arrangementId: 's1' })],
    };
    expect(fact(rows, 'cashflow.incomeMonthly')).toBe(0);
  });

  test('still counts an account closed within the window', () => {
    const rows = {
      arrangement: [{ ...account, status: 'CLOSED' as const, closedOn: '2026-05-01' }],
      transaction: [posting('2026-04-01', 600)],
    };
    expect(fact(rows, 'cashflow.incomeMonthly')).toBe(100);
  });
});

describe('the closing balances', () => {
  const running = (on: string, amountMinor: number, runningBalanceMinor: number) =>
    posting(on, amountMinor, { runningBalanceMinor });

  test.each<[string, string, Rows, unknown]>([
    [
      'idleCash',
      'a dip within six months',
      with_([
        running('2025-12-01', 0, 900),
        running('2026-02-01', -500, 400),
        running('2026-02-02', 500, 900),
      ]),
      400,
    ],
    [
      'idleCash',
      'a dip that ended the same day',
      with_([
        running('2025-12-01', 0, 900),
        posting('2026-02-01', -500, { runningBalanceMinor: 400, sequence: 1 }),
        posting('2026-02-01', 500, { runningBalanceMinor: 900, sequence: 2 }),
      ]),
      900,
    ],
    ['idleCash', 'an overdraft', with_([running('2026-02-01', -500, -100)]), 0],
    [
      'idleCash',
      'an account younger than the window',
      {
        arrangement: [{ ...account, openedOn: '2026-02-01' }],
        transaction: [running('2026-02-01', 900, 900)],
      },
      0,
    ],
    [
      'balanceMin90d',
      'running balances',
      with_([running('2026-01-01', 0, 10), running('2026-06-01', 90, 100)]),
      10,
    ],
    [
      'balanceMin90d',
      'no running balance: back from the balance record',
      with_([posting('2026-05-01', -300), posting('2026-06-01', 900)], {
        balance: [balance('a1', 1_000)],
      }),
      100,
    ],
    [
      'balanceMin90d',
      'a balance record older than the last transaction',
      with_([posting('2026-05-01', -300), posting('2026-06-01', -50)], {
        balance: [balance('a1', 1_000, { effectiveOn: '2026-05-10' })],
      }),
      950,
    ],
    [
      'balanceMin90d',
      'nothing that tells the level',
      with_([posting('2026-06-01', 1)]),
      'NOT_COVERED arrangements',
    ],
    [
      'balanceVolatility',
      'half of the days at 0, half at 100',
      with_([running('2026-01-01', 0, 0), running('2026-05-17', 100, 100)]),
      50,
    ],
    [
      'overdraftDays90d',
      'ten days below zero',
      with_([running('2026-06-01', -50, -50), running('2026-06-11', 100, 50)]),
      10,
    ],
  ])('%s with %s', (name, _case, rows, expected) => {
    expect(fact(rows, `cashflow.${name}`)).toEqual(expected);
  });
});

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
