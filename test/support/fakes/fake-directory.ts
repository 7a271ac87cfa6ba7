import type { Book } from '../../../src/app/ports/book.ts';
import type { CustomerDirectory, CustomerQuery } from '../../../src/app/ports/customer-source.ts';
import { END_OF_TIME } from '../../../src/domain/instant.ts';
import { byText } from '../../../src/domain/text-order.ts';
import { latestVersions } from '../../../src/engine/point-in-time/latest-versions.ts';
import type { FakeRecords } from './fake-records.ts';

/** The customer master in memory, held to the same contract as the real one. */
export function fakeDirectory(records: FakeRecords, book: Book): CustomerDirectory {
  const isGivenUp = (number: string) =>
    records.of('party_merge').some(({ partyId }) => partyId === number);
  const numbers = () =>
    records
      .customers()
      .map(({ partyId }) => partyId)
      .filter((number) => !isGivenUp(number));
  return {
    page: async (query) => {
      const managers = await book.managersOf(numbers());
      const found = numbers()
        .filter((id) => query.book === undefined || managers.get(id) === query.book)
        .filter((id) => matches(records, id, query))
        .toSorted(byText((id) => id));
      const { first } = query;
      return { customerIds: found.slice(0, first), hasMore: found.length > first };
    },
    count: async () => numbers().length,
  };
}

function matches({ of }: FakeRecords, id: string, query: CustomerQuery): boolean {
  const { after, idPrefix = '', kind, segment } = query;
  const versions = of('party').filter(({ partyId }) => partyId === id);
  const [latest] = latestVersions(versions, ({ partyId }) => partyId, END_OF_TIME);
  return (
    (after === null || id > after) &&
    id.startsWith(idPrefix) &&
    (kind === undefined || kind === latest?.kind) &&
    (segment === undefined || segment === latest?.segment)
  );
}
