import type { BusinessDate } from '../../domain/business-date.ts';
import type { RateTable } from '../../domain/release.ts';
import type { CurrentAccount, CurrentAccounts, Windows } from './current-accounts.ts';
import { laterDay } from './day-order.ts';
import { isKnown, type Known, NOT_APPLICABLE, unavailable } from './known.ts';
import { shareInReporting } from './to-reporting.ts';

/**
 * The accounts that lived in a window, once all of them are covered for it: an account that was
 * opened within the window needs no more than its life. A window not covered is never zero.
 */
export function accountsIn(
  all: CurrentAccounts,
  window: keyof Windows,
): Known<readonly CurrentAccount[]> {
  const since = all.windows[window];
  const living = all.accounts.filter((account) => account.endsOn >= since);
  if (living.length === 0) return NOT_APPLICABLE;
  if (living.some((account) => !isCovered(account, since))) {
    return unavailable('NOT_COVERED', 'transactions');
  }
  if (living.some((account) => account.lacksRate)) return unavailable('NO_RATE', 'transactions');
  return living;
}

/** True when an account's transactions are known from a day, or its opening, to its end. */
export function isCovered(account: CurrentAccount, since: BusinessDate): boolean {
  const needed = laterDay(account.held.arrangement.openedOn, since);
  return account.coveredSince !== undefined && account.coveredSince <= needed;
}

/** The customer's share, in the reporting currency, of an amount of each account, added up. */
export function sumOfShares(
  accounts: readonly CurrentAccount[],
  amountOf: (account: CurrentAccount) => Known<number>,
  rates: RateTable,
): Known<number> {
  let sum = 0;
  for (const account of accounts) {
    const amountMinor = amountOf(account);
    if (!isKnown(amountMinor)) return amountMinor;
    const { arrangement, sharers } = account.held;
    const share = shareInReporting(
      { amountMinor, currency: arrangement.currency },
      sharers,
      rates,
    );
    if (share === undefined) return unavailable('NO_RATE', 'arrangements');
    sum += share;
  }
  return sum;
}
