import { addDays, daysBetween } from '../../domain/business-date.ts';
import { timesRatio } from '../../domain/ppm.ts';
import { accountsIn, sumOfShares } from './account-sums.ts';
import type { CurrentAccount, CurrentAccounts, Windows } from './current-accounts.ts';
import { laterDay } from './day-order.ts';
import type { Derivations, World } from './derivation.ts';
import { given, type Known, unavailable } from './known.ts';

/** What the closing balances of current accounts tell. */
export const ACCOUNT_BALANCES: Derivations = [
  ['cashflow.idleCash', idleCash],
  ['cashflow.balanceMin90d', (world) => overAccounts(world, 'days90', lowest)],
  ['cashflow.balanceVolatility', (world) => overAccounts(world, 'days90', meanDistance)],
  ['cashflow.overdraftDays90d', overdraftDays],
];

/** An account younger than the window held nothing on its first day, so nothing lay idle. */
function idleCash(world: World): Known<number> {
  return given(world.accounts, (all) => {
    const since = all.windows.months6;
    const idle = (days: Float64Array, account: CurrentAccount) => {
      const whole =
        account.held.arrangement.openedOn <= since && account.endsOn === all.businessDate;
      return whole ? Math.max(0, lowest(days)) : 0;
    };
    return overAccounts(world, 'months6', idle);
  });
}

function overdraftDays(world: World): Known<number> {
  return given(world.accounts, (all) =>
    given(accountsIn(all, 'days90'), (accounts) => {
      let most = 0;
      for (const account of accounts) {
        const days = closingIn(account, all, 'days90');
        if (days === undefined) return unavailable('NOT_COVERED', 'arrangements');
        const overdrawn = days.reduce((count, level) => (level < 0 ? count + 1 : count), 0);
        most = Math.max(most, overdrawn);
      }
      return most;
    }),
  );
}

function overAccounts(
  world: World,
  window: 'days90' | 'months6',
  read: (days: Float64Array, account: CurrentAccount) => number,
): Known<number> {
  return given(world.accounts, (all) =>
    given(accountsIn(all, window), (accounts) => {
      const amountOf = (account: CurrentAccount): Known<number> => {
        const days = closingIn(account, all, window);
        if (days === undefined) return unavailable('NOT_COVERED', 'arrangements');
        return read(days, account);
      };
      return sumOfShares(accounts, amountOf, world.rates);
    }),
  );
}

/** The closing balances of the window's days on which the account lived: one at least. */
function closingIn(
  account: CurrentAccount,
  all: CurrentAccounts,
  window: keyof Windows,
): Float64Array | undefined {
  if (account.closing === undefined) return undefined;
  const since = all.windows[window];
  const from = laterDay(account.held.arrangement.openedOn, since);
  const first = daysBetween(all.windows.months6, from);
  const end = daysBetween(all.windows.months6, addDays(account.endsOn, 1));
  return account.closing.subarray(first, end);
}

function lowest(days: Float64Array): number {
  return days.reduce((least, level) => Math.min(least, level), days[0] ?? 0);
}

/** The mean absolute deviation: integers, and no root whose last digit is the runtime's. */
function meanDistance(days: Float64Array): number {
  const sum = days.reduce((all, level) => all + level, 0);
  const mean = timesRatio(sum, 1, days.length);
  const distance = days.reduce((all, level) => all + Math.abs(level - mean), 0);
  return timesRatio(distance, 1, days.length);
}
