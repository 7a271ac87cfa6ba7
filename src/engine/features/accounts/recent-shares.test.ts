import { describe, expect, test } from '@jest/globals';
import {
  arrangement,
  posting,
  type Rows,
  sheetOf,
  told,
} from '../../../../test/support/customer-history.ts';

const salary = (on: string, amountMinor: number) =>
  posting(on, amountMinor, { category: 'SALARY' });
const with_ = (transaction: Rows['transaction'] = []): Rows => ({
  arrangement: [arrangement('a1', 'CURRENT_ACCOUNT')],
  transaction,
});

describe('a share of two months', () => {
  test.each<[string, string, Rows, unknown]>([
    [
      'travelShare2mPpm',
      'a journey within two months, and one before',
      with_([
        posting('2026-04-30', -9, { category: 'TRAVEL' }),
        posting('2026-05-15', -1, { category: 'TRAVEL' }),
        posting('2026-06-02', -3),
      ]),
      250_000,
    ],
    [
      'shoppingShare2mPpm',
      'half of it',
      with_([posting('2026-06-01', -2, { category: 'SHOPPING' }), posting('2026-06-02', -2)]),
      500_000,
    ],
    ['homeImprovementShare2mPpm', 'no spending', with_(), 'n/a'],
    [
      'cashShare2mPpm',
      'cash is spending too',
      with_([posting('2026-06-01', -3, { category: 'CASH' }), posting('2026-06-02', -1)]),
      750_000,
    ],
    [
      'irregularIncomeShare2mPpm',
      'a salary, and as much from elsewhere',
      with_([salary('2026-06-20', 400), posting('2026-06-21', 400)]),
      500_000,
    ],
    ['irregularIncomeShare2mPpm', 'nothing came in', with_(), 'n/a'],
  ])('%s: %s', (name, _, rows, expected) => {
    expect(told(sheetOf(rows), `cashflow.${name}`)).toEqual(expected);
  });
});
