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

/** A part read from a world that is too old answers nothing: it fails as STALE. */
export function failIfStale<T>(
  part: Part<T>,
  name: PartName,
  at: {
    readonly knownAt: Instant;
    readonly bankNow?: Instant;
    readonly ageLimits?: AgeLimits;
  },
): Part<T> {
  if (part.state === 'FAILED' || at.ageLimits === undefined) return part;
  if ((at.bankNow ?? at.knownAt) <= freshUntil(part.lineage, name, at.ageLimits)) return part;
  return { state: 'FAILED', reason: 'STALE' };
}
