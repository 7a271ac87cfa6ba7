import DataLoader from 'dataloader';
import { binsOf } from '../../../domain/fact-bins.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import type { CustomerLoaders } from '../../customer360/customer-loaders.ts';
import type { SnapshotStore, SnapshotToStore } from '../../ports/moment.ts';
import { Outage } from '../../ports/outage.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { lookingPoint } from './looking-point.ts';
import type { SnapshotKeeperDeps, SnapshotRequest } from './snapshot-keeper.ts';

/**
 * Customers built by one set of statements. More of them would make a statement that may not end
 * before its time is up, which would fail them all.
 */
const MOST_TOGETHER = 50;

/**
 * Builds current snapshots and stores them. Those asked for in the same turn of the event loop are
 * read by one set of loaders and saved by one statement; none waits for another turn.
 */
export function createSnapshotBuilder(
  deps: SnapshotKeeperDeps,
): (request: SnapshotRequest) => Promise<LoadedSnapshot> {
  const batch = new DataLoader<SnapshotRequest, LoadedSnapshot>(
    (requests) => buildAll(requests, deps),
    { cache: false, maxBatchSize: MOST_TOGETHER },
  );
  return (request) => batch.load(request);
}

/** Each is answered by its snapshot or by what failed it alone. */
async function buildAll(
  requests: readonly SnapshotRequest[],
  deps: SnapshotKeeperDeps,
): Promise<readonly (LoadedSnapshot | Error)[]> {
  const loaders = deps.loaders();
  const built = await Promise.allSettled(requests.map((one) => buildOne(one, loaders, deps)));
  const toStore = built.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failures = await saveAll(toStore, deps.store);
  return built.map((one) => {
    if (one.status === 'rejected') return errorOf(one.reason);
    const { address, snapshot, sheet } = one.value;
    return failures.get(one.value) ?? { address, snapshot, sheet };
  });
}

async function buildOne(
  { customerId, moment, release }: SnapshotRequest,
  loaders: CustomerLoaders,
  { clock }: SnapshotKeeperDeps,
): Promise<SnapshotToStore> {
  const { customer, addressKey, businessDate: today, watermark } = moment;
  const point = lookingPoint(today, { today, now: clock.now() });
  const history = await loaders.historyOf(customerId);
  const built = buildSnapshot(history, point, { release, addressKey });
  const bins = binsOf(built.sheet, release.body.facts);
  return { ...built, bins, customer, watermark, builtAt: clock.now(), current: true };
}

/** Saves all at once; where that is refused, each alone, so that one fails no other. */
async function saveAll(
  snapshots: readonly SnapshotToStore[],
  store: SnapshotStore,
): Promise<ReadonlyMap<SnapshotToStore, Error>> {
  const failures = new Map<SnapshotToStore, Error>();
  if (snapshots.length === 0) return failures;
  const alone = async (one: SnapshotToStore) => {
    await store.save([one]).catch((error) => failures.set(one, errorOf(error)));
  };
  try {
    await store.save(snapshots);
  } catch (error) {
    const isHopeless = error instanceof Outage || snapshots.length === 1;
    for (const one of snapshots) {
      if (isHopeless) failures.set(one, errorOf(error));
      else await alone(one);
    }
  }
  return failures;
}

function errorOf(reason: unknown): Error {
  return reason instanceof Error
    ? reason
    : new Error('a snapshot was not built', { cause: reason });
}
