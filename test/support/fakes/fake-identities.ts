import type { CustomerIdentities } from '../../../src/app/ports/customer-identity.ts';
import type { ReadMany } from '../../../src/app/ports/customer-source.ts';
import type { BankRecords, Entity } from '../../../src/domain/bank-record.ts';
import { END_OF_TIME } from '../../../src/domain/instant.ts';
import { latestVersions } from '../../../src/engine/point-in-time/latest-versions.ts';
import type { FakeRecords } from './fake-records.ts';
import { identityIn } from './identity-apart.ts';

/** Who customers are, in memory, held to the same contract as the real ones. */
export function fakeIdentities({ of }: FakeRecords): CustomerIdentities {
  return {
    parties: lastStated(
      'party',
      () => of('party'),
      ({ partyId }) => partyId,
    ),
    arrangements: lastStated(
      'arrangement',
      () => of('arrangement'),
      ({ arrangementId }) => arrangementId,
    ),
  };
}

function lastStated<E extends Entity>(
  entity: E,
  rows: () => readonly BankRecords[E][],
  keyOf: (row: BankRecords[E]) => string,
): ReadMany<Partial<BankRecords[E]>> {
  return async (keys) => {
    const asked = rows().filter((row) => keys.includes(keyOf(row)));
    return new Map(
      latestVersions(asked, keyOf, END_OF_TIME).flatMap((row) => {
        const identity = identityIn(entity, row);
        return identity === undefined ? [] : [[keyOf(row), identity] as const];
      }),
    );
  };
}
