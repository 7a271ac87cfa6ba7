import { addMonths, type BusinessDate } from '../../domain/business-date.ts';
import {
  type HeldArrangement,
  sharesValue,
  type TransactionsPart,
} from '../../domain/customer360.ts';
import { dateOf } from '../../domain/instant.ts';
import type { RateTable } from '../../domain/release.ts';
import { coveredSince } from '../../engine/features/accounts/coverage.ts';
import { earlierDay, laterDay } from '../../engine/features/day-order.ts';
import { exchanged, shareInReporting } from '../../engine/features/to-reporting.ts';

/** What flowed through the customer's current accounts in a calendar month. */
interface MonthlyFlow {
  readonly month: BusinessDate;
  readonly inMinor: number;
  readonly outMinor: number;
}

interface CashFlow {
  /** Oldest first. */
  readonly months: readonly MonthlyFlow[];
  /**
   * False where a day of an account's life or a rate is missing, or where more flowed than is
   * counted exactly: the sums are then too low.
   */
  readonly covered: boolean;
}

/**
 * Money in and out by month, by the rule of the facts: of the current accounts that the customer
 * owns alone or jointly, each account's sum counts by the customer's share.
 */
export function cashFlowOf(
  held: readonly HeldArrangement[],
  part: TransactionsPart,
  at: {
    readonly businessDate: BusinessDate;
    readonly months: number;
    readonly rates: RateTable;
  },
): CashFlow {
  const thisMonth: BusinessDate = `${at.businessDate.slice(0, 7)}-01`;
  const starts = Array.from({ length: at.months }, (_, i) =>
    addMonths(thisMonth, i + 1 - at.months),
  );
  const from = starts[0] ?? thisMonth;
  const accounts = held.filter(
    (one) =>
      one.arrangement.productKind === 'CURRENT_ACCOUNT' &&
      sharesValue(one) &&
      lastDay(one, at.businessDate) >= from,
  );
  const flows = accounts.map((account) => flowOf(account, part, { ...at, starts }));
  const months = starts.map((month, i) => ({
    month,
    inMinor: flows.reduce((sum, flow) => sum + (flow.months[i]?.inMinor ?? 0), 0),
    outMinor: flows.reduce((sum, flow) => sum + (flow.months[i]?.outMinor ?? 0), 0),
  }));
  const covered = accounts.every((one) => isCovered(one, part, { ...at, from }));
  return { months, covered: covered && flows.every(({ isWhole }) => isWhole) };
}

/** The business date, or the day it was closed; closed on a day nobody recorded, it is past. */
function lastDay({ arrangement }: HeldArrangement, businessDate: BusinessDate): string {
  const { status, closedOn } = arrangement;
  if (closedOn === undefined) return status === 'CLOSED' ? '' : businessDate;
  return earlierDay(closedOn, businessDate);
}

function isCovered(
  account: HeldArrangement,
  { coverage }: TransactionsPart,
  at: { readonly businessDate: BusinessDate; readonly from: BusinessDate },
): boolean {
  const { arrangementId, openedOn } = account.arrangement;
  const end = lastDay(account, at.businessDate);
  const since = coveredSince(coverage, arrangementId, end as BusinessDate);
  return since !== undefined && since <= laterDay(openedOn, at.from);
}

function flowOf(
  { arrangement, sharers }: HeldArrangement,
  part: TransactionsPart,
  at: { readonly starts: readonly BusinessDate[]; readonly rates: RateTable },
): { readonly months: readonly Omit<MonthlyFlow, 'month'>[]; readonly isWhole: boolean } {
  const { arrangementId, currency } = arrangement;
  const sums = new Map(at.starts.map((month) => [month, { in: 0, out: 0 }]));
  let isWhole = true;
  for (const row of part.transactions) {
    if (row.arrangementId !== arrangementId) continue;
    const sum = sums.get(`${dateOf(row.effectiveAt).slice(0, 7)}-01`);
    if (sum === undefined) continue;
    const minor = exchanged(row, currency, at.rates);
    const side = (minor ?? 0) > 0 ? 'in' : 'out';
    const grown = sum[side] + Math.abs(minor ?? 0);
    if (minor === undefined || !Number.isSafeInteger(grown)) isWhole = false;
    else sum[side] = grown;
  }
  const share = (amountMinor: number): number => {
    const shared = shareInReporting({ amountMinor, currency }, sharers, at.rates);
    if (shared !== undefined && Number.isSafeInteger(shared)) return shared;
    isWhole = false;
    return 0;
  };
  const months = [...sums.values()].map((sum) => ({
    inMinor: share(sum.in),
    outMinor: share(sum.out),
  }));
  return { months, isWhole };
}
