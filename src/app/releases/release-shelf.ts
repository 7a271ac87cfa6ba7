import { LRUCache } from 'lru-cache';
import { type Digest, digestOf } from '../../domain/digest.ts';
import type { ReleaseBody } from '../../domain/release.ts';
import { type LoadedRelease, loadRelease } from '../../engine/load-release.ts';
import type { ReleaseStore } from '../ports/release-store.ts';

/** A release loaded to decide with: the engine's form, and what edges show of it. */
export interface ActiveRelease {
  readonly digest: Digest;
  readonly body: ReleaseBody;
  readonly loaded: LoadedRelease;
  readonly factsDigest: Digest;
  readonly ratesDigest: Digest;
}

export interface ReleaseShelf {
  /** Loads a release once; undefined when no such release is stored. */
  take(digest: Digest): Promise<ActiveRelease | undefined>;
}

/** Keeps the last few releases loaded: the one in force, and those that audits replay. */
export function createReleaseShelf(store: ReleaseStore, capacity = 4): ReleaseShelf {
  const shelf = new LRUCache<Digest, Promise<ActiveRelease | undefined>>({ max: capacity });
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

async function load(digest: Digest, store: ReleaseStore): Promise<ActiveRelease | undefined> {
  const release = await store.load(digest);
  if (release === undefined) return undefined;
  const forests = await store.forestBytes(release.body.forests.map((forest) => forest.digest));
  return activate(digest, release.body, forests);
}

/** Brings a release's body and its forests' bytes into the form that decides. */
export function activate(
  digest: Digest,
  body: ReleaseBody,
  forests: ReadonlyMap<Digest, Uint8Array>,
): ActiveRelease {
  return {
    digest,
    body,
    loaded: loadRelease(body, digest, forests),
    factsDigest: digestOf(body.facts),
    ratesDigest: digestOf({ rates: body.rates, ageLimits: body.ageLimits }),
  };
}
