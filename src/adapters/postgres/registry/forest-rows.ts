import type { EntityManager } from '@mikro-orm/postgresql';
import { type KeptForest, ReleaseRefused, type Stamp } from '../../../app/ports/release-store.ts';
import { canonicalText } from '../../../domain/canonical.ts';
import { digestBytes } from '../../../domain/digest.ts';
import type { ForestEntry } from '../../../domain/release.ts';
import { ArtifactEntity, ForestEntity } from './entities.ts';

/** Keeps a trained forest: its bytes once by digest, its entry by id and time of training. */
export async function saveForest(
  em: EntityManager,
  { entry, bytes }: KeptForest,
  stamp: Stamp,
): Promise<void> {
  if (digestBytes(bytes) !== entry.digest) {
    throw new ReleaseRefused('WRONG_DIGEST', entry.digest);
  }
  const artifact = { digest: entry.digest, kind: 'forest', bytes };
  await em.upsert(ArtifactEntity, artifact, {
    onConflictFields: ['digest'],
    onConflictAction: 'ignore',
  });
  const row = {
    id: entry.id,
    trainedAt: new Date(stamp.at),
    digest: entry.digest,
    entry: canonicalText(entry),
    trainedBy: stamp.actor,
  };
  await em.upsert(ForestEntity, row, {
    onConflictFields: ['id', 'trainedAt'],
    onConflictAction: 'ignore',
  });
}

/** The newest trained forest of each id, by id. */
export async function latestForests(em: EntityManager): Promise<readonly ForestEntry[]> {
  const rows = await em.find(ForestEntity, {}, { orderBy: { id: 'asc', trainedAt: 'desc' } });
  const latest = rows.filter((row, i) => rows[i - 1]?.id !== row.id);
  return latest.map(({ entry }) => JSON.parse(entry) as ForestEntry);
}
