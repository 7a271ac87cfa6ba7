import type { EntityManager } from '@mikro-orm/postgresql';
import {
  ReleaseRefused,
  type ReleaseStore,
  type Stamp,
} from '../../../app/ports/release-store.ts';
import { canonicalText } from '../../../domain/canonical.ts';
import { type Digest, digestBytes } from '../../../domain/digest.ts';
import type { ForestEntry, Release, ReleaseBody } from '../../../domain/release.ts';
import { LOCKS } from '../connection/locks.ts';
import { ActivationEntity, ArtifactEntity, ReleaseEntity } from './entities.ts';
import { latestForests, saveForest } from './forest-rows.ts';
import type { Registry } from './registry.ts';
import { listReleases } from './release-list.ts';

/** Releases by digest, their forests' bytes, and which one is in force. */
export function createReleaseStore(registry: Registry): ReleaseStore {
  return {
    save: (release, stamp) => registry.write((em) => save(em, release, stamp)),
    load: (digest) => registry.read((em) => load(em, digest)),
    forestBytes: (digests) => registry.read((em) => forestBytes(em, digests)),
    activate: (digest, stamp) => registry.write((em) => activate(em, digest, stamp)),
    active: () => registry.read(async (em) => (await inForce(em))?.digest),
    list: () => registry.read(listReleases),
    saveForests: (forests, stamp) =>
      registry.write(async (em) => {
        for (const forest of forests) await saveForest(em, forest, stamp);
      }),
    latestForests: () => registry.read(latestForests),
  };
}

async function save(em: EntityManager, release: Release, stamp: Stamp): Promise<void> {
  const { digest, body } = release;
  const text = canonicalText(body);
  if (digestBytes(text) !== digest) throw new ReleaseRefused('WRONG_DIGEST', digest);
  await refuseUnknownForests(em, body.forests);
  await em.upsert(
    ReleaseEntity,
    {
      digest,
      engineVersion: body.engineVersion,
      ruleSet: body.ruleSet.name,
      semver: body.ruleSet.semver,
      body: text,
      builtAt: new Date(stamp.at),
      builtBy: stamp.actor,
    },
    { onConflictFields: ['digest'], onConflictAction: 'ignore' },
  );
}

async function refuseUnknownForests(
  em: EntityManager,
  forests: readonly ForestEntry[],
): Promise<void> {
  const digests = forests.map(({ digest }) => digest);
  const stored = await em.find(
    ArtifactEntity,
    { digest: { $in: digests } },
    { fields: ['digest'] },
  );
  const there = new Set(stored.map(({ digest }) => digest));
  const unknown = digests.find((digest) => !there.has(digest));
  if (unknown !== undefined) throw new ReleaseRefused('UNKNOWN_FOREST', unknown);
}

async function load(em: EntityManager, digest: Digest): Promise<Release | 'ALTERED' | undefined> {
  const row = await em.findOne(ReleaseEntity, { digest }, { fields: ['body'] });
  if (row === null) return undefined;
  const text = row.body;
  if (digestBytes(text) !== digest) return 'ALTERED';
  return { digest, body: JSON.parse(text) as ReleaseBody };
}

async function forestBytes(
  em: EntityManager,
  digests: readonly Digest[],
): Promise<ReadonlyMap<Digest, Uint8Array>> {
  const rows = await em.find(ArtifactEntity, { digest: { $in: [...digests] }, kind: 'forest' });
  return new Map(rows.map(({ digest, bytes }) => [digest, bytes]));
}

async function activate(em: EntityManager, digest: Digest, stamp: Stamp): Promise<void> {
  // Two who activate at once follow one another.
  await em.execute('select pg_advisory_xact_lock(?)', [LOCKS.activation]);
  const release = await em.findOne(ReleaseEntity, { digest }, { fields: ['id'] });
  if (release === null) throw new ReleaseRefused('UNKNOWN_RELEASE', digest);
  const current = await inForce(em);
  if (current?.digest === digest) return;
  const at = new Date(stamp.at);
  if (current !== undefined) {
    await em.nativeUpdate(ActivationEntity, { id: current.id }, { endedAt: at });
  }
  await em.insert(ActivationEntity, {
    release: release.id,
    activatedAt: at,
    activatedBy: stamp.actor,
  });
}

async function inForce(
  em: EntityManager,
): Promise<{ readonly id: number; readonly digest: Digest } | undefined> {
  const row = await em.findOne(
    ActivationEntity,
    { endedAt: null },
    { populate: ['release'], fields: ['id', 'release.digest'] },
  );
  return row === null ? undefined : { id: row.id, digest: row.release.digest };
}
