import { LRUCache } from 'lru-cache';
import { PART_NAMES } from '../../../domain/customer360.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import { SHEET_PARTS } from '../../../engine/point-in-time/next-change.ts';
import { bankTime } from '../../customer360/bank-time.ts';
import type { Moment } from '../../ports/moment.ts';
import { type LookingPoint, lookingPoint } from './looking-point.ts';
import { createPatientBuilds, isWhole } from './patient-builds.ts';
import {
  type BuiltSnapshot,
  createSnapshotBuilder,
  type SnapshotBuilderDeps,
  type SnapshotOrder,
} from './snapshot-builder.ts';

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
  ): Promise<BuiltSnapshot>;
}

/** Whose snapshot, as of which moment, by which catalogue and rates. */
type SnapshotRequest = Pick<SnapshotOrder, 'customerId' | 'moment' | 'release'>;

interface SnapshotKeeperDeps extends SnapshotBuilderDeps {
  /** Of a source that may take its time: what a customer waits for is read by the others. */
  readonly patientLoaders?: SnapshotBuilderDeps['loaders'];
  readonly onRebuild?: (customerId: string) => void;
}

/**
 * Snapshots remembered for those who read their moment before a rebuild was stored, and ask for
 * the snapshot after it has ended.
 */
const REMEMBERED = 1_000;

/**
 * Makes the keeper. Callers that find the same snapshot stale wait for one rebuild; rebuilds of
 * several customers that begin together share their statements. Where a part was not read in time,
 * who waits decides without it, and it is read with patience for those who come after.
 */
export function createSnapshotKeeper(deps: SnapshotKeeperDeps): SnapshotKeeper {
  const build = createSnapshotBuilder(deps);
  const building = new Map<string, Promise<LoadedSnapshot>>();
  const built = new LRUCache<string, LoadedSnapshot>({ max: REMEMBERED });
  const patient = createPatientBuilds({
    build: createSnapshotBuilder({ ...deps, loaders: deps.patientLoaders ?? deps.loaders }),
    onBuilt: (key, snapshot) => void built.set(key, snapshot),
    clock: deps.clock,
  });
  const rebuild = (request: SnapshotRequest) => {
    const key = rebuildKey(request);
    const running = building.get(key);
    if (running !== undefined) return running;
    const before = isSpoilt(request.moment) ? undefined : built.get(key);
    if (before !== undefined && isYoung(before, request, deps.clock.now())) return before;
    deps.onRebuild?.(request.customerId);
    const { businessDate: today } = request.moment;
    const point = lookingPoint(today, { today, now: deps.clock.now() });
    const order = { ...request, point, parts: SHEET_PARTS, store: 'CURRENT' } as const;
    const rebuilding = build(order)
      .then(({ snapshot }) => {
        if (isWhole(snapshot)) built.set(key, snapshot);
        else if (deps.patientLoaders !== undefined) patient.begin(key, order);
        return snapshot;
      })
      .finally(() => building.delete(key));
    building.set(key, rebuilding);
    return rebuilding;
  };
  return {
    current: async (request) => currentOf(request, deps.clock.now()) ?? rebuild(request),
    asOf: (request, { point, keep }) =>
      build({ ...request, point, parts: PART_NAMES, store: keep ? 'EVIDENCE' : 'NOT' }),
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
