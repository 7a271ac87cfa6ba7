import { ENGINE_PARTS, PART_NAMES, type PartName } from '../../../domain/customer360.ts';
import type { Degradation } from '../../../domain/decision.ts';
import type { DecisionEvidence } from '../evidence/decision-evidence.ts';

const LATER: readonly PartName[] = PART_NAMES.filter(
  (part) => !ENGINE_PARTS.some((known) => known === part),
);

/**
 * The parts that engine 2 does not name in what it decides, with the facts that its release reads
 * and that were lost with them. The sheet that the decision rests on tells the same, so nothing of
 * it needs to be stored.
 */
export function laterParts({ snapshot, release }: DecisionEvidence): readonly Degradation[] {
  if (typeof snapshot === 'string' || release.loaded === undefined) return [];
  const { usedFacts } = release.loaded;
  const lost = Object.entries(snapshot.sheet.unavailable).filter(([name]) => usedFacts.has(name));
  return LATER.flatMap((part) => {
    const own = lost.filter(([, cause]) => cause.endsWith(` ${part}`));
    const causes = new Set(own.map(([, cause]) => cause));
    return [...causes].toSorted().map((cause) => ({
      part,
      failure: cause.slice(0, -part.length - 1) as Degradation['failure'],
      facts: own.filter(([, one]) => one === cause).map(([name]) => name),
    }));
  });
}
