import type { Digest } from '../../domain/digest.ts';
import type { Result } from '../../domain/result.ts';
import type { RuleSetFiles } from '../../domain/rule-set.ts';
import type { ReleaseStore, ReleaseSummary, Stamp } from '../ports/release-store.ts';
import {
  type ActivationRefusal,
  activateRelease,
  type BuildRefusal,
  type BuiltRelease,
  buildRelease,
} from './build-release.ts';
import type { ReleaseShelf, ShelvedRelease } from './release-shelf.ts';

/** Releases, as commands and resolvers build, activate and show them. */
export interface Releases {
  readonly list: () => Promise<readonly ReleaseSummary[]>;
  /** The digest of the one in force; undefined before the first activation. */
  readonly active: () => Promise<Digest | undefined>;
  /** Undefined when none is stored that has this digest still. */
  readonly take: (digest: Digest) => Promise<ShelvedRelease | undefined>;
  /** The one in force, loaded. */
  readonly takeActive: () => Promise<ShelvedRelease | undefined>;
  readonly build: (
    ruleSet: RuleSetFiles,
    stamp: Stamp,
  ) => Promise<Result<BuiltRelease, BuildRefusal>>;
  readonly activate: (digest: Digest, stamp: Stamp) => Promise<Result<Digest, ActivationRefusal>>;
}

/** Makes releases of their store, by the shelf on which deciding keeps them loaded. */
export function createReleases(store: ReleaseStore, shelf: ReleaseShelf): Releases {
  return {
    list: () => store.list(),
    active: () => store.active(),
    take: (digest) => shelf.take(digest),
    takeActive: async () => {
      const digest = await store.active();
      return digest === undefined ? undefined : shelf.take(digest);
    },
    build: (ruleSet, stamp) => buildRelease(ruleSet, stamp, store),
    activate: (digest, stamp) => activateRelease(digest, stamp, store),
  };
}
