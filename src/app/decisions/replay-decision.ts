import { LRUCache } from 'lru-cache';
import { canonicalText } from '../../domain/canonical.ts';
import { type Decision, type DecisionInput, ENGINE_VERSION } from '../../domain/decision.ts';
import { addressOf, type Digest, digestBytes, digestOf } from '../../domain/digest.ts';
import type { Release } from '../../domain/release.ts';
import type { LoadedSnapshot } from '../../domain/snapshot.ts';
import { decide } from '../../engine/decide.ts';
import { type LoadedRelease, loadRelease } from '../../engine/load-release.ts';
import type { DecisionLog, StoredDecision } from '../ports/decision-log.ts';
import type { ArchivedEngine, EngineArchive } from '../ports/engine-archive.ts';
import type { MomentReader, SnapshotStore } from '../ports/moment.ts';
import type { ReleaseStore } from '../ports/release-store.ts';
import { differences } from './differences.ts';
import { loadEvidence } from './explain-decision.ts';
import type { LostEvidence } from './next-best-actions.ts';

/** What deciding again showed. */
export type Replay =
  | ReplayOf<'IDENTICAL'>
  | (ReplayOf<'DIFFERENT'> & { readonly differences: readonly string[] })
  | (ReplayOf<'UNREPLAYABLE'> & { readonly cause: UnreplayableCause });

export type UnreplayableCause = 'ENGINE_RETIRED' | 'RELEASE_MISSING' | LostEvidence;

interface ReplayOf<R extends string> {
  readonly decisionId: string;
  readonly result: R;
  readonly release: Digest;
  readonly engineVersion: number | null;
}

export interface ReplayDeps {
  readonly log: DecisionLog;
  readonly releases: ReleaseStore;
  readonly snapshots: SnapshotStore;
  readonly moments: MomentReader;
  readonly engines: EngineArchive;
  /** SOURCE decides with the running engine where the version is its own; ARCHIVE never does. */
  readonly engine?: 'SOURCE' | 'ARCHIVE';
}

/** Decides stored decisions again from their evidence and compares every byte. */
export interface Replayer {
  /** Undefined when there is no decision of that id. */
  replay(id: string): Promise<Replay | undefined>;
  replayStored(stored: StoredDecision): Promise<Replay>;
}

/** Decisions in a row mostly share their releases. */
const KEPT_RELEASES = 4;

/**
 * Makes a replayer for one sitting: it reads and checks each release once, for decisions in a row
 * share theirs. Make a new one for each question, or what is altered meanwhile goes unseen.
 */
export function createReplayer(deps: ReplayDeps): Replayer {
  const source = sourceEngine();
  const kept = new LRUCache<Digest, Promise<KeptRelease | undefined>>({ max: KEPT_RELEASES });
  const keep = (digest: Digest) => {
    const reading = kept.get(digest) ?? readRelease(digest, deps);
    kept.set(digest, reading);
    // A failure is not remembered: the next call reads again.
    reading.catch(() => kept.delete(digest));
    return reading;
  };
  const replayStored = async (stored: StoredDecision): Promise<Replay> => {
    const { capsule } = stored;
    const base = { decisionId: stored.id, release: capsule.releaseDigest };
    const evidence = await gather(stored, await keep(capsule.releaseDigest), deps);
    if (typeof evidence === 'string') {
      return { ...base, engineVersion: null, result: 'UNREPLAYABLE', cause: evidence };
    }
    const version = capsule.decision.engineVersion;
    const own = deps.engine !== 'ARCHIVE' && version === ENGINE_VERSION;
    const engine = own ? source : await deps.engines.load(version);
    if (engine === undefined) {
      return { ...base, engineVersion: null, result: 'UNREPLAYABLE', cause: 'ENGINE_RETIRED' };
    }
    const { altered } = evidence;
    // An altered release says nothing about the decision: it is named, and not decided under.
    const again = altered.length > 0 ? [] : decideAgain(evidence, engine);
    const found = [...altered, ...alteredEvidence(evidence), ...again];
    if (found.length === 0) return { ...base, engineVersion: version, result: 'IDENTICAL' };
    return { ...base, engineVersion: version, result: 'DIFFERENT', differences: found };
  };
  return {
    replayStored,
    async replay(id) {
      const stored = (await deps.log.findMany([id])).get(id);
      if (stored === undefined) return undefined;
      // Who asks for one looks at what is stored now, however long the service has been running.
      kept.delete(stored.capsule.releaseDigest);
      return replayStored(stored);
    },
  };
}

function sourceEngine(): ArchivedEngine {
  let last: { readonly digest: Digest; readonly loaded: LoadedRelease } | undefined;
  return {
    decide(input, { body, digest, forests }) {
      // Only what has its digest still is decided under, so the digest tells it.
      if (last?.digest !== digest) last = { digest, loaded: loadRelease(body, digest, forests) };
      return decide(input, last.loaded);
    },
  };
}

/** A stored release with its forests, and what of it no longer has the digest that names it. */
interface KeptRelease {
  readonly release: Release;
  readonly forests: ReadonlyMap<Digest, Uint8Array>;
  readonly altered: readonly string[];
}

async function readRelease(digest: Digest, deps: ReplayDeps): Promise<KeptRelease | undefined> {
  const release = await deps.releases.load(digest);
  if (release === undefined) return undefined;
  const names = release.body.forests.map((forest) => forest.digest);
  const forests = await deps.releases.forestBytes(names);
  if (names.some((name) => !forests.has(name))) return undefined;
  const named = digestOf(release.body) === digest;
  const whole = [...forests].every(([name, bytes]) => digestBytes(bytes) === name);
  const altered = [...(named ? [] : ['/release']), ...(whole ? [] : ['/release/forests'])];
  return { release, forests, altered };
}

interface Evidence extends KeptRelease {
  readonly stored: StoredDecision;
  readonly snapshot: LoadedSnapshot;
  readonly key: Uint8Array;
}

async function gather(
  stored: StoredDecision,
  kept: KeptRelease | undefined,
  deps: ReplayDeps,
): Promise<Evidence | 'RELEASE_MISSING' | LostEvidence> {
  if (kept === undefined) return 'RELEASE_MISSING';
  const snapshot = await loadEvidence(stored, deps.snapshots);
  if (typeof snapshot === 'string') return snapshot;
  const moment = (await deps.moments.readMoments([stored.customerId])).get(stored.customerId);
  if (moment === undefined) return 'ERASED';
  return { ...kept, stored, snapshot, key: moment.addressKey };
}

/** What of the stored evidence no longer has the address that names it. */
function alteredEvidence({ stored, snapshot, key }: Evidence): readonly string[] {
  const sheet = addressOf(key, snapshot.sheet) === snapshot.snapshot.sheetAddress;
  const whole = addressOf(key, snapshot.snapshot) === stored.capsule.snapshotAddress;
  return [...(sheet ? [] : ['/snapshot/sheet']), ...(whole ? [] : ['/snapshot'])];
}

function decideAgain(evidence: Evidence, engine: ArchivedEngine): readonly string[] {
  const { stored, snapshot, release, forests } = evidence;
  const input: DecisionInput = {
    snapshotAddress: stored.capsule.snapshotAddress,
    snapshot: snapshot.snapshot,
    sheet: snapshot.sheet,
    live: stored.capsule.live,
  };
  const again: Decision = engine.decide(input, {
    digest: stored.capsule.releaseDigest,
    body: release.body,
    forests,
  });
  const before = stored.capsule.decision;
  if (canonicalText(before) === canonicalText(again)) return [];
  return differences(before, again, '/decision');
}
