import type { Registry } from '../../src/adapters/postgres/registry/registry.ts';
import { createReleaseStore } from '../../src/adapters/postgres/registry/release-store.ts';
import { digestOf } from '../../src/domain/digest.ts';
import type { Release } from '../../src/domain/release.ts';
import { smallBody } from '../support/small-release.ts';

export const STAMP = { actor: 'analyst', at: '2026-11-24T08:00:00.000Z' };

/** A release without forests; its version makes it itself. */
export function sampleRelease(semver: string): Release {
  const small = smallBody();
  const body = { ...small, forests: [], ruleSet: { ...small.ruleSet, semver } };
  return { digest: digestOf(body), body };
}

/** Stores two releases and answers their digests. */
export async function giveReleases(registry: Registry): Promise<readonly [string, string]> {
  const store = createReleaseStore(registry);
  const releases = [sampleRelease('1.0.0'), sampleRelease('1.1.0')] as const;
  for (const release of releases) await store.save(release, STAMP);
  return [releases[0].digest, releases[1].digest];
}
