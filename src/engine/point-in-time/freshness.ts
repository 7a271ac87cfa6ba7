import type { Lineage, Part, PartFailure, PartName } from '../../domain/customer360.ts';
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

/** The point from which a part is looked at, and how old its world may be there. */
interface FitnessPoint {
  readonly knownAt: Instant;
  /** The moment in banking time, in which ages are compared; by default `knownAt`. */
  readonly bankNow?: Instant;
  readonly ageLimits?: AgeLimits;
}

/**
 * Why a part that was read may not be used: it was not delivered yet (NOT_COVERED), or its world
 * is too old (STALE); undefined where it may.
 */
export function unfitness(
  lineage: Pick<Lineage, 'asOf' | 'deliveredAt'>,
  name: PartName,
  { knownAt, bankNow = knownAt, ageLimits }: FitnessPoint,
): PartFailure | undefined {
  if (lineage.deliveredAt !== undefined && lineage.deliveredAt > knownAt) return 'NOT_COVERED';
  if (ageLimits !== undefined && bankNow > freshUntil(lineage, name, ageLimits)) return 'STALE';
  return undefined;
}

/** The part, failed where it may not be used; a view of one moment tells no `deliveredAt`. */
export function failIfUnfit<T>(part: Part<T>, name: PartName, at: FitnessPoint): Part<T> {
  if (part.state === 'FAILED') return part;
  const reason = unfitness(part.lineage, name, at);
  if (reason !== undefined) return { state: 'FAILED', reason };
  const { deliveredAt: _, ...lineage } = part.lineage;
  return { ...part, lineage };
}
