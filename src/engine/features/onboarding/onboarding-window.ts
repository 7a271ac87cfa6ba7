import { standingOf } from '../../../domain/arrangement-status.ts';
import type { TransactionRecord } from '../../../domain/bank-record.ts';
import { addDays, type BusinessDate } from '../../../domain/business-date.ts';
import {
  type Customer360,
  type HeldArrangement,
  sharesValue,
} from '../../../domain/customer360.ts';
import { dateOf, endOfDay } from '../../../domain/instant.ts';
import type { RateTable } from '../../../domain/release.ts';
import { byText } from '../../../domain/text-order.ts';
import { isCash } from '../accounts/account-flows.ts';
import { coveredUntil } from '../accounts/coverage.ts';
import { earlierDay } from '../day-order.ts';
import { given, type Known, NOT_APPLICABLE, ofPart } from '../known.ts';
import { exchanged } from '../to-reporting.ts';

/** The first days of the current account opened first, in its own currency. */
export interface Onboarding {
  readonly account: HeldArrangement;
  /** The last day of the window: so many days after opening, or the business date before that. */
  readonly until: BusinessDate;
  readonly businessDate: BusinessDate;
  readonly coveredUntil: BusinessDate | undefined;
  /** The first transaction, whenever it came. */
  readonly first: FirstTransaction | undefined;
  readonly sums: OnboardingSums;
  /** A transaction within the window in a currency that the rate table lacks. */
  readonly lacksRate: boolean;
}

/** Its amount is undefined where the rate table lacks its currency. */
interface FirstTransaction {
  readonly on: BusinessDate;
  readonly amountMinor: number | undefined;
}

/** Sums over the window. */
export interface OnboardingSums {
  readonly count: number;
  readonly creditMinor: number;
  readonly debitMinor: number;
  readonly largestCreditMinor: number;
  readonly largestDebitMinor: number;
  readonly cashInMinor: number;
  readonly cashOutMinor: number;
  readonly interestMinor: number;
  /** The balance after each transaction, in order. */
  readonly levelsMinor: readonly number[];
}

/** Reads the beginning of the relationship; NOT_APPLICABLE without a current account. */
export function readOnboarding(
  customer: Customer360,
  rates: RateTable,
  days: number,
): Known<Onboarding> {
  return given(ofPart(customer.arrangements, 'arrangements'), (held) =>
    given(ofPart(customer.transactions, 'transactions'), (part) => {
      const account = firstAccount(held);
      if (account === undefined) return NOT_APPLICABLE;
      const { arrangementId, openedOn } = account.arrangement;
      const until = earlierDay(addDays(openedOn, days), customer.businessDate);
      return {
        account,
        until,
        businessDate: customer.businessDate,
        coveredUntil: coveredUntil(part.coverage, arrangementId, openedOn),
        ...sumsOf(part.transactions, { account, until, rates }),
      };
    }),
  );
}

function firstAccount(held: readonly HeldArrangement[]): HeldArrangement | undefined {
  return held
    .filter((one) => one.arrangement.productKind === 'CURRENT_ACCOUNT' && sharesValue(one))
    .filter((one) => standingOf(one.arrangement).held !== 'UNSURE')
    .toSorted(
      byText(
        (one) => one.arrangement.openedOn,
        (one) => one.arrangement.arrangementId,
      ),
    )[0];
}

type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K];
};

/** Transactions come in order, so the window ends at the first one after it. */
function sumsOf(
  transactions: readonly TransactionRecord[],
  at: {
    readonly account: HeldArrangement;
    readonly until: BusinessDate;
    readonly rates: RateTable;
  },
): Pick<Onboarding, 'first' | 'sums' | 'lacksRate'> {
  const { arrangementId, currency } = at.account.arrangement;
  const end = endOfDay(at.until);
  const sums = noSums();
  let first: Onboarding['first'];
  let lacksRate = false;
  for (const transaction of transactions) {
    if (transaction.arrangementId !== arrangementId) continue;
    const isWithin = transaction.effectiveAt <= end;
    if (!isWithin && first !== undefined) break;
    const amountMinor = exchanged(transaction, currency, at.rates);
    first ??= { on: dateOf(transaction.effectiveAt), amountMinor };
    if (!isWithin) break;
    if (amountMinor === undefined) lacksRate = true;
    else addTo(sums, transaction, amountMinor);
  }
  return { first, sums, lacksRate };
}

function noSums(): Mutable<OnboardingSums> {
  return {
    count: 0,
    creditMinor: 0,
    debitMinor: 0,
    largestCreditMinor: 0,
    largestDebitMinor: 0,
    cashInMinor: 0,
    cashOutMinor: 0,
    interestMinor: 0,
    levelsMinor: [],
  };
}

/** An account begins at zero, so amounts add up to its balance where the bank states none. */
function addTo(
  sums: Mutable<OnboardingSums>,
  transaction: TransactionRecord,
  amountMinor: number,
): void {
  const before = sums.levelsMinor.at(-1) ?? 0;
  sums.count += 1;
  sums.levelsMinor.push(transaction.runningBalanceMinor ?? before + amountMinor);
  if (amountMinor < 0) {
    sums.debitMinor -= amountMinor;
    sums.largestDebitMinor = Math.max(sums.largestDebitMinor, -amountMinor);
    if (isCash(transaction)) sums.cashOutMinor -= amountMinor;
  }
  if (amountMinor <= 0) return;
  sums.creditMinor += amountMinor;
  sums.largestCreditMinor = Math.max(sums.largestCreditMinor, amountMinor);
  if (isCash(transaction)) sums.cashInMinor += amountMinor;
  if (transaction.category === 'INTEREST') sums.interestMinor += amountMinor;
}
