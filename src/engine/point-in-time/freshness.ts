import type {
  DatedLineage,
  DatedPart,
  Lineage,
  Part,
  PartFailure,
  PartName,
} from '../../domain/customer360.ts';
import { plusDuration } from '../../domain/duration.ts';
import { dateOf, type Instant } from '../../domain/instant.ts';
import type { LiveLineage } from '../../domain/live-versions.ts';
import type { AgeLimits } from '../../domain/release.ts';

/**
 * The last instant at which a system's world is young enough for the age limit of a part; never
 * where there is no limit.
 */
export function freshUntil(
  lineage: Pick<Lineage, 'asOf'>,
  part: PartName,
  ageLimits: AgeLimits,
): Instant {
  const limit = ageLimits[part];
  if (limit === undefined) return BEGINNING;
  const lastDay = plusDuration(dateOf(lineage.asOf), limit);
  return `${lastDay}${lineage.asOf.slice(10)}`;
}

const BEGINNING: Instant = '0001-01-01T00:00:00.000Z';

/** The point from which a part is looked at, and how old its world may be there. */
interface FitnessPoint {
  readonly knownAt: Instant;
  /** The moment in banking time, in which ages are compared; by default `knownAt`. */
  readonly bankNow?: Instant;
  readonly ageLimits?: AgeLimits;
  /**
   * For people alone, who see what is missing: a part is what the systems gave that have answered,
   * where one of them has. What decides takes it whole or not at all.
   */
  readonly inPart?: true;
}

/**
 * Why a part that was read may not be used; undefined where it may. The systems that fed it at the
 * point answer as one. NOT_COVERED: there was none, or one had not told all of this customer by
 * then. STALE: the world of one is too old.
 */
export function unfitness(
  lineage: readonly LiveLineage[],
  name: PartName,
  { knownAt, bankNow = knownAt, ageLimits }: FitnessPoint,
): PartFailure | undefined {
  const fed = lineage.filter((one) => feeds(one, knownAt));
  if (fed.length === 0 || !fed.every((one) => hasAnswered(one, knownAt))) return 'NOT_COVERED';
  if (ageLimits === undefined) return undefined;
  if (ageLimits[name] === undefined) return 'NOT_COVERED';
  return fed.some((one) => bankNow > freshUntil(one, name, ageLimits)) ? 'STALE' : undefined;
}

/** The part with the systems that fed it at the point, failed where it may not be used. */
export function failIfUnfit<T>(part: DatedPart<T>, name: PartName, at: FitnessPoint): Part<T> {
  if (part.state === 'FAILED') return part;
  const reason = unfitness(considered(part.lineage, at), name, at);
  if (reason !== undefined) return { state: 'FAILED', reason };
  const fed = part.lineage.filter((one) => feeds(one, at.knownAt));
  return { ...part, lineage: fed.map(undated) };
}

function considered(lineage: readonly DatedLineage[], { knownAt, inPart }: FitnessPoint) {
  return inPart ? lineage.filter((one) => hasAnswered(one, knownAt)) : lineage;
}

/** The systems that feed a part at an instant and have not told all of the customer by then. */
export function missingFrom(
  lineage: readonly DatedLineage[],
  knownAt: Instant,
): ReadonlySet<string> {
  const missing = lineage.filter((one) => feeds(one, knownAt) && !hasAnswered(one, knownAt));
  return new Set(missing.map(({ source }) => source));
}

function feeds({ deliveredAt }: LiveLineage, knownAt: Instant): boolean {
  return deliveredAt === undefined || deliveredAt <= knownAt;
}

/** True where a system's rows were lost, so that nobody can say what it holds at the point. */
export function isSpoilt(
  { spoiltSince, mendedLosses = [] }: LiveLineage,
  knownAt: Instant,
): boolean {
  if (spoiltSince !== undefined && spoiltSince <= knownAt) return true;
  return mendedLosses.some(({ since, until }) => since <= knownAt && knownAt < until);
}

function hasAnswered(lineage: LiveLineage, knownAt: Instant): boolean {
  if (isSpoilt(lineage, knownAt)) return false;
  const { answeredSince } = lineage;
  return answeredSince === undefined || (answeredSince !== null && answeredSince <= knownAt);
}

function undated({ source, version, asOf, fetchedAt }: DatedLineage): Lineage {
  return { source, version, asOf, fetchedAt };
}
