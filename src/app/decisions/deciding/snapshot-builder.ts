import { setImmediate } from 'node:timers/promises';
import DataLoader from 'dataloader';
import type { CustomerHistory, PartName } from '../../../domain/customer360.ts';
import { binsOf } from '../../../domain/fact-bins.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import type { CustomerLoaders } from '../../customer360/customer-loaders.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Moment, SnapshotStore, SnapshotToStore } from '../../ports/moment.ts';
import { Outage } from '../../ports/outage.ts';
import type { ShelvedRelease } from '../../releases/release-shelf.ts';
import { buildSnapshot } from './build-snapshot.ts';
import type { LookingPoint } from './looking-point.ts';

/** What building snapshots takes. */
export interface SnapshotBuilderDeps {
  readonly store: SnapshotStore;
  readonly clock: Clock;
  /** Makes a fresh set of loaders: one that has read remembers what it read. */
  readonly loaders: () => CustomerLoaders;
}

/** Whose snapshot is built, as of which point, and what becomes of it. */
export interface SnapshotOrder {
  readonly customerId: string;
  readonly moment: Moment;
  readonly release: ShelvedRelease;
  readonly point: LookingPoint;
  /** What is read of the customer's history; facts come from `SHEET_PARTS` alone. */
  readonly parts: readonly PartName[];
  /** EVIDENCE is found by its address alone; CURRENT is served to whoever asks next, too. */
  readonly store: 'CURRENT' | 'EVIDENCE' | 'NOT';
}

/** A snapshot and the history that it was built from, in the parts that were ordered. */
export interface BuiltSnapshot {
  readonly snapshot: LoadedSnapshot;
  readonly history: CustomerHistory;
}

/**
 * Customers built by one set of statements. More of them would make a statement that may not end
 * before its time is up, which would fail them all.
 */
const MOST_TOGETHER = 25;

/**
 * Builds snapshots and stores them as ordered. Those ordered in one turn of the event loop are
 * read by one set of loaders and stored by one statement; no order waits for another turn.
 */
export function createSnapshotBuilder(
  deps: SnapshotBuilderDeps,
): (order: SnapshotOrder) => Promise<BuiltSnapshot> {
  const orders = new DataLoader<SnapshotOrder, BuiltSnapshot>((some) => buildAll(some, deps), {
    cache: false,
    maxBatchSize: MOST_TOGETHER,
  });
  return (order) => orders.load(order);
}

/** Each order is answered by its snapshot, or by what failed it alone. */
async function buildAll(
  orders: readonly SnapshotOrder[],
  deps: SnapshotBuilderDeps,
): Promise<readonly (BuiltSnapshot | Error)[]> {
  const loaders = deps.loaders();
  const read = await Promise.allSettled(
    orders.map(({ customerId, parts }) => loaders.historyOf(customerId, parts)),
  );
  const built: (BuiltSnapshot | Error)[] = [];
  for (const [i, order] of orders.entries()) {
    built.push(buildOne(order, read[i]));
    // Deriving takes milliseconds: between two customers, whoever waits gets a turn.
    if (i + 1 < orders.length) await setImmediate();
  }
  const failures = await storeAll(orders, built, deps);
  return built.map((one, i) => failures.get(i) ?? one);
}

function buildOne(
  { moment, release, point }: SnapshotOrder,
  read: PromiseSettledResult<CustomerHistory> | undefined,
): BuiltSnapshot | Error {
  if (read?.status !== 'fulfilled') return errorOf(read?.reason);
  try {
    const by = { release, addressKey: moment.addressKey };
    return { snapshot: buildSnapshot(read.value, point, by), history: read.value };
  } catch (error) {
    return errorOf(error);
  }
}

/** Answers with what failed, by its place. */
async function storeAll(
  orders: readonly SnapshotOrder[],
  built: readonly (BuiltSnapshot | Error)[],
  { store, clock }: SnapshotBuilderDeps,
): Promise<ReadonlyMap<number, Error>> {
  const builtAt = clock.now();
  const rows = new Map<number, SnapshotToStore>();
  for (const [i, order] of orders.entries()) {
    const one = built[i];
    if (one === undefined || one instanceof Error || order.store === 'NOT') continue;
    const { customer, watermark } = order.moment;
    const current = order.store === 'CURRENT';
    const bins = binsOf(one.snapshot.sheet, order.release.body.facts);
    rows.set(i, { ...one.snapshot, bins, customer, watermark, builtAt, current });
  }
  return rows.size === 0 ? new Map() : saveAll(rows, store);
}

/** Saves all at once; where that is refused, each alone, so that one fails no other. */
async function saveAll(
  rows: ReadonlyMap<number, SnapshotToStore>,
  store: SnapshotStore,
): Promise<ReadonlyMap<number, Error>> {
  const failures = new Map<number, Error>();
  try {
    await store.save([...rows.values()]);
  } catch (error) {
    const isHopeless = error instanceof Outage || rows.size === 1;
    for (const [i, row] of rows) {
      if (isHopeless) failures.set(i, errorOf(error));
      else await store.save([row]).catch((refused) => failures.set(i, errorOf(refused)));
    }
  }
  return failures;
}

function errorOf(reason: unknown): Error {
  if (reason instanceof Error) return reason;
  return new Error('a snapshot was not built', { cause: reason });
}
