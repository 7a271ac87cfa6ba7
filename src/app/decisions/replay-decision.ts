import { canonicalText } from '../../domain/canonical.ts';
import { type Decision, type DecisionInput, ENGINE_VERSION } from '../../domain/decision.ts';
import { addressOf, type Digest, digestOf } from '../../domain/digest.ts';
import type { Release } from '../../domain/release.ts';
import type { LoadedSnapshot } from '../../domain/snapshot.ts';
import { decide } from '../../engine/decide.ts';
import { loadRelease } from '../../engine/load-release.ts';
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

/** Decides a stored decision again; undefined when there is none of that id. */
export async function replayDecision(id: string, deps: ReplayDeps): Promise<Replay | undefined> {
  const stored = (await deps.log.findMany([id])).get(id);
  return stored === undefined ? undefined : replayStored(stored, deps);
}

/** Decides a decision again from its evidence and compares every byte. */
export async function replayStored(stored: StoredDecision, deps: ReplayDeps): Promise<Replay> {
  const { capsule } = stored;
  const base = { decisionId: stored.id, release: capsule.releaseDigest };
  const give = (cause: UnreplayableCause) =>
    ({ ...base, engineVersion: null, result: 'UNREPLAYABLE', cause }) as const;

  const release = await deps.releases.load(capsule.releaseDigest);
  if (release === undefined) return give('RELEASE_MISSING');
  const forests = await deps.releases.forestBytes(release.body.forests.map((f) => f.digest));
  if (release.body.forests.some((f) => !forests.has(f.digest))) return give('RELEASE_MISSING');
  const snapshot = await deps.snapshots.load(capsule.customer, capsule.snapshotAddress);
  const key = await keyOf(stored, deps);
  if (snapshot === undefined || key === undefined) return give('ERASED');
  const engineVersion = capsule.decision.engineVersion;
  const engine = await engineOf(engineVersion, deps);
  if (engine === undefined) return give('ENGINE_RETIRED');

  const altered = [
    ...alteredRelease(release, forests),
    ...alteredEvidence(stored, snapshot, key),
    ...decideAgain({ stored, release, forests, snapshot }, engine),
  ];
  if (altered.length === 0) return { ...base, engineVersion, result: 'IDENTICAL' };
  return { ...base, engineVersion, result: 'DIFFERENT', differences: altered };
}

async function keyOf(stored: StoredDecision, deps: ReplayDeps): Promise<Uint8Array | undefined> {
  const moments = await deps.moments.readMoments([stored.customerId]);
  return moments.get(stored.customerId)?.addressKey;
}

async function engineOf(version: number, deps: ReplayDeps): Promise<ArchivedEngine | undefined> {
  if (deps.engine === 'ARCHIVE' || version !== ENGINE_VERSION) return deps.engines.load(version);
  return {
    decide: (input, { body, digest, forests }) =>
      decide(input, loadCached(body, digest, forests)),
  };
}

/** Replaying all decisions loads each release once, not once a decision. */
let lastLoaded: { digest: Digest; loaded: ReturnType<typeof loadRelease> } | undefined;

function loadCached(...[body, digest, forests]: Parameters<typeof loadRelease>) {
  if (lastLoaded?.digest !== digest) {
    lastLoaded = { digest, loaded: loadRelease(body, digest, forests) };
  }
  return lastLoaded.loaded;
}

/** What of a stored release no longer has the digest that names it. */
function alteredRelease(
  release: Release,
  forests: ReadonlyMap<Digest, Uint8Array>,
): readonly string[] {
  const names = digestOf(release.body) === release.digest ? [] : ['/release'];
  return forests.size === release.body.forests.length ? names : [...names, '/release/forests'];
}

/** What of the stored evidence no longer has the address that names it. */
function alteredEvidence(
  stored: StoredDecision,
  { snapshot, sheet }: LoadedSnapshot,
  key: Uint8Array,
): readonly string[] {
  return [
    ...(addressOf(key, sheet) === snapshot.sheetAddress ? [] : ['/snapshot/sheet']),
    ...(addressOf(key, snapshot) === stored.capsule.snapshotAddress ? [] : ['/snapshot']),
  ];
}

interface Evidence {
  readonly stored: StoredDecision;
  readonly release: Release;
  readonly forests: ReadonlyMap<Digest, Uint8Array>;
  readonly snapshot: LoadedSnapshot;
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
