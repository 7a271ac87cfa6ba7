import { describe, expect, test } from '@jest/globals';
import {
  arrangement,
  covered,
  owner,
  person,
  posting,
  type Rows,
  sheetOf,
  told,
} from '../../../../test/support/customer-history.ts';

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
      'salaryGrowthPpm',
      'a fall of an eighth',
      with_([...year.map((on) => salary(on, 160)), ...six.map((on) => salary(on, 140))]),
      -125_000,
    ],
    [
      'salaryGrowthPpm',
      'an account of nine months, whose three months before are no half year',
      {
        arrangement: [{ ...account, openedOn: '2025-09-30' }],
        transaction: [...year.slice(0, 3), ...six].map((on) => salary(on, 100)),
      },
      'n/a',
    ],
    [
      'salaryGrowthPpm',
      'a rise that the bank came to know only later',
      with_([
        ...[...year, ...six].map((on) => salary(on, 100)),
        ...six.map((on) => ({ ...salary(on, 50), recordedAt: '2026-07-02T08:00:00.000Z' })),
      ]),
      0,
    ],
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
      with_([posting('2026-04-01', 3), posting('2026-03-31', 5)]),
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
      [covered({ from: '2026-01-02' })],
      'NOT_COVERED transactions',
    ],
    ['just the window', [covered({ from: '2026-01-01', to: '2026-06-30' })], 0],
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

  test('does not know how a salary grew where the year before is not covered', () => {
    const rows = with_(
      [...year, ...six].map((on) => salary(on, 100)),
      { coverage: [covered({ from: '2025-07-31' })] },
    );
    expect(fact(rows, 'cashflow.salaryGrowthPpm')).toBe('NOT_COVERED transactions');
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

  test.each([
    ['on a day nobody recorded', {}, '2026-05-01', 'NOT_COVERED transactions'],
    [
      'before it was opened',
      { closedOn: '2019-01-01' },
      '2026-05-01',
      'NOT_COVERED transactions',
    ],
    ['before the window, as was recorded then', {}, '2025-05-01', 'n/a'],
  ])('cannot tell of an account closed %s', (_, closed, recordedOn, expected) => {
    const recordedAt = `${recordedOn}T08:00:00.000Z`;
    const rows = {
      arrangement: [{ ...account, status: 'CLOSED' as const, ...closed, recordedAt }],
      transaction: [posting('2026-03-01', 600)],
    };
    expect(fact(rows, 'cashflow.incomeMonthly')).toBe(expected);
    expect(fact(rows, 'cashflow.transactionCount90d')).toBe(expected);
  });

  test('still counts an account closed within the window', () => {
    const rows = {
      arrangement: [{ ...account, status: 'CLOSED' as const, closedOn: '2026-05-01' }],
      transaction: [posting('2026-04-01', 600)],
    };
    expect(fact(rows, 'cashflow.incomeMonthly')).toBe(100);
  });
});
