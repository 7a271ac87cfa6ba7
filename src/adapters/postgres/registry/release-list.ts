import type { EntityManager } from '@mikro-orm/postgresql';
import type { ReleaseSummary } from '../../../app/ports/release-store.ts';
import { ActivationEntity, ReleaseEntity } from './entities.ts';

type Activation = ReleaseSummary['activations'][number];

/** Every release, the newest first, with the times it was in force. */
export async function listReleases(em: EntityManager): Promise<readonly ReleaseSummary[]> {
  const releases = await em.find(
    ReleaseEntity,
    {},
    { exclude: ['body'], orderBy: { id: 'desc' } },
  );
  const rows = await em.find(ActivationEntity, {}, { orderBy: { id: 'desc' } });
  const activations = new Map<number, Activation[]>();
  for (const { release, activatedAt, activatedBy, endedAt } of rows) {
    const of = activations.get(release.id) ?? [];
    of.push({
      activatedAt: activatedAt.toISOString(),
      activatedBy,
      endedAt: endedAt?.toISOString() ?? null,
    });
    activations.set(release.id, of);
  }
  return releases.map(({ id, builtAt, ...release }) => ({
    digest: release.digest,
    ruleSet: release.ruleSet,
    semver: release.semver,
    engineVersion: release.engineVersion,
    builtAt: builtAt.toISOString(),
    builtBy: release.builtBy,
    activations: activations.get(id) ?? [],
  }));
}
