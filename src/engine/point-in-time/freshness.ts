import type {
  DatedLineage,
  DatedPart,
  Lineage,
  Part,
  PartName,
} from '../../domain/customer360.ts';
import { plusDuration } from '../../domain/duration.ts';
import { dateOf, type Instant } from '../../domain/instant.ts';
import type { AgeLimits } from '../../domain/release.ts';

/** The last instant at which a system's world is young enough for the age limit of a part. */
export function freshUntil(
  lineage: Pick<Lineage, 'asOf'>,
  part: PartName,
  ageLimits: AgeLimits,
): Instant {
  const lastDay = plusDuration(dateOf(lineage.asOf), ageLimits[part]);
  return `${lastDay}${lineage.asOf.slice(10)}`;
}

/** The moment that a part is held to. */
interface FitMoment {
  readonly knownAt: Instant;
  readonly bankNow?: Instant;
  readonly ageLimits?: AgeLimits;
}

/**
 * A part answers by the systems that fed it at a moment, as one: it fails as NOT_COVERED where
 * there was none, or where one had not told all of this customer by then; and as STALE where the
 * world of one is too old.
 */
export function failIfUnfit<T>(part: DatedPart<T>, name: PartName, at: FitMoment): Part<T> {
  if (part.state === 'FAILED') return part;
  const fed = part.lineage.filter(
    ({ deliveredAt }) => deliveredAt === undefined || deliveredAt <= at.knownAt,
  );
  if (fed.length === 0 || !fed.every((lineage) => hasAnswered(lineage, at.knownAt))) {
    return { state: 'FAILED', reason: 'NOT_COVERED' };
  }
  const { ageLimits, bankNow = at.knownAt } = at;
  if (
    ageLimits !== undefined &&
    fed.some((lineage) => bankNow > freshUntil(lineage, name, ageLimits))
  ) {
    return { state: 'FAILED', reason: 'STALE' };
  }
  return { ...part, lineage: fed.map(undated) };
}

function hasAnswered({ answeredSince, spoiltSince }: DatedLineage, knownAt: Instant): boolean {
  if (spoiltSince !== undefined && spoiltSince <= knownAt) return false;
  return answeredSince === undefined || (answeredSince !== null && answeredSince <= knownAt);
}

function undated({ source, version, asOf, fetchedAt }: DatedLineage): Lineage {
  return { source, version, asOf, fetchedAt };
}
