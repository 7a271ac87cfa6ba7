import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TransactionRecord } from '../../src/domain/bank-record.ts';
import { addDays, type BusinessDate, daysBetween } from '../../src/domain/business-date.ts';
import type { FactSheet } from '../../src/domain/fact.ts';
import { deriveFacts } from '../../src/engine/features/derive-facts.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import {
  arrangement,
  CATALOGUE,
  historyOf,
  posting,
  RATES,
  sheetOf,
  told,
} from '../support/customer-history.ts';
import {
  movedAfter,
  movedBefore,
  onDay,
  onLastDay,
  onLastWorkingDay,
  type PayDay,
  payDays,
} from '../support/pay-days.ts';

const FIRST: BusinessDate = '2023-07-01';
const LAST: BusinessDate = '2026-07-01';
const FACTS = CATALOGUE.filter((fact) => fact.name.startsWith('cashflow.'));
const ACCOUNT = arrangement('a1', 'CURRENT_ACCOUNT');
const MONTHS = 52;
const PAY = 300_000;
const RENT = 100_000;

const PAY_DAYS: readonly (readonly [string, PayDay])[] = [
  ['the last day', onLastDay],
  ['the last working day', onLastWorkingDay],
  ...[1, 15, 28, 29, 30].flatMap((n): readonly (readonly [string, PayDay])[] => [
    [`day ${n}`, onDay(n)],
    [`day ${n}, moved before weekends`, movedBefore(onDay(n))],
    [`day ${n}, moved after weekends`, movedAfter(onDay(n))],
  ]),
  ['the last day, moved after weekends', movedAfter(onLastDay)],
];

const eachMonth = (payDay: PayDay, minor: number, category: string) =>
  payDays(payDay, LAST, MONTHS).map((on) => posting(on, minor, { category }));

function inOrder(transactions: readonly TransactionRecord[]): readonly TransactionRecord[] {
  return transactions.toSorted((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : 1));
}

/** The sheet on a date, of what had taken effect within the two years before. */
function sheetOn(date: BusinessDate, transactions: readonly TransactionRecord[]): FactSheet {
  const from = addDays(date, -800);
  const transaction = transactions.filter((row) => row.effectiveAt >= from);
  const history = historyOf({ arrangement: [ACCOUNT], transaction });
  const view = knownAt(history, { businessDate: date, knownAt: `${date}T23:59:59.999Z` });
  return deriveFacts(view, FACTS, RATES);
}

/** What is told of one pay and one rent a month, whatever the day. */
const STEADY = {
  salaryMonthly: PAY,
  salaryGrowthPpm: 0,
  incomeMonthly: PAY,
  creditTurnover3m: 3 * PAY,
  irregularIncomeShare2mPpm: 0,
};
const STEADY_RENT = {
  rentMonthly: RENT,
  spendMonthly: RENT,
  netMonthly: PAY - RENT,
  savingsRatePpm: 666_667,
};

function tellAll(sheet: FactSheet, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, told(sheet, `cashflow.${name}`)]));
}

function wrongDates(
  transactions: readonly TransactionRecord[],
  expected: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  const names = Object.keys(expected);
  const wrong: unknown[] = [];
  for (let date = FIRST; date <= LAST; date = addDays(date, 1)) {
    const found = tellAll(sheetOn(date, transactions), names);
    if (names.some((name) => found[name] !== expected[name])) wrong.push({ date, ...found });
  }
  return wrong;
}

describe('one pay a month', () => {
  test.each(PAY_DAYS)('is one figure on every day of three years: paid on %s', (_, payDay) => {
    const pays = inOrder(eachMonth(payDay, PAY, 'SALARY'));
    expect(wrongDates(pays, STEADY)).toEqual([]);
  });

  test('is what the bank saw it to be at a half year’s end', () => {
    const pays = inOrder(eachMonth(onLastDay, PAY, 'SALARY'));
    const seen = ['2026-06-29', '2026-06-30', '2026-07-01'].map((date) =>
      tellAll(sheetOn(date, pays), ['salaryMonthly', 'salaryGrowthPpm', 'incomeMonthly']),
    );
    const right = { salaryMonthly: PAY, salaryGrowthPpm: 0, incomeMonthly: PAY };
    expect(seen).toEqual([right, right, right]);
  });

  test('is the same where pay is no salary to the bank’s codes', () => {
    const pays = inOrder(eachMonth(onLastWorkingDay, PAY, 'TRANSFER'));
    const { incomeMonthly, creditTurnover3m } = STEADY;
    expect(wrongDates(pays, { incomeMonthly, creditTurnover3m })).toEqual([]);
  });

  test.each([
    ['the first, moved after weekends', movedAfter(onDay(1))],
    ['the last day, moved after weekends', movedAfter(onLastDay)],
    ['the 15th', onDay(15)],
  ])('stands beside a rent of %s', (_, rentDay) => {
    const rows = inOrder([
      ...eachMonth(onLastWorkingDay, PAY, 'SALARY'),
      ...eachMonth(rentDay, -RENT, 'RENT'),
    ]);
    expect(wrongDates(rows, { ...STEADY, ...STEADY_RENT })).toEqual([]);
  });

  test.each([
    ['2026-01-01', '2026-03-15'],
    ['2026-01-10', '2026-04-01'],
    ['2026-01-31', '2026-04-01'],
  ])('is that figure or none on an account opened on %s, and told by %s', (openedOn, by) => {
    const transaction = inOrder(eachMonth(onLastWorkingDay, PAY, 'SALARY'));
    const of = (date: BusinessDate) =>
      told(
        sheetOf(
          {
            arrangement: [{ ...ACCOUNT, openedOn }],
            transaction: transaction.filter((row) => row.effectiveAt >= openedOn),
          },
          date,
        ),
        'cashflow.salaryMonthly',
      );
    const days = Array.from({ length: daysBetween(openedOn, LAST) }, (_, n) =>
      addDays(openedOn, n),
    );
    const figures = days.map((date) => ({ date, figure: of(date) }));
    const wrong = figures.filter(({ date, figure }) =>
      date < by ? figure !== PAY && figure !== 'n/a' : figure !== PAY,
    );
    expect(wrong).toEqual([]);
  });

  test('is found whatever else moves, and whenever it begins', () => {
    const rule = fc
      .tuple(
        fc.integer({ min: 1, max: 31 }),
        fc.constantFrom(onDayItself, movedBefore, movedAfter),
      )
      .map(([n, moved]) => moved(onDay(n)));
    const shop = fc.record({
      on: fc.integer({ min: 0, max: daysBetween(FIRST, LAST) }).map((n) => addDays(FIRST, n)),
      minor: fc.integer({ min: -20_000, max: -1 }),
    });
    const day = fc.integer({ min: 400, max: daysBetween(FIRST, LAST) });
    fc.assert(
      fc.property(
        rule,
        fc.array(shop, { maxLength: 300 }),
        fc.integer({ min: 1, max: 2_000_000 }),
        day,
        (payDay, shops, minor, days) => {
          const rows = inOrder([
            ...eachMonth(payDay, minor, 'PENSION'),
            ...shops.map(({ on, minor: spent }, i) =>
              posting(on, spent, { transactionId: `s${i}` }),
            ),
          ]);
          const sheet = sheetOn(addDays(FIRST, days), rows);
          const { salaryMonthly, salaryGrowthPpm } = STEADY;
          expect(tellAll(sheet, ['salaryMonthly', 'incomeMonthly', 'salaryGrowthPpm'])).toEqual({
            salaryMonthly: (salaryMonthly / PAY) * minor,
            incomeMonthly: minor,
            salaryGrowthPpm,
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

function onDayItself(payDay: PayDay): PayDay {
  return payDay;
}
