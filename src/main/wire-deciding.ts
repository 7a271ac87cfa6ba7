import type { Stores } from '../adapters/postgres/open-stores.ts';
import { systemRandomness } from '../adapters/system/system-clock.ts';
import { createCustomerLoaders } from '../app/customer360/customer-loaders.ts';
import { type Customers, createCustomers } from '../app/customer360/customers.ts';
import { createDeciding, type Deciding } from '../app/decisions/deciding/deciding.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { ReleaseShelf } from '../app/releases/release-shelf.ts';
import { type ReadingReplacements, wireReadings } from './wire-intake.ts';

/** What deciding may be given besides its stores. */
export interface DecidingReplacements extends ReadingReplacements {
  readonly onRebuild?: (customerId: string) => void;
}

/**
 * Makes deciding, and the customers who are decided for, over the stores that answer soon. Only
 * these two ask a live core: a replay reads what is recorded.
 */
export async function wireDeciding(
  stores: Stores,
  by: DecidingReplacements & { readonly clock: Clock; readonly releaseShelf: ReleaseShelf },
): Promise<{ readonly customers: Customers; readonly deciding: Deciding }> {
  const { clock, releaseShelf, onRebuild } = by;
  const moments = await wireReadings(stores, by);
  const { directory, postings, identities, book } = stores;
  const customers = createCustomers({
    source: stores.customers,
    postings,
    directory,
    identities,
    book,
    moments,
    clock,
  });
  const deciding = createDeciding({
    moments,
    releaseShelf,
    snapshotStore: stores.snapshots,
    loaders: customers.loaders,
    patientLoaders: () => createCustomerLoaders(stores.patient, clock),
    log: stores.decisions,
    commit: stores.commit,
    clock,
    randomness: systemRandomness,
    ...(onRebuild && { onRebuild }),
  });
  return { customers, deciding };
}
