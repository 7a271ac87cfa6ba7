import { describe, expect, test } from '@jest/globals';
import {
  arrangement,
  balance,
  owner,
  posting,
  type Rows,
  sheetOf,
  told,
} from '../../../../test/support/customer-history.ts';

const savings = arrangement('s1', 'SAVINGS_ACCOUNT');
const loan = arrangement('l1', 'LOAN', { instalmentMinor: 20_001 });
const card = (id: string, product: string, renewsOn?: string) =>
  arrangement(id, 'CARD', { product, ...(renewsOn === undefined ? {} : { renewsOn }) });
const shared = (id: string) => [owner(id), owner(id, { partyId: 'c2', role: 'JOINT' })];

describe('a fact of what is held', () => {
  test.each<[string, string, Rows, unknown]>([
    ['holdings.kinds', 'nothing', {}, []],
    [
      'holdings.kinds',
      'a loan and savings',
      { arrangement: [loan, savings] },
      ['SAVINGS_ACCOUNT', 'LOAN'],
    ],
    [
      'holdings.products',
      'two gold cards',
      {
        arrangement: [card('k1', 'card_gold'), card('k2', 'card_gold')],
      },
      ['card_gold'],
    ],
    [
      'holdings.count',
      'a closed one',
      {
        arrangement: [{ ...savings, status: 'CLOSED', closedOn: '2026-06-30' }],
      },
      0,
    ],
    [
      'holdings.count',
      'one that closes tomorrow',
      {
        arrangement: [{ ...savings, status: 'CLOSED', closedOn: '2026-07-01' }],
      },
      1,
    ],
    [
      'holdings.count',
      'one held as authorised',
      {
        arrangement: [savings],
        role: [owner('s1', { role: 'AUTHORISED' })],
      },
      0,
    ],
    [
      'holdings.count',
      'a role that ended',
      {
        arrangement: [savings],
        role: [owner('s1', { endedOn: '2026-06-30' })],
      },
      0,
    ],
    [
      'holdings.count',
      'one not opened yet',
      {
        arrangement: [{ ...savings, openedOn: '2026-07-01' }],
      },
      0,
    ],
    ['holdings.hasLoan', 'a loan', { arrangement: [loan] }, true],
    ['holdings.hasLoan', 'no loan', { arrangement: [savings] }, false],
    ['holdings.hasCreditCard', 'a debit card', { arrangement: [card('k', 'card_debit')] }, false],
    ['holdings.hasCreditCard', 'a gold card', { arrangement: [card('k', 'card_gold')] }, true],
    ['card.tier', 'no card', {}, 'n/a'],
    [
      'card.tier',
      'a debit and a gold card',
      {
        arrangement: [card('k1', 'card_gold'), card('k2', 'card_debit')],
      },
      'GOLD',
    ],
    [
      'card.daysToRenewal',
      'two cards',
      {
        arrangement: [
          card('k1', 'card_gold', '2026-08-01'),
          card('k2', 'card_debit', '2026-07-01'),
        ],
      },
      1,
    ],
    [
      'card.daysToRenewal',
      'a card without end',
      { arrangement: [card('k', 'card_gold')] },
      'n/a',
    ],
    [
      'term.daysToMaturity',
      'one that matures in a month',
      {
        arrangement: [arrangement('d1', 'TERM_DEPOSIT', { maturesOn: '2026-07-30' })],
      },
      30,
    ],
  ])('%s with %s', (name, _case, rows, expected) => {
    expect(told(sheetOf(rows), name)).toEqual(expected);
  });
});

describe('a balance', () => {
  test.each<[string, string, Rows, unknown]>([
    [
      'deposits.toIncomePpm',
      'three monthly incomes',
      {
        arrangement: [savings, arrangement('a1', 'CURRENT_ACCOUNT')],
        balance: [balance('s1', 250), balance('a1', 50)],
        transaction: [1, 2, 3, 4, 5, 6].map((month) => posting(`2026-0${month}-15`, 100)),
      },
      3_000_000,
    ],
    [
      'deposits.toIncomePpm',
      'no income',
      { arrangement: [savings], balance: [balance('s1', 250)] },
      'n/a',
    ],
    [
      'savings.balance',
      'one account',
      {
        arrangement: [savings],
        balance: [balance('s1', 12_345)],
      },
      12_345,
    ],
    [
      'savings.balance',
      'another available balance',
      {
        arrangement: [savings],
        balance: [balance('s1', 12_345, { availableMinor: 99_999 })],
      },
      12_345,
    ],
    [
      'savings.balance',
      'an account shared by two',
      {
        arrangement: [savings],
        role: shared('s1'),
        balance: [balance('s1', 12_345)],
      },
      6_172,
    ],
    [
      'savings.balance',
      'dollars',
      {
        arrangement: [{ ...savings, currency: 'USD' }],
        balance: [balance('s1', 1_000)],
      },
      900,
    ],
    [
      'savings.balance',
      'yen, which have no digits after the mark',
      {
        arrangement: [{ ...savings, currency: 'JPY' }],
        balance: [balance('s1', 1_000)],
      },
      600,
    ],
    [
      'savings.balance',
      'a currency without a rate',
      {
        arrangement: [{ ...savings, currency: 'CHF' }],
        balance: [balance('s1', 1_000)],
      },
      'NO_RATE arrangements',
    ],
    [
      'savings.balance',
      'no balance on record',
      {
        arrangement: [savings],
      },
      'NOT_COVERED arrangements',
    ],
    [
      'savings.balance',
      'the latest of three, one of the future',
      {
        arrangement: [savings],
        balance: [
          balance('s1', 1, { effectiveOn: '2026-06-28' }),
          balance('s1', 2, { effectiveOn: '2026-06-29' }),
          balance('s1', 3, { effectiveOn: '2026-07-01' }),
        ],
      },
      2,
    ],
    ['savings.balance', 'no account', {}, 'n/a'],
    [
      'deposits.total',
      'two accounts',
      {
        arrangement: [savings, arrangement('a1', 'CURRENT_ACCOUNT')],
        balance: [balance('s1', 500), balance('a1', -200)],
      },
      300,
    ],
    [
      'loan.outstanding',
      'a loan',
      {
        arrangement: [loan],
        balance: [balance('l1', -70_000)],
      },
      70_000,
    ],
    [
      'loan.outstanding',
      'a loan paid off',
      {
        arrangement: [loan],
        balance: [balance('l1', 0)],
      },
      0,
    ],
    ['loan.outstanding', 'no loan', {}, 'n/a'],
    [
      'loan.daysPastDue',
      'a loan in arrears',
      {
        arrangement: [loan],
        balance: [balance('l1', -70_000, { daysPastDue: 12 })],
      },
      12,
    ],
    [
      'loan.daysPastDue',
      'a loan that states none',
      {
        arrangement: [loan],
        balance: [balance('l1', -70_000)],
      },
      'NOT_COVERED arrangements',
    ],
    ['loan.daysPastDue', 'no credit', { arrangement: [savings] }, 'n/a'],
    [
      'credit.instalmentMonthly',
      'a loan shared by two',
      {
        arrangement: [loan],
        role: shared('l1'),
      },
      10_000,
    ],
    [
      'overdraft.used',
      'an overdrawn account and the overdraft on it',
      {
        arrangement: [
          arrangement('a1', 'CURRENT_ACCOUNT'),
          arrangement('o1', 'OVERDRAFT', { parentId: 'a1', limitMinor: 100_000 }),
        ],
        balance: [balance('a1', -4_000), balance('o1', -4_000)],
      },
      4_000,
    ],
    [
      'overdraft.limit',
      'an overdraft',
      {
        arrangement: [arrangement('o1', 'OVERDRAFT', { limitMinor: 100_000 })],
      },
      100_000,
    ],
    ['overdraft.used', 'neither account', {}, 'n/a'],
  ])('%s with %s', (name, _case, rows, expected) => {
    expect(told(sheetOf(rows), name)).toEqual(expected);
  });
});
