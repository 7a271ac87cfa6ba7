import type { Book } from '../../../src/app/ports/book.ts';
import type { BookRecord, PartyMergeRecord } from '../../../src/domain/bank-record.ts';
import type { BusinessDate } from '../../../src/domain/business-date.ts';
import { END_OF_TIME } from '../../../src/domain/instant.ts';
import {
  mergesKnownAt,
  numbersMergedInto,
  survivorOf,
  wayFrom,
} from '../../../src/domain/merged-numbers.ts';
import { byText } from '../../../src/domain/text-order.ts';

/** A book in memory, held to the same contract as the real one. */
export function fakeBook(
  records: readonly BookRecord[],
  businessDate: BusinessDate,
  mergesOf: () => readonly PartyMergeRecord[] = () => [],
): Book {
  const latestOf = (...numbers: readonly string[]) =>
    records
      .filter(({ partyId }) => numbers.includes(partyId))
      .toSorted(byText(({ partyId }) => partyId))
      .reduce<BookRecord | undefined>(
        (last, row) => (last === undefined || row.recordedAt > last.recordedAt ? row : last),
        undefined,
      );
  const whoHas = (customerId: string): string | null => {
    const merges = mergesKnownAt(mergesOf(), END_OF_TIME);
    const survivor = survivorOf(customerId, merges);
    const numbers = [survivor, ...numbersMergedInto(survivor, merges)];
    const told = numbers.filter((number) => latestOf(number) !== undefined);
    const stepsOf = (number: string) => wayFrom(number, merges).length;
    const fewest = Math.min(...told.map(stepsOf));
    const latest = latestOf(...told.filter((number) => stepsOf(number) === fewest));
    if (latest === undefined || latest.startsOn > businessDate) return null;
    const { endsOn = businessDate, managerId } = latest;
    return endsOn < businessDate ? null : managerId;
  };
  return { managersOf: async (ids) => new Map(ids.map((id) => [id, whoHas(id)])) };
}
