import { LRUCache } from 'lru-cache';
import type { BusinessDate } from '../../../domain/business-date.ts';
import { addressOf } from '../../../domain/digest.ts';
import { binsOf } from '../../../domain/fact-bins.ts';
import { endOfDay, type Instant } from '../../../domain/instant.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import { deriveFacts } from '../../../engine/features/derive-facts.ts';
import { knownAt } from '../../../engine/point-in-time/known-at.ts';
import { validUntil } from '../../../engine/point-in-time/next-change.ts';
import { snapshotOf } from '../../../engine/point-in-time/snapshot-of.ts';
import { bankTime, knownNow } from '../../customer360/bank-time.ts';
import type { CustomerLoaders } from '../../customer360/customer-loaders.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Moment, SnapshotStore } from '../../ports/moment.ts';
import type { ShelvedRelease } from '../../releases/release-shelf.ts';

/** One a process: it remembers what it built, so that callers share rebuilds. */
export interface SnapshotKeeper {
  /** The current snapshot, rebuilt first when anything it rests on has moved. */
  current(customer: SnapshotRequest): Promise<LoadedSnapshot>;
  /** A look back at what was known by the end of a day; stored only where it is to be kept. */
  asOf(
    customer: SnapshotRequest,
    at: { readonly date: BusinessDate; readonly keep: boolean },
  ): Promise<LoadedSnapshot>;
}

interface SnapshotRequest {
  readonly customerId: string;
  readonly moment: Moment;
  readonly release: ShelvedRelease;
}

interface SnapshotKeeperDeps {
  readonly store: SnapshotStore;
  readonly clock: Clock;
  readonly loaders: () => CustomerLoaders;
  readonly onRebuild?: (customerId: string) => void;
}

/** Whoever read the moment before a rebuild was stored and asks after it ended finds it here. */
const REMEMBERED = 1_000;

/** Keeps snapshots: fifty callers that find one stale wait for a single rebuild. */
export function createSnapshotKeeper(deps: SnapshotKeeperDeps): SnapshotKeeper {
  const building = new Map<string, Promise<LoadedSnapshot>>();
  const built = new LRUCache<string, LoadedSnapshot>({ max: REMEMBERED });
  const rebuild = (request: SnapshotRequest) => {
    const key = flightKey(request);
    const running = building.get(key);
    if (running !== undefined) return running;
    const before = isSpoilt(request.moment) ? undefined : built.get(key);
    if (before !== undefined && isYoung(before, request, deps.clock.now())) return before;
    deps.onRebuild?.(request.customerId);
    const flight = buildNow(request, deps)
      .then((snapshot) => {
        built.set(key, snapshot);
        return snapshot;
      })
      .finally(() => building.delete(key));
    building.set(key, flight);
    return flight;
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

/** The stored snapshot when nothing it rests on has moved since. */
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

function flightKey({ customerId, moment, release }: SnapshotRequest): string {
  const { watermark, businessDate } = moment;
  return JSON.stringify([
    customerId,
    watermark,
    businessDate,
    release.factsDigest,
    release.ratesDigest,
  ]);
}

function buildNow(request: SnapshotRequest, deps: SnapshotKeeperDeps): Promise<LoadedSnapshot> {
  const now = deps.clock.now();
  const { businessDate } = request.moment;
  return build(request, deps, {
    businessDate,
    knownAt: knownNow(businessDate, now),
    bankNow: bankTime(businessDate, now),
    store: 'AS_CURRENT',
  });
}

function buildAsOf(
  request: SnapshotRequest,
  { date, keep }: { readonly date: BusinessDate; readonly keep: boolean },
  deps: SnapshotKeeperDeps,
): Promise<LoadedSnapshot> {
  const end = endOfDay(date);
  return build(request, deps, {
    businessDate: date,
    knownAt: end,
    bankNow: end,
    store: keep ? 'AS_EVIDENCE' : 'NOT',
  });
}

interface BuildMoment {
  readonly businessDate: BusinessDate;
  readonly knownAt: Instant;
  readonly bankNow: Instant;
  readonly store: 'AS_CURRENT' | 'AS_EVIDENCE' | 'NOT';
}

async function build(
  { customerId, moment, release }: SnapshotRequest,
  deps: SnapshotKeeperDeps,
  at: BuildMoment,
): Promise<LoadedSnapshot> {
  const { facts, rates, ageLimits } = release.body;
  const history = await deps.loaders().historyOf(customerId);
  const view = knownAt(history, { ...at, ageLimits });
  const sheet = deriveFacts(view, facts, rates);
  const sheetAddress = addressOf(moment.addressKey, sheet);
  const snapshot = snapshotOf(view, {
    sheetAddress,
    factsDigest: release.factsDigest,
    ratesDigest: release.ratesDigest,
    validUntil: validUntil(view, ageLimits),
  });
  const address = addressOf(moment.addressKey, snapshot);
  if (at.store === 'NOT') return { address, snapshot, sheet };
  await deps.store.save({
    customer: moment.customer,
    address,
    snapshot,
    sheet,
    bins: binsOf(sheet, facts),
    watermark: moment.watermark,
    builtAt: deps.clock.now(),
    current: at.store === 'AS_CURRENT',
  });
  return { address, snapshot, sheet };
}
