import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BuiltSnapshot, SnapshotOrder } from './snapshot-builder.ts';

/** Builds beside the requests what could not be read as soon as they are answered. */
export interface PatientBuilds {
  /** Begins to build, unless that is under way, was tried a moment ago, or too much is. */
  begin(key: string, order: SnapshotOrder): void;
}

/** How a snapshot is built with patience, and who is given one that is whole. */
interface PatientBuildsDeps {
  readonly build: (order: SnapshotOrder) => Promise<BuiltSnapshot>;
  readonly onBuilt: (key: string, snapshot: LoadedSnapshot) => void;
  readonly clock: Clock;
}

/** Customers whose history is large are few; more at once only make each other late. */
const MOST_AT_ONCE = 2;
/** One more is left to whoever asks for it again. */
const MOST_WAITING = 100;
/** A source that is down, and not slow, is not asked again by every decision. */
const TRIED_EVERY_MS = 30_000;
/** Tries that are remembered. */
const REMEMBERED = 1_000;

/** True where no part was lost to a source that did not answer in time. */
export function isWhole({ snapshot }: LoadedSnapshot): boolean {
  return !Object.values(snapshot.sources).some(
    (source) => 'failed' in source && source.failed === 'SOURCE_DOWN',
  );
}

/** One a process. A build that fails is tried again by whoever finds the snapshot stale. */
export function createPatientBuilds(deps: PatientBuildsDeps): PatientBuilds {
  const triedMs = new Map<string, number>();
  const waiting = new Map<string, SnapshotOrder>();
  let running = 0;
  const run = async () => {
    running += 1;
    for (const [key, order] of waiting) {
      waiting.delete(key);
      await buildOne(key, order, deps);
    }
    running -= 1;
  };
  return {
    begin(key, order) {
      const nowMs = Date.parse(deps.clock.now());
      const isTried = nowMs - (triedMs.get(key) ?? Number.NEGATIVE_INFINITY) < TRIED_EVERY_MS;
      if (isTried || waiting.size >= MOST_WAITING) return;
      if (triedMs.size >= REMEMBERED) triedMs.clear();
      triedMs.set(key, nowMs);
      waiting.set(key, order);
      if (running < MOST_AT_ONCE) void run();
    },
  };
}

async function buildOne(key: string, order: SnapshotOrder, deps: PatientBuildsDeps) {
  try {
    const { snapshot } = await deps.build(order);
    if (isWhole(snapshot)) deps.onBuilt(key, snapshot);
  } catch {
    // Nobody waits for it: who asked was answered without, and was told so.
  }
}
