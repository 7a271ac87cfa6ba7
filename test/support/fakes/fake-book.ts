import type { Book } from '../../../src/app/ports/book.ts';
import type { BookRecord } from '../../../src/domain/bank-record.ts';
import type { BusinessDate } from '../../../src/domain/business-date.ts';

/** A book in memory, held to the same contract as the real one. */
export function fakeBook(records: readonly BookRecord[], businessDate: BusinessDate): Book {
  const whoHas = (customerId: string): string | null => {
    const [latest] = records
      .filter(({ partyId }) => partyId === customerId)
      .toSorted((a, b) => (a.recordedAt > b.recordedAt ? -1 : 1));
    if (latest === undefined || latest.startsOn > businessDate) return null;
    const { endsOn = businessDate, managerId } = latest;
    return endsOn < businessDate ? null : managerId;
  };
  return { managersOf: async (ids) => new Map(ids.map((id) => [id, whoHas(id)])) };
}
