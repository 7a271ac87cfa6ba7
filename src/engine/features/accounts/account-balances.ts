import { addDays, daysBetween } from '../../../domain/business-date.ts';
import { laterDay } from '../day-order.ts';
import type { Derivations, World } from '../derivation.ts';
import { given, type Known, unavailable } from '../known.ts';
import { exactMean } from '../plausible.ts';
import type { CurrentAccount, CurrentAccounts } from './current-accounts.ts';
import { sumOfShares } from './sum-of-shares.ts';

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
    const since = all.windows.half;
    const idle = (days: Float64Array, account: CurrentAccount) => {
      const whole =
        account.held.arrangement.openedOn <= since && account.endsOn === all.businessDate;
      return whole ? Math.max(0, lowest(days)) : 0;
    };
    return overAccounts(world, 'half', idle);
  });
}

function overdraftDays(world: World): Known<number> {
  return given(world.accounts, (all) =>
    given(all.within.days90, (accounts) => {
      let most = 0;
      for (const account of accounts) {
        const days = closingIn(account, all, 'days90');
        if (days === undefined) return unavailable('NOT_COVERED', 'arrangements');
        most = Math.max(most, daysBelowZero(days));
      }
      return most;
    }),
  );
}

function overAccounts(
  world: World,
  window: 'days90' | 'half',
  read: (days: Float64Array, account: CurrentAccount) => number,
): Known<number> {
  return given(world.accounts, (all) =>
    given(all.within[window], (accounts) => {
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
  window: 'days90' | 'half',
): Float64Array | undefined {
  if (account.closing === undefined) return undefined;
  const since = all.windows[window];
  const from = laterDay(account.held.arrangement.openedOn, since);
  const first = daysBetween(all.windows.half, from);
  const end = daysBetween(all.windows.half, addDays(account.endsOn, 1));
  return account.closing.subarray(first, end);
}

/** Loops, here and below: a typed array's own reduce takes three times as long. */
function lowest(days: Float64Array): number {
  let least = days[0] ?? 0;
  for (const level of days) if (level < least) least = level;
  return least;
}

/** The mean absolute deviation: integers, and no root whose last digit is the runtime's. */
function meanDistance(days: Float64Array): number {
  const mean = exactMean(days);
  return exactMean(days.map((level) => Math.abs(level - mean)));
}

function daysBelowZero(days: Float64Array): number {
  let count = 0;
  for (const level of days) if (level < 0) count += 1;
  return count;
}
