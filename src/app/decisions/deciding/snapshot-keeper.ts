import { LRUCache } from 'lru-cache';
import type { CustomerHistory } from '../../../domain/customer360.ts';
import { binsOf } from '../../../domain/fact-bins.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import { bankTime } from '../../customer360/bank-time.ts';
import type { CustomerLoaders } from '../../customer360/customer-loaders.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Moment, SnapshotStore } from '../../ports/moment.ts';
import type { ShelvedRelease } from '../../releases/release-shelf.ts';
import { buildSnapshot } from './build-snapshot.ts';
import type { LookingPoint } from './looking-point.ts';
import { createSnapshotBuilder } from './snapshot-builder.ts';

/** Finds or builds the snapshots that decisions rest on; one a process, shared by all requests. */
export interface SnapshotKeeper {
  /** The current snapshot, rebuilt first when anything it rests on has moved. */
  current(customer: SnapshotRequest): Promise<LoadedSnapshot>;
  /**
   * A snapshot as of a point in time, with the history it was built from. It is never served as
   * the current one, and stored only where it is to be kept as evidence.
   */
  asOf(
    customer: SnapshotRequest,
    at: { readonly point: LookingPoint; readonly keep: boolean },
  ): Promise<{ readonly snapshot: LoadedSnapshot; readonly history: CustomerHistory }>;
}

/** Whose snapshot, as of which moment, by which catalogue and rates. */
export interface SnapshotRequest {
  readonly customerId: string;
  readonly moment: Moment;
  readonly release: ShelvedRelease;
}

/** What building snapshots takes. */
export interface SnapshotKeeperDeps {
  readonly store: SnapshotStore;
  readonly clock: Clock;
  readonly loaders: () => CustomerLoaders;
  readonly onRebuild?: (customerId: string) => void;
}

/**
 * Snapshots remembered for those who read their moment before a rebuild was stored, and ask for
 * the snapshot after it has ended.
 */
const REMEMBERED = 1_000;

/**
 * Makes the keeper. Callers that find the same snapshot stale wait for one rebuild; rebuilds of
 * several customers that begin together share their statements.
 */
export function createSnapshotKeeper(deps: SnapshotKeeperDeps): SnapshotKeeper {
  const build = createSnapshotBuilder(deps);
  const building = new Map<string, Promise<LoadedSnapshot>>();
  const built = new LRUCache<string, LoadedSnapshot>({ max: REMEMBERED });
  const rebuild = (request: SnapshotRequest) => {
    const key = rebuildKey(request);
    const running = building.get(key);
    if (running !== undefined) return running;
    const before = isSpoilt(request.moment) ? undefined : built.get(key);
    if (before !== undefined && isYoung(before, request, deps.clock.now())) return before;
    deps.onRebuild?.(request.customerId);
    const rebuilding = build(request)
      .then((snapshot) => {
        built.set(key, snapshot);
        return snapshot;
      })
      .finally(() => building.delete(key));
    building.set(key, rebuilding);
    return rebuilding;
  };
  return {
    current: async (request) => currentOf(request, deps.clock.now()) ?? rebuild(request),
    asOf: (request, at) => buildAsOf(request, at, deps),
  };
}

/** Stored but not readable: to remember it is not enough, it must be written again. */
function isSpoilt({ snapshot, snapshotWatermark }: Moment): boolean {
  return snapshot === null && snapshotWatermark !== null;
}

/** The stored snapshot when nothing it rests on has moved since; null when it must be rebuilt. */
function currentOf({ moment, release }: SnapshotRequest, now: Instant): LoadedSnapshot | null {
  const { snapshot, snapshotWatermark } = moment;
  if (snapshot === null || snapshotWatermark === null) return null;
  const stands =
    snapshotWatermark >= moment.watermark &&
    snapshot.snapshot.businessDate === moment.businessDate &&
    snapshot.snapshot.factsDigest === release.factsDigest &&
    snapshot.snapshot.ratesDigest === release.ratesDigest &&
    isYoung(snapshot, { moment }, now);
  return stands ? snapshot : null;
}

function isYoung(
  { snapshot }: LoadedSnapshot,
  { moment }: Pick<SnapshotRequest, 'moment'>,
  now: Instant,
): boolean {
  return snapshot.validUntil > bankTime(moment.businessDate, now);
}

/** All that a rebuild rests on: requests that agree in it share one. */
function rebuildKey({ customerId, moment, release }: SnapshotRequest): string {
  const { watermark, businessDate } = moment;
  return JSON.stringify([
    customerId,
    watermark,
    businessDate,
    release.factsDigest,
    release.ratesDigest,
  ]);
}

async function buildAsOf(
  { customerId, moment, release }: SnapshotRequest,
  { point, keep }: { readonly point: LookingPoint; readonly keep: boolean },
  { loaders, store, clock }: SnapshotKeeperDeps,
) {
  const { customer, addressKey, watermark } = moment;
  const history = await loaders().historyOf(customerId);
  const built = buildSnapshot(history, point, { release, addressKey });
  if (keep) {
    const bins = binsOf(built.sheet, release.body.facts);
    const builtAt = clock.now();
    await store.save([{ ...built, bins, customer, watermark, builtAt, current: false }]);
  }
  return { snapshot: built, history };
}
