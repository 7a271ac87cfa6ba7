import { addDays, daysBetween } from '../../../domain/business-date.ts';
import { divideHalfEven, ONE_PPM, timesRatio } from '../../../domain/ppm.ts';
import { earlierDay } from '../day-order.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, type Known, NOT_APPLICABLE, ofPart, recorded, unavailable } from '../known.ts';
import { flowIn, flowSum, type Measure } from './account-flows.ts';
import { isCovered } from './current-accounts.ts';
import { sumOfShares } from './sum-of-shares.ts';

/** What flows through the current accounts. */
export const CASHFLOW: Derivations = [
  ['cashflow.salaryMonthly', medianSalary],
  ['cashflow.salaryGrowthPpm', salaryGrowth],
  ['cashflow.incomeMonthly', (world) => monthly(world, 'income')],
  ['cashflow.spendMonthly', (world) => monthly(world, 'spend')],
  ['cashflow.netMonthly', netMonthly],
  ['cashflow.savingsRatePpm', savingsRate],
  ['cashflow.rentMonthly', (world) => monthly(world, 'rent')],
  ['cashflow.cashWithdrawalMonthly', (world) => monthly(world, 'cash')],
  ['cashflow.foreignSpendMonthly', foreignMonthly],
  ['cashflow.feesYearly', (world) => total(world, 'fees', 12)],
  ['cashflow.creditTurnover3m', (world) => total(world, 'income', 3)],
  ['cashflow.travelSharePpm', (world) => shareOfSpending(world, 'travel', 6)],
  ['cashflow.groceriesSharePpm', (world) => shareOfSpending(world, 'groceries', 6)],
  ['cashflow.homeImprovementSharePpm', (world) => shareOfSpending(world, 'homeImprovement', 6)],
  ['cashflow.carSharePpm', (world) => shareOfSpending(world, 'car', 6)],
  ['cashflow.travelShare2mPpm', (world) => shareOfSpending(world, 'travel', 2)],
  ['cashflow.homeImprovementShare2mPpm', (w) => shareOfSpending(w, 'homeImprovement', 2)],
  ['cashflow.shoppingShare2mPpm', (world) => shareOfSpending(world, 'shopping', 2)],
  ['cashflow.cashShare2mPpm', (world) => shareOfSpending(world, 'cash', 2)],
  ['cashflow.irregularIncomeShare2mPpm', irregularIncome],
  ['cashflow.daysSinceLastSalary', daysSinceLastSalary],
  ['cashflow.transactionCount90d', transactionCount],
];

/** Months that count for averages: up to six, but no more than the first account has lived. */
function monthsLived(world: World): Known<number> {
  return given(wholeMonths(world, 6), (months) => (months > 0 ? months : NOT_APPLICABLE));
}

/** So many of the last months in which some account lived from the first day on. */
function wholeMonths(world: World, most: 6 | 12): Known<number> {
  return given(world.accounts, (all) =>
    given(all.within[most === 6 ? 'months6' : 'months12'], (accounts) => {
      const first = accounts
        .map((account) => account.held.arrangement.openedOn)
        .reduce(earlierDay);
      return all.monthEnds.slice(1, most + 1).filter((end) => first <= addDays(end, 1)).length;
    }),
  );
}

/** The months are shared and exchanged one by one, as a median needs them. */
function medianSalary(world: World): Known<number> {
  return given(monthsLived(world), (count) =>
    given(world.accounts, (all) =>
      given(all.within.months6, (accounts) => {
        const months: number[] = [];
        for (let month = 0; month < count; month += 1) {
          const sum = sumOfShares(
            accounts,
            (account) => flowIn(account.flows, 'regularIncome', month),
            world.rates,
          );
          if (typeof sum !== 'number') return sum;
          months.push(sum);
        }
        return medianOf(months);
      }),
    ),
  );
}

function medianOf(amounts: readonly number[]): number {
  const sorted = amounts.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  if (sorted.length % 2 === 1) return upper;
  const both = BigInt(sorted[middle - 1] ?? 0) + BigInt(upper);
  return Number(divideHalfEven(both, 2n));
}

/** An account that did not live through the six months before would show a growth that is none. */
function salaryGrowth(world: World): Known<number> {
  return given(total(world, 'regularIncome', 12), (year) =>
    given(total(world, 'regularIncome', 6), (half) =>
      given(wholeMonths(world, 12), (months) => {
        const before = year - half;
        const isComparable = before > 0 && months === 12;
        return isComparable ? timesRatio(half - before, ONE_PPM, before) : NOT_APPLICABLE;
      }),
    ),
  );
}

function netMonthly(world: World): Known<number> {
  return given(monthsLived(world), (months) =>
    given(total(world, 'income', months), (income) =>
      given(total(world, 'spend', months), (spend) => timesRatio(income - spend, 1, months)),
    ),
  );
}

function savingsRate(world: World): Known<number> {
  return given(total(world, 'income', 6), (income) =>
    given(total(world, 'spend', 6), (spend) =>
      income > 0 ? timesRatio(income - spend, ONE_PPM, income) : NOT_APPLICABLE,
    ),
  );
}

/** Without a country of residence nobody can say what is abroad. */
function foreignMonthly(world: World): Known<number> {
  return given(ofPart(world.customer.profile, 'profile'), ({ party }) =>
    given(recorded(party.residenceCountry, 'profile'), () => monthly(world, 'foreign')),
  );
}

function shareOfSpending(world: World, measure: Measure, months: number): Known<number> {
  return given(total(world, 'spend', months), (spend) =>
    given(total(world, measure, months), (part) =>
      spend > 0 ? timesRatio(part, ONE_PPM, spend) : NOT_APPLICABLE,
    ),
  );
}

/** What is neither salary nor pension: money from elsewhere that looks for its use. */
function irregularIncome(world: World): Known<number> {
  return given(total(world, 'income', 2), (income) =>
    given(total(world, 'regularIncome', 2), (regular) =>
      income > 0 ? timesRatio(income - regular, ONE_PPM, income) : NOT_APPLICABLE,
    ),
  );
}

/** Only the days since need be covered, for nothing older is nearer. */
function daysSinceLastSalary(world: World): Known<number> {
  return given(world.accounts, (all) => {
    const living = all.accounts.filter((account) => account.endsOn >= all.windows.year);
    const lasts = living.flatMap((account) => account.flows.lastRegularIncomeOn ?? []);
    const last = lasts.toSorted().at(-1);
    const since = last ?? all.windows.year;
    if (living.some((account) => account.endsOn >= since && !isCovered(account, since))) {
      return unavailable('NOT_COVERED', 'transactions');
    }
    return last === undefined ? NOT_APPLICABLE : daysBetween(last, all.businessDate);
  });
}

function transactionCount(world: World): Known<number> {
  return given(world.accounts, (all) =>
    given(all.within.days90, (accounts) =>
      accounts.reduce((sum, account) => sum + account.flows.transactionCount90d, 0),
    ),
  );
}

/** What of a measure falls on an average month of the customer's life. */
export function monthly(world: World, measure: Measure): Known<number> {
  return given(monthsLived(world), (months) =>
    given(total(world, measure, months), (sum) => timesRatio(sum, 1, months)),
  );
}

/** A measure over the first months back; the window covered is the next declared one. */
function total(world: World, measure: Measure, months: number): Known<number> {
  const window = months > 6 ? 'months12' : months > 3 ? 'months6' : 'months3';
  return given(world.accounts, (all) =>
    given(all.within[window], (accounts) =>
      sumOfShares(accounts, (account) => flowSum(account.flows, measure, months), world.rates),
    ),
  );
}
