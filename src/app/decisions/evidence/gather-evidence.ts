import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import type {
  DecisionLog,
  DecisionOnRecord,
  StoredDecision,
  UnreadableDecision,
} from '../../ports/decision-log.ts';
import { type SnapshotStore, UnreadableSnapshot } from '../../ports/moment.ts';
import type { ReleaseShelf } from '../../releases/release-shelf.ts';
import type { DecisionEvidence, LostEvidence } from './decision-evidence.ts';

/**
 * Brings a stored decision together with the release and the snapshot that explain it. Facts may
 * be erased while the decision stands: it is then evidence without them, and says so.
 */
export function createEvidenceReader(deps: {
  readonly releaseShelf: ReleaseShelf;
  readonly snapshotStore: SnapshotStore;
}): (stored: StoredDecision) => Promise<DecisionEvidence> {
  return async (stored) => {
    const { capsule } = stored;
    const [release, snapshot] = await Promise.all([
      deps.releaseShelf.take(capsule.releaseDigest),
      loadEvidence(stored, deps.snapshotStore),
    ]);
    if (release === undefined) throw new Error(`decision ${stored.id} names no stored release`);
    return { stored, release, snapshot };
  };
}

/** What showing a decision takes. */
interface ShowDeps {
  readonly releaseShelf: Pick<ReleaseShelf, 'take'>;
  readonly evidenceOf: (stored: StoredDecision) => Promise<DecisionEvidence>;
}

/** A decision with its evidence, or what is left of one that cannot be shown. */
export async function showDecision(
  found: DecisionOnRecord,
  deps: ShowDeps,
): Promise<DecisionEvidence | UnreadableDecision> {
  if (found.capsule === null) return found;
  const { releaseDigest } = found.capsule;
  if ((await deps.releaseShelf.take(releaseDigest)) !== undefined) return deps.evidenceOf(found);
  const { capsule: _capsule, capsuleAddress: _address, ...left } = found;
  return { ...left, releaseDigest, capsule: null, cause: 'RELEASE_MISSING' };
}

/** One decision with its evidence, or what is left of it; undefined when none has that id. */
export async function findDecision(
  id: string,
  deps: ShowDeps & { readonly log: DecisionLog },
): Promise<DecisionEvidence | UnreadableDecision | undefined> {
  const stored = (await deps.log.findMany([id])).get(id);
  return stored === undefined ? undefined : showDecision(stored, deps);
}

/** The snapshot a decision rests on, or how it was lost. */
export async function loadEvidence(
  { capsule }: StoredDecision,
  snapshots: SnapshotStore,
): Promise<LoadedSnapshot | LostEvidence> {
  try {
    return (await snapshots.load(capsule.customer, capsule.snapshotAddress)) ?? 'ERASED';
  } catch (error) {
    if (error instanceof UnreadableSnapshot) return 'UNREADABLE';
    throw error;
  }
}
