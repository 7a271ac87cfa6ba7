import type { ReleaseSummary } from '../../app/ports/release-store.ts';
import type { ReleaseResolvers } from '../generated/types.ts';

/** A release as it is listed; its forests are read when asked for. */
export type ReleaseView = ReleaseSummary;

/** What a release shows beyond its own row. */
export const releaseResolvers: ReleaseResolvers = {
  ruleSetName: (release) => release.ruleSet,
  active: (release) => isActive(release),
  forests: async (release, _args, { releases }) => {
    const shelved = await releases.take(release.digest);
    return (shelved?.body.forests ?? []).map(({ id, digest, card }) => ({ id, digest, card }));
  },
};

/** True of the one release in force: its newest activation has no end. */
export function isActive(release: ReleaseSummary): boolean {
  const [newest] = release.activations;
  return newest !== undefined && newest.endedAt === null;
}
