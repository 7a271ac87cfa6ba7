import type { DecisionLog, StoredDecision } from '../ports/decision-log.ts';
import type { SnapshotStore } from '../ports/moment.ts';
import type { ReleaseShelf } from '../releases/release-shelf.ts';
import type { ExplainedDecision } from './next-best-actions.ts';

/** Brings a stored decision together with the release and the snapshot that explain it. */
export function createExplainer(deps: {
  readonly releases: ReleaseShelf;
  readonly snapshots: SnapshotStore;
}): (stored: StoredDecision) => Promise<ExplainedDecision> {
  return async (stored) => {
    const { capsule } = stored;
    const [release, snapshot] = await Promise.all([
      deps.releases.take(capsule.releaseDigest),
      deps.snapshots.load(capsule.customer, capsule.snapshotAddress),
    ]);
    if (release === undefined) throw new Error(`decision ${stored.id} names no stored release`);
    if (snapshot === undefined) throw new Error(`decision ${stored.id} names no stored snapshot`);
    return { stored, release, snapshot };
  };
}

/** One decision with its evidence; undefined when there is none of that id. */
export async function findDecision(
  id: string,
  deps: {
    readonly log: DecisionLog;
    readonly explain: (stored: StoredDecision) => Promise<ExplainedDecision>;
  },
): Promise<ExplainedDecision | undefined> {
  const stored = (await deps.log.findMany([id])).get(id);
  return stored === undefined ? undefined : deps.explain(stored);
}
