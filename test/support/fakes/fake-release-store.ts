import {
  type KeptForest,
  ReleaseRefused,
  type ReleaseStore,
  type ReleaseSummary,
  type Stamp,
} from '../../../src/app/ports/release-store.ts';
import { type Digest, digestBytes, digestOf } from '../../../src/domain/digest.ts';
import type { Release } from '../../../src/domain/release.ts';

/** Releases and forests in memory, held to the same contract as the real ones. */
export function fakeReleaseStore(): ReleaseStore {
  const memory: Memory = { releases: new Map(), activations: [], forests: [] };
  return {
    save: async (release, stamp) => save(memory, release, stamp),
    load: async (digest) => memory.releases.get(digest)?.release,
    forestBytes: async (digests) =>
      new Map(
        memory.forests.flatMap(({ entry, bytes }) =>
          digests.includes(entry.digest) ? [[entry.digest, bytes] as const] : [],
        ),
      ),
    activate: async (digest, stamp) => activate(memory, digest, stamp),
    active: async () => memory.activations.find(({ endedAt }) => endedAt === null)?.digest,
    list: async () => [...memory.releases.values()].toReversed().map((one) => told(memory, one)),
    saveForests: async (forests, stamp) => saveForests(memory, forests, stamp),
    latestForests: async () => latestForests(memory),
  };
}

interface Built {
  readonly release: Release;
  readonly stamp: Stamp;
}

interface Activation {
  readonly digest: Digest;
  readonly stamp: Stamp;
  endedAt: string | null;
}

interface Memory {
  readonly releases: Map<Digest, Built>;
  /** Oldest first. */
  readonly activations: Activation[];
  readonly forests: (KeptForest & { readonly stamp: Stamp })[];
}

function save({ releases, forests }: Memory, release: Release, stamp: Stamp): void {
  const { digest, body } = release;
  if (digestOf(body) !== digest) throw new ReleaseRefused('WRONG_DIGEST', digest);
  for (const wanted of body.forests) {
    if (forests.some(({ entry }) => entry.digest === wanted.digest)) continue;
    throw new ReleaseRefused('UNKNOWN_FOREST', wanted.digest);
  }
  if (!releases.has(digest)) releases.set(digest, { release, stamp });
}

function activate({ releases, activations }: Memory, digest: Digest, stamp: Stamp): void {
  if (!releases.has(digest)) throw new ReleaseRefused('UNKNOWN_RELEASE', digest);
  const current = activations.find(({ endedAt }) => endedAt === null);
  if (current?.digest === digest) return;
  if (current !== undefined) current.endedAt = stamp.at;
  activations.push({ digest, stamp, endedAt: null });
}

function told({ activations }: Memory, { release, stamp }: Built): ReleaseSummary {
  const { digest, body } = release;
  const own = activations.filter((one) => one.digest === digest).toReversed();
  return {
    digest,
    ruleSet: body.ruleSet.name,
    semver: body.ruleSet.semver,
    engineVersion: body.engineVersion,
    builtAt: stamp.at,
    builtBy: stamp.actor,
    activations: own.map((one) => {
      return { activatedAt: one.stamp.at, activatedBy: one.stamp.actor, endedAt: one.endedAt };
    }),
  };
}

function saveForests({ forests }: Memory, given: readonly KeptForest[], stamp: Stamp): void {
  const spoilt = given.find(({ entry, bytes }) => digestBytes(bytes) !== entry.digest);
  if (spoilt !== undefined) throw new ReleaseRefused('WRONG_DIGEST', spoilt.entry.digest);
  for (const { entry, bytes } of given) {
    const isKept = forests.some((one) => one.entry.id === entry.id && one.stamp.at === stamp.at);
    if (!isKept) forests.push({ entry, bytes, stamp });
  }
}

function latestForests({ forests }: Memory) {
  const byTime = forests.toSorted((a, b) => (a.stamp.at < b.stamp.at ? -1 : 1));
  const latest = new Map(byTime.map(({ entry }) => [entry.id, entry]));
  return [...latest.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
