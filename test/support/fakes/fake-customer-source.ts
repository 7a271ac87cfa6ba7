import type { CustomerSource, ReadMany } from '../../../src/app/ports/customer-source.ts';
import { PART_NAMES } from '../../../src/domain/customer360.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import { mergesEverInto } from '../../../src/domain/merged-numbers.ts';
import { rowsOf } from './customer-rows.ts';
import type { FakeRecords } from './fake-records.ts';

/** Customers' records in memory, held to the same contract; transactions since an instant. */
export function fakeCustomerSource(records: FakeRecords, since?: Instant): CustomerSource {
  const part =
    <T extends object>(shape: (rows: ReturnType<typeof rowsOf>) => T): ReadMany<T> =>
    async (ids) =>
      new Map(
        ids
          .map((id) => [id, shape(rowsOf(records, id, since))] as const)
          .filter(([, value]) => hasRows(value)),
      );
  return {
    lineages: async (ids) => {
      const asked = records.customers().filter(({ partyId }) => ids.includes(partyId));
      const merges = records.of('party_merge');
      return new Map(
        asked.map(({ partyId }) => [
          partyId,
          { parts: lineagesOf(records, partyId), merges: mergesEverInto(partyId, merges) },
        ]),
      );
    },
    parties: part(({ party, regions }) => ({ party, regions })),
    households: part(({ households }) => households),
    arrangements: part(({ arrangements, roles, balances }) => {
      return { arrangements, roles, balances };
    }),
    transactions: part(({ transactions, coverage }) => ({ transactions, coverage })),
    interactions: part(({ interactions }) => interactions),
    campaigns: part(({ contacts, responses }) => ({ contacts, responses })),
    goals: part(({ goals }) => goals),
    creditApplications: part(({ creditApplications }) => creditApplications),
    relationshipValues: part(({ relationshipValues }) => relationshipValues),
    consents: part(({ consents }) => consents),
    holds: part(({ holds }) => holds),
  };
}

/** Of a list, or of an object of lists. */
function hasRows(value: object): boolean {
  return Object.values(value).some((one) => !Array.isArray(one) || one.length > 0);
}

function lineagesOf(records: FakeRecords, partyId: string) {
  return new Map(
    PART_NAMES.map((part) => [part, records.lineagesOf(partyId, part)] as const).filter(
      ([, lineages]) => lineages.length > 0,
    ),
  );
}
