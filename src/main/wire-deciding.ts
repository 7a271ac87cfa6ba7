import { createReadingIntake } from '../adapters/postgres/intake/reading-intake.ts';
import type { Stores } from '../adapters/postgres/open-stores.ts';
import { systemRandomness } from '../adapters/system/system-clock.ts';
import { createCustomerLoaders } from '../app/customer360/customer-loaders.ts';
import { type Customers, createCustomers } from '../app/customer360/customers.ts';
import { createDeciding, type Deciding } from '../app/decisions/deciding/deciding.ts';
import { type CoreSettings, openCoreReadings } from '../app/intake/core-readings.ts';
import { readThroughMoments } from '../app/intake/read-through-moments.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { MomentReader } from '../app/ports/moment.ts';
import type { ReleaseShelf } from '../app/releases/release-shelf.ts';

/** What deciding may be given besides its stores. */
export interface DecidingReplacements {
  /** Live cores that are asked before deciding. */
  readonly cores?: readonly CoreSettings[];
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
  const { clock, releaseShelf, cores = [], onRebuild } = by;
  const moments = await readThrough(stores, cores, clock);
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

/** Moments as recorded where no core is set: then nothing is asked and nothing costs. */
async function readThrough(
  { moments, readings }: Stores,
  cores: readonly CoreSettings[],
  clock: Clock,
): Promise<MomentReader> {
  if (cores.length === 0) return moments;
  const intake = createReadingIntake(readings, { clock, randomness: systemRandomness });
  return readThroughMoments(moments, await openCoreReadings(cores, { intake, clock }));
}
