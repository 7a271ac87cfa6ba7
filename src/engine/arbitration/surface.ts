import type { Considered } from '../../domain/deciding.ts';
import { type Candidate, isStanding } from '../../domain/decision.ts';
import type { Arm } from '../../domain/live-state.ts';
import { ONE_PPM } from '../../domain/ppm.ts';
import type { NoActionReason } from '../../domain/reason-code.ts';

/** Step 10: the first N of those that stand. */
export function surface(all: readonly Considered[], first: number): readonly Considered[] {
  return all.map((considered) => {
    const { candidate } = considered;
    if (!isStanding(candidate) || (candidate.rank ?? 0) > first) return considered;
    const surfaced: Candidate = {
      ...candidate,
      outcome: 'SURFACED',
      selectionProbabilityPpm: ONE_PPM,
    };
    return { ...considered, candidate: surfaced };
  });
}

/**
 * Step 11: masks the surfaced marketing of a customer in the control group. The decision is whole
 * until here, so it is known what was masked. Service and duties are surfaced in either arm.
 */
export function maskControl(all: readonly Considered[], arm: Arm): readonly Considered[] {
  if (arm === 'TREATED') return all;
  return all.map((considered) => {
    const { purpose } = considered.action.declaration;
    if (considered.candidate.outcome !== 'SURFACED' || purpose !== 'MARKETING') return considered;
    const { selectionProbabilityPpm: _, ...candidate } = considered.candidate;
    const masked: Candidate = { ...candidate, outcome: 'RANKED', wouldHaveSurfaced: true };
    return { ...considered, candidate: masked };
  });
}

/** Why nothing is surfaced; undefined when something is. */
export function noActionReason(candidates: readonly Candidate[]): NoActionReason | undefined {
  if (candidates.some(({ outcome }) => outcome === 'SURFACED')) return undefined;
  if (candidates.some(({ wouldHaveSurfaced }) => wouldHaveSurfaced === true)) {
    return 'CONTROL_GROUP';
  }
  const stages = new Set(candidates.map(({ withheld }) => withheld?.stage));
  if (stages.has('ARBITRATION')) return 'BELOW_LEAST_VALUE';
  stages.delete('CATALOGUE');
  if (stages.size === 0) return 'NO_TREATMENT_HERE';
  if (stages.size > 1 || !stages.has('HOLD')) return 'NOTHING_ELIGIBLE';
  // An unknown hold stops everything too, but then nobody is known to be held.
  const held = candidates.some(({ withheld }) => withheld?.reasonCode.startsWith('HOLD_'));
  return held ? 'HELD' : 'NOTHING_ELIGIBLE';
}

/** By rank, then the withheld by action id. */
export function inOrder(all: readonly Considered[]): readonly Candidate[] {
  const candidates = all.map(({ candidate }) => candidate);
  const standing = candidates.filter(isStanding);
  const withheld = candidates.filter((candidate) => !isStanding(candidate));
  return [
    ...standing.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0)),
    ...withheld.toSorted((a, b) => (a.actionId < b.actionId ? -1 : 1)),
  ];
}
