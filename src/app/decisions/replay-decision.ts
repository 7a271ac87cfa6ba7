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

/** What deciding again showed. */
export type Replay =
  | ReplayOf<'IDENTICAL'>
  | (ReplayOf<'DIFFERENT'> & { readonly differences: readonly string[] })
  | (ReplayOf<'UNREPLAYABLE'> & { readonly cause: UnreplayableCause });

export type UnreplayableCause = 'ENGINE_RETIRED' | 'ERASED' | 'RELEASE_MISSING';

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

/** Makes a replayer; it keeps the release it loaded last, for decisions in a row share theirs. */
export function createReplayer(deps: ReplayDeps): Replayer {
  const source = sourceEngine();
  const replayStored = async (stored: StoredDecision): Promise<Replay> => {
    const { capsule } = stored;
    const base = { decisionId: stored.id, release: capsule.releaseDigest };
    const evidence = await gather(stored, deps);
    if (typeof evidence === 'string') {
      return { ...base, engineVersion: null, result: 'UNREPLAYABLE', cause: evidence };
    }
    const version = capsule.decision.engineVersion;
    const own = deps.engine !== 'ARCHIVE' && version === ENGINE_VERSION;
    const engine = own ? source : await deps.engines.load(version);
    if (engine === undefined) {
      return { ...base, engineVersion: null, result: 'UNREPLAYABLE', cause: 'ENGINE_RETIRED' };
    }
    const altered = alteredRelease(evidence);
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
      return stored === undefined ? undefined : replayStored(stored);
    },
  };
}

function sourceEngine(): ArchivedEngine {
  let last: { readonly body: Release['body']; readonly loaded: LoadedRelease } | undefined;
  return {
    decide(input, { body, digest, forests }) {
      if (last?.body !== body) last = { body, loaded: loadRelease(body, digest, forests) };
      return decide(input, last.loaded);
    },
  };
}

interface Evidence {
  readonly stored: StoredDecision;
  readonly release: Release;
  readonly forests: ReadonlyMap<Digest, Uint8Array>;
  readonly snapshot: LoadedSnapshot;
  readonly key: Uint8Array;
}

async function gather(
  stored: StoredDecision,
  deps: ReplayDeps,
): Promise<Evidence | 'RELEASE_MISSING' | 'ERASED'> {
  const { capsule } = stored;
  const release = await deps.releases.load(capsule.releaseDigest);
  if (release === undefined) return 'RELEASE_MISSING';
  const forests = await deps.releases.forestBytes(release.body.forests.map((f) => f.digest));
  if (release.body.forests.some((f) => !forests.has(f.digest))) return 'RELEASE_MISSING';
  const snapshot = await deps.snapshots.load(capsule.customer, capsule.snapshotAddress);
  const moment = (await deps.moments.readMoments([stored.customerId])).get(stored.customerId);
  if (snapshot === undefined || moment === undefined) return 'ERASED';
  return { stored, release, forests, snapshot, key: moment.addressKey };
}

/** What of a stored release no longer has the digest that names it. */
function alteredRelease({ stored, release, forests }: Evidence): readonly string[] {
  const named = digestOf(release.body) === stored.capsule.releaseDigest;
  const whole = release.body.forests.every(({ digest }) => {
    const bytes = forests.get(digest);
    return bytes !== undefined && digestBytes(bytes) === digest;
  });
  return [...(named ? [] : ['/release']), ...(whole ? [] : ['/release/forests'])];
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
