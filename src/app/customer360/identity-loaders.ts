import DataLoader from 'dataloader';
import type { ArrangementIdentity, PartyIdentity } from '../../domain/bank-record.ts';
import type { CustomerIdentities } from '../ports/customer-identity.ts';
import type { ReadMany } from '../ports/customer-source.ts';

/** The identities of one request; each is read once, with whoever else is asked for. */
export interface IdentityLoaders {
  readonly party: (customerId: string) => Promise<PartyIdentity>;
  readonly arrangement: (arrangementId: string) => Promise<ArrangementIdentity>;
}

/** Makes a fresh set; of whom nothing is stated, there is an empty one. */
export function createIdentityLoaders(identities: CustomerIdentities): IdentityLoaders {
  const parties = loaderOf<PartyIdentity>(identities.parties);
  const arrangements = loaderOf<ArrangementIdentity>(identities.arrangements);
  return {
    party: (customerId) => parties.load(customerId),
    arrangement: (arrangementId) => arrangements.load(arrangementId),
  };
}

function loaderOf<T extends object>(read: ReadMany<T>): DataLoader<string, T> {
  return new DataLoader(async (keys) => {
    const found = await read(keys);
    return keys.map((key) => found.get(key) ?? ({} as T));
  });
}
