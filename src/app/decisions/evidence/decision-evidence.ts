import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import type { StoredDecision } from '../../ports/decision-log.ts';
import type { ShelvedRelease } from '../../releases/release-shelf.ts';

/** Why the facts of a decision cannot be shown: their customer was erased, or they are spoilt. */
export type LostEvidence = 'ERASED' | 'UNREADABLE';

/** A decision on record with the release and the snapshot that explain it. */
export interface DecisionEvidence {
  readonly stored: StoredDecision;
  readonly release: ShelvedRelease;
  readonly snapshot: LoadedSnapshot | LostEvidence;
}
