import type { TransactionRecord } from '../../../domain/bank-record.ts';
import {
  addDays,
  addMonths,
  type BusinessDate,
  daysBetween,
  toEpochDay,
} from '../../../domain/business-date.ts';
import {
  type Customer360,
  type HeldArrangement,
  sharesValue,
  type TransactionsPart,
} from '../../../domain/customer360.ts';
import { dateOf, endOfDay, type Instant } from '../../../domain/instant.ts';
import type { RateTable } from '../../../domain/release.ts';
import { earlierDay, laterDay } from '../day-order.ts';
import { given, type Known, NOT_APPLICABLE, ofPart, unavailable } from '../known.ts';
import { exchanged } from '../to-reporting.ts';
import { type AccountFlows, addToFlows, FLOW_MONTHS, startFlows } from './account-flows.ts';
import { type BalancePath, endPath, startPath, stepPath } from './balance-path.ts';
import { coveredSince } from './coverage.ts';

/** Closing balances are kept for the months of the window `months6`. */
const PATH_MONTHS = 6;

/** The first day of each window; all end on the business date. */
export interface Windows {
  readonly days90: BusinessDate;
  readonly months3: BusinessDate;
  readonly months6: BusinessDate;
  readonly months12: BusinessDate;
}

/** A current account that the customer shares, with all that its transactions add up to. */
export interface CurrentAccount {
  readonly held: HeldArrangement;
  /** The business date, or the day it was closed: at the latest, where that is not told. */
  readonly endsOn: BusinessDate;
  readonly coveredSince: BusinessDate | undefined;
  readonly flows: AccountFlows;
  /** Each day from `windows.months6` on; undefined where nothing tells the level. */
  readonly closing: Float64Array | undefined;
  /** A transaction in a currency that the rate table lacks: no sum of this account is known. */
  readonly lacksRate: boolean;
}

/** All that facts of cash flow read, from one pass over the transactions. */
export interface CurrentAccounts {
  readonly businessDate: BusinessDate;
  readonly windows: Windows;
  readonly accounts: readonly CurrentAccount[];
  /**
   * The accounts that lived in each window, once all of them are covered for it: an account that
   * was opened within it needs no more than its life. A window not covered is never zero.
   */
  readonly within: { readonly [window in keyof Windows]: Known<readonly CurrentAccount[]> };
}

/** Reads the current accounts that the customer shares, the closed ones too. */
export function readCurrentAccounts(
  customer: Customer360,
  rates: RateTable,
): Known<CurrentAccounts> {
  return given(ofPart(customer.arrangements, 'arrangements'), (held) =>
    given(ofPart(customer.transactions, 'transactions'), (part) => {
      const windows = windowsTo(customer.businessDate);
      const drafts = draftsOf(held, customer.businessDate, windows);
      passOver(part.transactions, drafts, {
        windows,
        businessDate: customer.businessDate,
        homeCountry: homeCountryOf(customer),
        rates,
      });
      const accounts = [...drafts.values()].map((draft) => finish(draft, part));
      const within: CurrentAccounts['within'] = {
        days90: livingSince(accounts, windows.days90),
        months3: livingSince(accounts, windows.months3),
        months6: livingSince(accounts, windows.months6),
        months12: livingSince(accounts, windows.months12),
      };
      return { businessDate: customer.businessDate, windows, accounts, within };
    }),
  );
}

/** True when an account's transactions are known from a day, or its opening, to its end. */
export function isCovered(account: CurrentAccount, since: BusinessDate): boolean {
  const needed = laterDay(account.held.arrangement.openedOn, since);
  return account.coveredSince !== undefined && account.coveredSince <= needed;
}

function livingSince(
  accounts: readonly CurrentAccount[],
  since: BusinessDate,
): Known<readonly CurrentAccount[]> {
  const living = accounts.filter((account) => account.endsOn >= since);
  if (living.length === 0) return NOT_APPLICABLE;
  if (living.some((account) => !isCovered(account, since))) {
    return unavailable('NOT_COVERED', 'transactions');
  }
  if (living.some((account) => account.lacksRate)) return unavailable('NO_RATE', 'transactions');
  return living;
}

/** False of an account that was closed on a day nobody recorded, or before it was opened. */
function isEndTold({ arrangement: { status, openedOn, closedOn } }: HeldArrangement): boolean {
  return closedOn === undefined ? status !== 'CLOSED' : closedOn >= openedOn;
}

/**
 * The day a held arrangement's life ends as of a day: that day, unless it was closed before. Where
 * nobody says when, it was by the day on which it was recorded so.
 */
function endOf(held: HeldArrangement, businessDate: BusinessDate): BusinessDate {
  const { closedOn, recordedAt } = held.arrangement;
  const closed = isEndTold(held) ? closedOn : dateOf(recordedAt);
  return earlierDay(closed ?? businessDate, businessDate);
}

interface Draft {
  readonly held: HeldArrangement;
  readonly endsOn: BusinessDate;
  readonly recordUntil: Instant;
  readonly flows: AccountFlows;
  readonly path: BalancePath;
  lacksRate: boolean;
}

interface PassOver {
  readonly windows: Windows;
  readonly businessDate: BusinessDate;
  readonly homeCountry: string | undefined;
  readonly rates: RateTable;
}

function windowsTo(businessDate: BusinessDate): Windows {
  const monthsBack = (months: number) => addDays(addMonths(businessDate, -months), 1);
  return {
    days90: addDays(businessDate, -89),
    months3: monthsBack(3),
    months6: monthsBack(6),
    months12: monthsBack(12),
  };
}

/** What was recorded as closed before it was opened is no account that lived. */
function draftsOf(
  held: readonly HeldArrangement[],
  businessDate: BusinessDate,
  windows: Windows,
): ReadonlyMap<string, Draft> {
  const days = daysBetween(windows.months6, businessDate) + 1;
  const drafts = new Map<string, Draft>();
  for (const one of held) {
    const { productKind, arrangementId } = one.arrangement;
    if (productKind !== 'CURRENT_ACCOUNT' || !sharesValue(one)) continue;
    const endsOn = endOf(one, businessDate);
    if (endsOn < one.arrangement.openedOn) continue;
    drafts.set(arrangementId, {
      held: one,
      endsOn,
      recordUntil: one.balance === null ? '' : endOfDay(one.balance.effectiveOn),
      flows: startFlows(),
      path: startPath(days),
      lacksRate: false,
    });
  }
  return drafts;
}

/** Transactions come in order, so months and days only ever move forward. */
function passOver(
  transactions: readonly TransactionRecord[],
  drafts: ReadonlyMap<string, Draft>,
  at: PassOver,
): void {
  const monthEnds = monthEndsOf(at.businessDate);
  const pathFrom = toEpochDay(at.windows.months6);
  const countFrom = toEpochDay(at.windows.days90) - pathFrom;
  let month = FLOW_MONTHS;
  let date = '';
  let day = -1;
  for (const transaction of transactions) {
    const draft = drafts.get(transaction.arrangementId);
    if (draft === undefined) continue;
    const { effectiveAt } = transaction;
    while (month > 0 && effectiveAt > (monthEnds[month] ?? '')) month -= 1;
    if (month < PATH_MONTHS && (date === '' || !effectiveAt.startsWith(date))) {
      date = dateOf(effectiveAt);
      day = toEpochDay(date) - pathFrom;
    }
    const amountMinor = amountOf(transaction, draft, at.rates);
    if (amountMinor === undefined) continue;
    step(draft, transaction, { day, amountMinor });
    if (month === FLOW_MONTHS) continue;
    addToFlows(draft.flows, { transaction, amountMinor }, { month, homeCountry: at.homeCountry });
    if (day >= countFrom) draft.flows.transactionCount90d += 1;
  }
}

/** `[k]` is the last instant before the k months that end on the business date. */
function monthEndsOf(businessDate: BusinessDate): readonly Instant[] {
  return Array.from({ length: FLOW_MONTHS + 1 }, (_, k) => endOfDay(addMonths(businessDate, -k)));
}

function amountOf(
  transaction: TransactionRecord,
  draft: Draft,
  rates: RateTable,
): number | undefined {
  const { currency } = draft.held.arrangement;
  if (transaction.currency === currency) return transaction.amountMinor;
  const amountMinor = exchanged(transaction, currency, rates);
  if (amountMinor === undefined) draft.lacksRate = true;
  return amountMinor;
}

function step(
  draft: Draft,
  transaction: TransactionRecord,
  at: { readonly day: number; readonly amountMinor: number },
): void {
  const { runningBalanceMinor } = transaction;
  stepPath(draft.path, at.day, {
    amountMinor: at.amountMinor,
    ...(runningBalanceMinor === undefined ? {} : { runningBalanceMinor }),
  });
  if (transaction.effectiveAt <= draft.recordUntil) draft.path.levelAtRecord = draft.path.level;
}

function finish(draft: Draft, part: TransactionsPart): CurrentAccount {
  const { held, endsOn, flows, path, lacksRate } = draft;
  // Of a life whose end nobody tells, no window can be told either.
  const since = isEndTold(held)
    ? coveredSince(part.coverage, held.arrangement.arrangementId, endsOn)
    : undefined;
  return {
    held,
    endsOn,
    coveredSince: since,
    flows,
    closing: endPath(path, ledgerWithin(held, since)),
    lacksRate,
  };
}

/** A balance from before the covered days says nothing of the levels within them. */
function ledgerWithin(
  held: HeldArrangement,
  since: BusinessDate | undefined,
): number | undefined {
  if (held.balance === null || since === undefined) return undefined;
  return held.balance.effectiveOn >= addDays(since, -1) ? held.balance.ledgerMinor : undefined;
}

function homeCountryOf(customer: Customer360): string | undefined {
  if (customer.profile.state === 'FAILED') return undefined;
  return customer.profile.value.party.residenceCountry;
}
