import { LRUCache } from 'lru-cache';
import { ENGINE_VERSION } from '../../domain/decision.ts';
import { type Digest, digestOf } from '../../domain/digest.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import { DERIVATION_VERSION } from '../../engine/features/derive-facts.ts';
import { type LoadedRelease, loadRelease } from '../../engine/load-release.ts';
import type { ReleaseStore } from '../ports/release-store.ts';

/** A stored release, for edges to show of it and of what was decided under it. */
export interface ShelvedRelease {
  readonly digest: Digest;
  readonly body: ReleaseBody;
  /** The engine's form; undefined where it is for another engine, which replay alone runs. */
  readonly loaded: LoadedRelease | undefined;
  readonly factsDigest: Digest;
  readonly ratesDigest: Digest;
}

/** A release that this engine decides under. */
export interface DecidableRelease extends ShelvedRelease {
  readonly loaded: LoadedRelease;
}

/** Whether this engine decides under it; another program may have put it in force. */
export function isDecidable(release: ShelvedRelease): release is DecidableRelease {
  return release.loaded !== undefined;
}

/** Loaded releases by digest; whoever asks while one loads waits for the same loading. */
export interface ReleaseShelf {
  /** Loads a release once; undefined when none is stored that has this digest still. */
  take(digest: Digest): Promise<ShelvedRelease | undefined>;
}

/** Keeps the last few releases loaded: the one in force, and those that audits replay. */
export function createReleaseShelf(store: ReleaseStore, capacity = 4): ReleaseShelf {
  const shelf = new LRUCache<Digest, Promise<ShelvedRelease | undefined>>({ max: capacity });
  return {
    take(digest) {
      const known = shelf.get(digest);
      if (known !== undefined) return known;
      const loading = load(digest, store);
      shelf.set(digest, loading);
      // A failure or an absence is not remembered: the next call looks again.
      loading.then(
        (release) => release === undefined && shelf.delete(digest),
        () => shelf.delete(digest),
      );
      return loading;
    },
  };
}

async function load(digest: Digest, store: ReleaseStore): Promise<ShelvedRelease | undefined> {
  const release = await store.load(digest);
  if (release === undefined || release === 'ALTERED') return undefined;
  if (release.body.engineVersion !== ENGINE_VERSION) {
    return { ...namesOf(digest, release.body), loaded: undefined };
  }
  const forests = await store.forestBytes(release.body.forests.map((forest) => forest.digest));
  return makeDecidable(digest, release.body, forests);
}

/** Loads a body with its forests' bytes into the engine's form; throws what does not fit. */
export function makeDecidable(
  digest: Digest,
  body: ReleaseBody,
  forests: ReadonlyMap<Digest, Uint8Array>,
): DecidableRelease {
  return { ...namesOf(digest, body), loaded: loadRelease(body, digest, forests) };
}

function namesOf(digest: Digest, body: ReleaseBody): Omit<ShelvedRelease, 'loaded'> {
  return { digest, body, ...digestsOf(body) };
}

/**
 * What a fact sheet hangs on besides the customer: the catalogue; rates, age limits and the way in
 * which facts are derived, which a new program may change under a release that stays.
 */
export function digestsOf({
  facts,
  rates,
  ageLimits,
}: Pick<ReleaseBody, 'facts' | 'rates' | 'ageLimits'>): Pick<
  ShelvedRelease,
  'factsDigest' | 'ratesDigest'
> {
  return {
    factsDigest: digestOf(facts),
    ratesDigest: digestOf({ rates, ageLimits, derivation: DERIVATION_VERSION }),
  };
}
