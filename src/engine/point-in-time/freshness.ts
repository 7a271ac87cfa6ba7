import type { Lineage, Part, PartName } from '../../domain/customer360.ts';
import { plusDuration } from '../../domain/duration.ts';
import { dateOf, type Instant } from '../../domain/instant.ts';
import type { AgeLimits } from '../../domain/release.ts';

/** The last instant at which a part's world is young enough for its age limit. */
export function freshUntil(
  lineage: Pick<Lineage, 'asOf'>,
  part: PartName,
  ageLimits: AgeLimits,
): Instant {
  const lastDay = plusDuration(dateOf(lineage.asOf), ageLimits[part]);
  return `${lastDay}${lineage.asOf.slice(10)}`;
}

/**
 * A part answers nothing at a moment before it was first delivered, and fails as NOT_COVERED; nor
 * from a world that is too old, and fails as STALE.
 */
export function failIfUnfit<T>(
  part: Part<T>,
  name: PartName,
  at: {
    readonly knownAt: Instant;
    readonly bankNow?: Instant;
    readonly ageLimits?: AgeLimits;
  },
): Part<T> {
  if (part.state === 'FAILED') return part;
  const { deliveredAt, ...lineage } = part.lineage;
  if (deliveredAt !== undefined && deliveredAt > at.knownAt) {
    return { state: 'FAILED', reason: 'NOT_COVERED' };
  }
  const { ageLimits, bankNow = at.knownAt } = at;
  if (ageLimits !== undefined && bankNow > freshUntil(lineage, name, ageLimits)) {
    return { state: 'FAILED', reason: 'STALE' };
  }
  return { ...part, lineage };
}
