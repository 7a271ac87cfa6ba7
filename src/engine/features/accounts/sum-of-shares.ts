import type { RateTable } from '../../../domain/release.ts';
import { given, isKnown, type Known, unavailable } from '../known.ts';
import { exactly } from '../plausible.ts';
import { shareInReporting } from '../to-reporting.ts';
import type { CurrentAccount } from './current-accounts.ts';

/** The customer's share, in the reporting currency, of an amount of each account, added up. */
export function sumOfShares(
  accounts: readonly CurrentAccount[],
  amountOf: (account: CurrentAccount) => Known<number>,
  rates: RateTable,
): Known<number> {
  let sum = 0;
  for (const account of accounts) {
    const amountMinor = given(amountOf(account), (amount) => exactly(amount, 'transactions'));
    if (!isKnown(amountMinor)) return amountMinor;
    const { arrangement, sharers } = account.held;
    const share = shareInReporting(
      { amountMinor, currency: arrangement.currency },
      sharers,
      rates,
    );
    if (share === undefined) return unavailable('NO_RATE', 'arrangements');
    const grown = exactly(sum + share, 'transactions');
    if (!isKnown(grown)) return grown;
    sum = grown;
  }
  return sum;
}
