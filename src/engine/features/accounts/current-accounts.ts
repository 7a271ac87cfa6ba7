import { standingOf } from '../../../domain/arrangement-status.ts';
import {
  addDays,
  type BusinessDate,
  daysBetween,
  monthEndBefore,
} from '../../../domain/business-date.ts';
import {
  type Customer360,
  type HeldArrangement,
  sharesValue,
  type TransactionsPart,
} from '../../../domain/customer360.ts';
import { dateOf } from '../../../domain/instant.ts';
import type { RateTable } from '../../../domain/release.ts';
import { earlierDay, laterDay } from '../day-order.ts';
import { given, type Known, NOT_APPLICABLE, ofPart, unavailable } from '../known.ts';
import { type Draft, startDraft } from './account-draft.ts';
import type { AccountFlows } from './account-flows.ts';
import { endPath } from './balance-path.ts';
import { coveredSince } from './coverage.ts';
import { readPostings } from './read-postings.ts';

/** The first day of each window. */
export interface Windows {
  /** These end on the business date. */
  readonly days90: BusinessDate;
  readonly half: BusinessDate;
  readonly year: BusinessDate;
  /** These are whole months of flows, the last of which ends up to 30 days before it. */
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
  /** Each day from `windows.half` on; undefined where nothing tells the level, or it is barred. */
  readonly closing: Float64Array | undefined;
  /** A transaction in a currency that the rate table lacks: no sum of this account is known. */
  readonly lacksRate: boolean;
}

/** All that facts of cash flow read, from one pass over the transactions. */
export interface CurrentAccounts {
  readonly businessDate: BusinessDate;
  readonly windows: Windows;
  /** `[k]` is the last day of month k of the flows; the one before month 0 began is `[1]`. */
  readonly monthEnds: readonly BusinessDate[];
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
      const { businessDate } = customer;
      const ending = windowsTo(businessDate);
      const drafts = draftsOf(held, { businessDate, pathFrom: ending.half }, rates);
      const monthEnds = readPostings(part.transactions, drafts, {
        businessDate,
        pathFrom: ending.half,
        countFrom: ending.days90,
        yearFrom: ending.year,
        homeCountry: homeCountryOf(customer),
        rates,
      });
      const windows = { ...ending, ...monthsOf(monthEnds) };
      const accounts = [...drafts.values()].map((draft) => finish(draft, part));
      const within: CurrentAccounts['within'] = {
        days90: livingSince(accounts, windows.days90),
        half: livingSince(accounts, windows.half),
        year: livingSince(accounts, windows.year),
        months3: livingSince(accounts, windows.months3),
        months6: livingSince(accounts, windows.months6),
        months12: livingSince(accounts, windows.months12),
      };
      return { businessDate, windows, monthEnds, accounts, within };
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

function windowsTo(businessDate: BusinessDate): Pick<Windows, 'days90' | 'half' | 'year'> {
  return {
    days90: addDays(businessDate, -89),
    half: addDays(monthEndBefore(businessDate, 6), 1),
    year: addDays(monthEndBefore(businessDate, 12), 1),
  };
}

function monthsOf(monthEnds: readonly BusinessDate[]) {
  const since = (months: number) => addDays(monthEnds[months] ?? '', 1);
  return { months3: since(3), months6: since(6), months12: since(12) };
}

/** What was recorded as closed before it was opened is no account that lived. */
function draftsOf(
  held: readonly HeldArrangement[],
  at: { readonly businessDate: BusinessDate; readonly pathFrom: BusinessDate },
  rates: RateTable,
): ReadonlyMap<string, Draft> {
  const days = daysBetween(at.pathFrom, at.businessDate) + 1;
  const drafts = new Map<string, Draft>();
  for (const one of held) {
    const { productKind, arrangementId } = one.arrangement;
    if (productKind !== 'CURRENT_ACCOUNT' || !sharesValue(one)) continue;
    const endsOn = endOf(one, at.businessDate);
    if (endsOn < one.arrangement.openedOn) continue;
    drafts.set(arrangementId, startDraft(one, { endsOn, days, rates }));
  }
  return drafts;
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
    closing: isBarred(held) ? undefined : endPath(path, ledgerWithin(held, since)),
    lacksRate,
  };
}

/** What lies on an account that its owner cannot use is no cash at hand. */
function isBarred({ arrangement }: HeldArrangement): boolean {
  const { held, usable } = standingOf(arrangement);
  return held !== 'NO' && !usable;
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
