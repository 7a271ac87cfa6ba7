import { describe, expect, test } from '@jest/globals';
import {
  arrangement,
  balance,
  posting,
  type Rows,
  sheetOf,
  told,
} from '../../../../test/support/customer-history.ts';

const account = arrangement('a1', 'CURRENT_ACCOUNT');
const with_ = (transaction: Rows['transaction'] = [], more: Rows = {}): Rows => ({
  arrangement: [account],
  transaction,
  ...more,
});
const fact = (rows: Rows, name: string) => told(sheetOf(rows), name);

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
