import type { CoverageRecord, TransactionRecord } from '../../domain/bank-record.ts';
import type { BusinessDate } from '../../domain/business-date.ts';
import {
  type HeldArrangement,
  type Part,
  sharesValue,
  type TransactionsPart,
} from '../../domain/customer360.ts';
import { endOfDay, type Instant } from '../../domain/instant.ts';
import { byText } from '../../domain/text-order.ts';
import { latestVersions } from './latest-versions.ts';

/**
 * The transactions, in order, of the arrangements that the customer shared at that moment, and
 * what of them was covered. Where the arrangements failed, nothing can tell which were shared:
 * then all that the source gave stays, and no fact can be drawn from it.
 */
export function transactionsKnownAt(
  rows: TransactionsPart,
  arrangements: Part<readonly HeldArrangement[]>,
  at: { readonly businessDate: BusinessDate; readonly knownAt: Instant },
): TransactionsPart {
  const until = endOfDay(at.businessDate);
  const shared = sharedIds(arrangements);
  const transactions = latestVersions(rows.transactions, (row) => row.transactionId, at.knownAt)
    .filter((row) => row.effectiveAt <= until)
    .filter((row) => shared === undefined || shared.has(row.arrangementId));
  const coverage = latestVersions(rows.coverage, coverageKey, at.knownAt)
    .filter((row) => row.from <= at.businessDate)
    .filter(
      (row) =>
        row.arrangementId === undefined || shared === undefined || shared.has(row.arrangementId),
    );
  return {
    transactions: isOrdered(transactions) ? transactions : transactions.toSorted(inTime),
    coverage: coverage.toSorted(byText(coverageKey)),
  };
}

function sharedIds(
  arrangements: Part<readonly HeldArrangement[]>,
): ReadonlySet<string> | undefined {
  if (arrangements.state === 'FAILED') return undefined;
  const shared = arrangements.value.filter(sharesValue);
  return new Set(shared.map((held) => held.arrangement.arrangementId));
}

function coverageKey(row: CoverageRecord): string {
  return `${row.entity}\n${row.arrangementId ?? ''}\n${row.from}\n${row.system ?? ''}`;
}

/** Sources mostly hand over rows in order: looking costs a tenth of sorting. */
function isOrdered(rows: readonly TransactionRecord[]): boolean {
  return rows.every((row, i) => {
    const before = rows[i - 1];
    return before === undefined || inTime(before, row) < 0;
  });
}

/** A row without a sequence comes before those that state one at the same instant. */
function inTime(a: TransactionRecord, b: TransactionRecord): number {
  if (a.effectiveAt !== b.effectiveAt) return a.effectiveAt < b.effectiveAt ? -1 : 1;
  const bySequence = (a.sequence ?? -1) - (b.sequence ?? -1);
  if (bySequence !== 0) return bySequence;
  if (a.transactionId === b.transactionId) return 0;
  return a.transactionId < b.transactionId ? -1 : 1;
}
