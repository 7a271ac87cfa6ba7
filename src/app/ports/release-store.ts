import type { Digest } from '../../domain/digest.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ForestEntry, Release } from '../../domain/release.ts';

/** Who keeps, builds or activates something, and when: stored beside it. */
export interface Stamp {
  readonly actor: string;
  readonly at: Instant;
}

/** A release without its body, as a list shows it. */
export interface ReleaseSummary {
  readonly digest: Digest;
  readonly ruleSet: string;
  readonly semver: string;
  readonly engineVersion: number;
  readonly builtAt: Instant;
  readonly builtBy: string;
  /** Newest first; the first without an end is in force. */
  readonly activations: readonly {
    readonly activatedAt: Instant;
    readonly activatedBy: string;
    readonly endedAt: Instant | null;
  }[];
}

/** Why a release or a forest was not taken: nothing of it was kept. */
export class ReleaseRefused extends Error {
  readonly code: 'UNKNOWN_RELEASE' | 'UNKNOWN_FOREST' | 'WRONG_DIGEST';
  readonly digest: Digest;

  constructor(code: ReleaseRefused['code'], digest: Digest) {
    super(REFUSALS[code].replace('{digest}', digest));
    this.name = 'ReleaseRefused';
    this.code = code;
    this.digest = digest;
  }
}

const REFUSALS: { readonly [C in ReleaseRefused['code']]: string } = {
  UNKNOWN_RELEASE: 'no release `{digest}` is stored: build it first',
  UNKNOWN_FOREST: 'no forest `{digest}` is stored: train it first',
  WRONG_DIGEST: 'the content is not what `{digest}` names: build it again',
};

/** A forest as it is kept: its entry, and the bytes its digest names. */
export interface KeptForest {
  readonly entry: ForestEntry;
  readonly bytes: Uint8Array;
}

/** Releases are immutable; exactly one is in force. */
export interface ReleaseStore {
  /** Stores a release, its forests' bytes and its codes; the same digest again changes nothing. */
  save(release: Release, stamp: Stamp): Promise<void>;
  /** ALTERED when what is stored no longer has this digest: that is not this release. */
  load(digest: Digest): Promise<Release | 'ALTERED' | undefined>;
  forestBytes(digests: readonly Digest[]): Promise<ReadonlyMap<Digest, Uint8Array>>;
  /** Ends the release in force and puts this one in force, in one transaction. */
  activate(digest: Digest, stamp: Stamp): Promise<void>;
  active(): Promise<Digest | undefined>;
  list(): Promise<readonly ReleaseSummary[]>;
  /** Keeps all of them or none. */
  saveForests(forests: readonly KeptForest[], stamp: Stamp): Promise<void>;
  /** The newest trained forest of each id. */
  latestForests(): Promise<readonly ForestEntry[]>;
}
