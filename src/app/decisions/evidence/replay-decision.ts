import { LRUCache } from 'lru-cache';
import { canonicalText } from '../../../domain/canonical.ts';
import { type Decision, decisionInput, ENGINE_VERSION } from '../../../domain/decision.ts';
import { type Digest, digestBytes } from '../../../domain/digest.ts';
import type { Release } from '../../../domain/release.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import { type LoadedRelease, loadRelease } from '../../../engine/load-release.ts';
import type {
  DecisionLog,
  DecisionOnRecord,
  StoredDecision,
  UnreadableDecision,
} from '../../ports/decision-log.ts';
import type { ArchivedEngine, EngineArchive } from '../../ports/engine-archive.ts';
import type { MomentReader, SnapshotStore } from '../../ports/moment.ts';
import type { ReleaseStore } from '../../ports/release-store.ts';
import type { ReleaseShelf } from '../../releases/release-shelf.ts';
import { isAddressOf } from '../deciding/capsule-address.ts';
import { decideMany } from '../deciding/decide-many.ts';
import type { LostEvidence } from './decision-evidence.ts';
import { differences } from './differences.ts';
import { loadEvidence } from './gather-evidence.ts';

/** What deciding again showed. */
export type Replay =
  | ReplayOf<'IDENTICAL'>
  | (ReplayOf<'DIFFERENT'> & { readonly differences: readonly string[] })
  | (ReplayOf<'UNREPLAYABLE'> & { readonly cause: UnreplayableCause });

/**
 * RELEASE_ALTERED: rules or forests are no longer what their digests name, and so say nothing of
 * the decision.
 */
type UnreplayableCause = 'ENGINE_RETIRED' | LostRelease | LostEvidence;

type LostRelease = 'RELEASE_MISSING' | 'RELEASE_ALTERED';

interface ReplayOf<R extends string> {
  readonly decisionId: string;
  readonly result: R;
  readonly release: Digest;
  readonly engineVersion: number | null;
}

interface ReplayDeps {
  readonly log: DecisionLog;
  readonly releaseStore: ReleaseStore;
  readonly snapshotStore: SnapshotStore;
  readonly moments: MomentReader;
  readonly engines: EngineArchive;
  /** Where a release is loaded already, it need not be loaded again: a digest names one alone. */
  readonly releaseShelf?: ReleaseShelf;
  /** SOURCE decides with the running engine where the version is its own; ARCHIVE never does. */
  readonly engine?: 'SOURCE' | 'ARCHIVE';
}

/** Decides stored decisions again from their evidence and compares every byte. */
export interface Replayer {
  /** Undefined when there is no decision of that id. */
  replay(id: string): Promise<Replay | undefined>;
  replayStored(stored: DecisionOnRecord): Promise<Replay>;
}

/** Decisions in a row mostly share their releases. */
const KEPT_RELEASES = 4;

/**
 * Makes a replayer for one sitting: it reads and checks each release once, for decisions in a row
 * share theirs. Make a new one for each question, or what is altered meanwhile goes unseen.
 */
export function createReplayer(deps: ReplayDeps): Replayer {
  const kept = new LRUCache<Digest, Promise<KeptRelease | LostRelease>>({ max: KEPT_RELEASES });
  const sources = new LRUCache<Digest, ArchivedEngine>({ max: KEPT_RELEASES });
  const sourceOf = async (digest: Digest) => {
    const known = sources.get(digest);
    if (known !== undefined) return known;
    const engine = sourceEngine((await deps.releaseShelf?.take(digest))?.loaded);
    sources.set(digest, engine);
    return engine;
  };
  const keep = (digest: Digest) => {
    const reading = kept.get(digest) ?? readRelease(digest, deps);
    kept.set(digest, reading);
    // A failure is not remembered: the next call reads again.
    reading.catch(() => kept.delete(digest));
    return reading;
  };
  const replayReadable = async (stored: StoredDecision): Promise<Replay> => {
    const { capsule } = stored;
    const { releaseDigest: release } = capsule;
    const version = capsule.decision.engineVersion;
    const base = { decisionId: stored.id, release, engineVersion: version };
    const key = await keyOf(stored, deps);
    // Whatever else an altered capsule names may be made up: that it is altered comes first.
    const forged = key === undefined ? [] : alteredCapsule(stored, key);
    const cannot = (cause: UnreplayableCause): Replay =>
      forged.length > 0
        ? { ...base, engineVersion: null, result: 'DIFFERENT', differences: forged }
        : { ...base, engineVersion: null, result: 'UNREPLAYABLE', cause };
    const kept = await keep(release);
    if (typeof kept === 'string') return cannot(kept);
    const snapshot = await loadEvidence(stored, deps.snapshotStore);
    if (typeof snapshot === 'string') return cannot(snapshot);
    if (key === undefined) return cannot('ERASED');
    const own = deps.engine !== 'ARCHIVE' && version === ENGINE_VERSION;
    const engine = own ? await sourceOf(release) : await deps.engines.load(version);
    if (engine === undefined) return cannot('ENGINE_RETIRED');
    const evidence: Evidence = { ...kept, stored, snapshot };
    const altered = [...forged, ...alteredFacts(evidence, key)];
    const found = [...altered, ...againstEngine(evidence, altered, engine)];
    if (found.length === 0) return { ...base, result: 'IDENTICAL' };
    return { ...base, result: 'DIFFERENT', differences: found };
  };
  const replayStored: Replayer['replayStored'] = async (stored) =>
    stored.capsule === null ? unreadable(stored) : replayReadable(stored);
  return {
    replayStored,
    async replay(id) {
      const stored = (await deps.log.findMany([id])).get(id);
      if (stored === undefined) return undefined;
      // Who asks for one looks at what is stored now, however long the service has been running.
      if (stored.capsule !== null) kept.delete(stored.capsule.releaseDigest);
      return replayStored(stored);
    },
  };
}

function unreadable({ id, releaseDigest }: UnreadableDecision): Replay {
  const base = { decisionId: id, release: releaseDigest, engineVersion: null };
  return { ...base, result: 'UNREPLAYABLE', cause: 'UNREADABLE' };
}

/** INVARIANT: it decides under the one release whose digest it was made for, loaded or not. */
function sourceEngine(shelved: LoadedRelease | undefined): ArchivedEngine {
  let loaded = shelved;
  return {
    decide({ snapshotAddress: address, snapshot, sheet, live }, { body, digest, forests }) {
      loaded ??= loadRelease(body, digest, forests);
      // A stored live state holds both what was asked and what was known.
      const question = { ...live, customerId: '' };
      const known = { ...live, live, snapshot: { address, snapshot, sheet } };
      const [again] = decideMany([question], new Map([['', known]]), loaded);
      if (again === undefined) throw new Error('a stored question was left undecided');
      return again.decision;
    },
  };
}

/** A stored release with its forests, all of which have the digests that name them. */
interface KeptRelease {
  readonly release: Release;
  readonly forests: ReadonlyMap<Digest, Uint8Array>;
}

async function readRelease(digest: Digest, deps: ReplayDeps): Promise<KeptRelease | LostRelease> {
  const release = await deps.releaseStore.load(digest);
  if (release === undefined) return 'RELEASE_MISSING';
  if (release === 'ALTERED') return 'RELEASE_ALTERED';
  const names = release.body.forests.map((forest) => forest.digest);
  const forests = await deps.releaseStore.forestBytes(names);
  if (names.some((name) => !forests.has(name))) return 'RELEASE_MISSING';
  const whole = [...forests].every(([name, bytes]) => digestBytes(bytes) === name);
  return whole ? { release, forests } : 'RELEASE_ALTERED';
}

interface Evidence extends KeptRelease {
  readonly stored: StoredDecision;
  readonly snapshot: LoadedSnapshot;
}

/** The customer's key; undefined once it is destroyed. */
async function keyOf(
  { customerId }: StoredDecision,
  { moments }: ReplayDeps,
): Promise<Uint8Array | undefined> {
  return (await moments.readMoments([customerId])).get(customerId)?.addressKey;
}

/** Nothing, unless the capsule, or who asked for it, is no longer what its address names. */
function alteredCapsule(stored: StoredDecision, key: Uint8Array): readonly string[] {
  const { caller, capsule } = stored;
  return isAddressOf(stored.capsuleAddress, key, { caller, capsule }) ? [] : ['/capsule'];
}

/** What of the stored facts no longer has the address that names it. */
function alteredFacts({ stored, snapshot }: Evidence, key: Uint8Array): readonly string[] {
  const whole = isAddressOf(stored.capsule.snapshotAddress, key, snapshot.snapshot);
  // An altered snapshot may name any sheet, or none.
  if (!whole) return ['/snapshot'];
  const sheet = isAddressOf(snapshot.snapshot.sheetAddress, key, snapshot.sheet);
  return sheet ? [] : ['/snapshot/sheet'];
}

/**
 * What the engine makes otherwise. Altered evidence is decided on to show where it leads, but may
 * be no evidence at all: then its alteration is all there is to tell.
 */
function againstEngine(
  evidence: Evidence,
  altered: readonly string[],
  engine: ArchivedEngine,
): readonly string[] {
  if (altered.length === 0) return decideAgain(evidence, engine);
  try {
    return decideAgain(evidence, engine);
  } catch {
    return [];
  }
}

function decideAgain(evidence: Evidence, engine: ArchivedEngine): readonly string[] {
  const { stored, snapshot, release, forests } = evidence;
  const { live, releaseDigest: digest, decision: before } = stored.capsule;
  const again: Decision = engine.decide(decisionInput(snapshot, live), {
    digest,
    body: release.body,
    forests,
  });
  if (canonicalText(before) === canonicalText(again)) return [];
  return differences(before, again, '/decision');
}
