import type { CustomerSource } from '../../../src/app/ports/customer-source.ts';
import type { PostingsAsked, ReadPostings } from '../../../src/app/ports/posting-pages.ts';
import type { TransactionRecord } from '../../../src/domain/bank-record.ts';
import { byText } from '../../../src/domain/text-order.ts';

/** Pages of the postings that a source gives as a whole. */
export function fakePostings(source: Pick<CustomerSource, 'transactions'>): ReadPostings {
  return async (asked, { filter, until, skip, most }) => {
    const numbersOf = ({ customerId, numbers = [customerId] }: PostingsAsked) => numbers;
    const parts = await source.transactions(asked.flatMap(numbersOf));
    const pages = asked.map((one) => {
      const { customerId, arrangementIds } = one;
      const found = numbersOf(one).flatMap((id) => parts.get(id)?.transactions ?? []);
      const all = [...new Map(found.map((row) => [JSON.stringify(row), row])).values()];
      const rows = all
        .filter((row) => isLatest(row, all) && row.withdrawn !== true)
        .filter((row) => row.effectiveAt <= until)
        .filter((row) => filter.from === undefined || row.effectiveAt >= filter.from)
        .filter(({ category }) => [undefined, category].includes(filter.category))
        .filter(({ country }) => [undefined, country].includes(filter.country))
        .filter((row) => [undefined, row.arrangementId].includes(filter.arrangementId))
        .filter((row) => arrangementIds?.includes(row.arrangementId) ?? true)
        .toSorted(newestFirst);
      return [customerId, rows.slice(skip, skip + most)] as const;
    });
    return new Map(pages);
  };
}

function isLatest(row: TransactionRecord, all: readonly TransactionRecord[]): boolean {
  return !all.some(
    (other) => other.transactionId === row.transactionId && other.recordedAt > row.recordedAt,
  );
}

function newestFirst(a: TransactionRecord, b: TransactionRecord): number {
  if (a.effectiveAt !== b.effectiveAt) return a.effectiveAt < b.effectiveAt ? 1 : -1;
  const bySequence = (b.sequence ?? -1) - (a.sequence ?? -1);
  if (bySequence !== 0) return bySequence;
  if (a.recordedAt !== b.recordedAt) return a.recordedAt < b.recordedAt ? 1 : -1;
  return a.amountMinor - b.amountMinor || byShown(b, a);
}

const byShown = byText<TransactionRecord>(
  ({ currency }) => currency,
  ({ category = '' }) => category,
  ({ country = '' }) => country,
  ({ transactionId }) => transactionId,
);
