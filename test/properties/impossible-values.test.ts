import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../src/domain/business-date.ts';
import {
  arrangement,
  balance,
  person,
  posting,
  type Rows,
  sheetOf,
  TODAY,
  told,
} from '../support/customer-history.ts';

const ACCOUNT = arrangement('a1', 'CURRENT_ACCOUNT');
const MOST = Number.MAX_SAFE_INTEGER;
const inAccount = (transaction: Rows['transaction'] = [], more: Rows = {}): Rows => ({
  arrangement: [ACCOUNT],
  transaction,
  ...more,
});
const spent = (id: string, minor: number, on = '2026-06-01') =>
  posting(on, minor, { transactionId: id, category: 'TRAVEL' });

describe('what cannot be', () => {
  test.each<[string, string, Rows, unknown]>([
    [
      'customer.ageYears',
      'a birth in 9999',
      { party: [person({ birthMonth: '9999-12-01' })] },
      'NOT_COVERED profile',
    ],
    [
      'customer.ageYears',
      'a birth next year',
      { party: [person({ birthMonth: '2027-07-01' })] },
      'NOT_COVERED profile',
    ],
    [
      'customer.ageYears',
      'a birth in the year 1',
      { party: [person({ birthMonth: '0001-01-01' })] },
      'NOT_COVERED profile',
    ],
    [
      'customer.ageYears',
      'a birth 130 years ago',
      { party: [person({ birthMonth: '1896-05-01' })] },
      130,
    ],
    [
      'customer.ageYears',
      'a birth 131 years ago',
      { party: [person({ birthMonth: '1895-05-01' })] },
      'NOT_COVERED profile',
    ],
    [
      'customer.tenureMonths',
      'a customer since 1900',
      { party: [person({ customerSince: '1900-01-01' })] },
      'NOT_COVERED profile',
    ],
    [
      'customer.tenureMonths',
      'a customer since before birth',
      { party: [person({ customerSince: '1980-01-01', birthMonth: '1990-01-01' })] },
      'NOT_COVERED profile',
    ],
    [
      'customer.tenureMonths',
      'a customer since the month of birth',
      { party: [person({ customerSince: '1990-01-05', birthMonth: '1990-01-01' })] },
      437,
    ],
    [
      'customer.tenureMonths',
      'a firm that is a customer since 1900',
      { party: [person({ kind: 'ORGANISATION', customerSince: '1900-01-01' })] },
      1517,
    ],
    [
      'customer.tenureMonths',
      'a firm that is a customer since the year 1',
      { party: [person({ kind: 'ORGANISATION', customerSince: '0001-01-01' })] },
      'NOT_COVERED profile',
    ],
    [
      'customer.tenureMonths',
      'an account opened in the year 1',
      { arrangement: [{ ...ACCOUNT, openedOn: '0001-01-01' }] },
      'NOT_COVERED profile',
    ],
    [
      'identity.daysToExpiry',
      'a document that ends in 9999',
      { party: [person({ identityExpiresOn: '9999-12-31' })] },
      'NOT_COVERED profile',
    ],
    [
      'term.daysToMaturity',
      'a deposit that ends in 9999',
      { arrangement: [arrangement('t1', 'TERM_DEPOSIT', { maturesOn: '9999-12-31' })] },
      'NOT_COVERED arrangements',
    ],
  ])('%s: %s', (name, _, rows, expected) => {
    expect(told(sheetOf(rows), name)).toBe(expected);
  });
});

describe('money beyond what a number counts', () => {
  test.each<[string, string, Rows, unknown]>([
    [
      'cashflow.spendMonthly',
      'two amounts whose sum is lost',
      inAccount([spent('1', -MOST), spent('2', -2)]),
      'NOT_COVERED transactions',
    ],
    [
      'cashflow.feesYearly',
      'other money is known all the same',
      inAccount([spent('1', -MOST)]),
      0,
    ],
    [
      'cashflow.netMonthly',
      'as much in as out',
      inAccount([spent('1', -MOST), spent('2', -2), spent('3', MOST), spent('4', 2)]),
      'NOT_COVERED transactions',
    ],
    [
      'cashflow.salaryMonthly',
      'a median of two that are no pair',
      {
        arrangement: [{ ...ACCOUNT, openedOn: '2026-04-20' }],
        transaction: [
          posting('2026-05-15', MOST, { category: 'SALARY' }),
          posting('2026-06-15', MOST - 2, { category: 'SALARY' }),
        ],
      },
      MOST - 1,
    ],
    [
      'cashflow.balanceVolatility',
      'ninety days of a balance that is one number',
      inAccount([posting('2026-01-01', 0, { runningBalanceMinor: MOST })]),
      0,
    ],
    [
      'cashflow.balanceMin90d',
      'a level that went beyond and came back',
      inAccount([
        posting('2026-05-01', MOST, { transactionId: '1', runningBalanceMinor: MOST }),
        posting('2026-05-02', 5, { transactionId: '2' }),
        posting('2026-05-03', -7, { transactionId: '3' }),
      ]),
      'NOT_COVERED arrangements',
    ],
    [
      'current.balance',
      'two accounts',
      {
        arrangement: [ACCOUNT, arrangement('a2', 'CURRENT_ACCOUNT')],
        balance: [balance('a1', MOST), balance('a2', 1)],
      },
      'NOT_COVERED arrangements',
    ],
    [
      'deposits.total',
      'an account that takes away what another is beyond',
      {
        arrangement: ['a1', 'a2', 'a3'].map((id) => arrangement(id, 'CURRENT_ACCOUNT')),
        balance: [balance('a1', MOST), balance('a2', 2), balance('a3', -3)],
      },
      'NOT_COVERED arrangements',
    ],
    [
      'customer.declaredIncomeMonthly',
      'an exchange of as much as is counted',
      { party: [person({ declaredIncomeMinor: MOST, incomeCurrency: 'JPY' })] },
      5_404_319_552_844_595,
    ],
    [
      'onboarding.credit60d',
      'two amounts on a new account',
      {
        arrangement: [{ ...ACCOUNT, openedOn: '2026-05-20' }],
        transaction: [spent('1', MOST), spent('2', 2)],
      },
      'NOT_COVERED transactions',
    ],
    [
      'goals.targetTotal',
      'two goals',
      {
        goal: ['1', '2'].map((goalId) => ({
          goalId,
          partyId: 'c1',
          kind: 'HOME',
          targetMinor: MOST,
          recordedAt: '2020-01-01T00:00:00.000Z',
        })),
      },
      'NOT_COVERED goals',
    ],
  ])('%s: %s', (name, _, rows, expected) => {
    expect(told(sheetOf(rows), name)).toBe(expected);
  });

  test('is a sum exact to the unit, or unavailable', () => {
    const amount = fc.bigInt({ min: 1n, max: BigInt(MOST) }).map(Number);
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 6 }), (amounts) => {
        const rows = amounts.map((minor, i) =>
          posting(addDays(TODAY, -20 - i), minor, { transactionId: `t${i}` }),
        );
        const sum = amounts.reduce((all, minor) => all + BigInt(minor), 0n);
        const expected = sum > BigInt(MOST) ? 'NOT_COVERED transactions' : Number(sum);
        expect(told(sheetOf(inAccount(rows)), 'cashflow.creditTurnover3m')).toBe(expected);
      }),
    );
  });
});
