import { type DecisionInput, decisionInput, type TraceEntry } from '../../../domain/decision.ts';
import { traceOf } from '../../../engine/decide.ts';
import type { DecisionEvidence } from './decision-evidence.ts';

/** What a stored decision was decided on; undefined where that was lost since. */
export function inputOf({ stored, snapshot }: DecisionEvidence): DecisionInput | undefined {
  if (typeof snapshot === 'string') return undefined;
  return decisionInput(snapshot, stored.capsule.live);
}

/**
 * Every verdict of every rule, decided again: the full trace is never stored, so that it is lost
 * with the facts; then it is undefined, as it is of a decision of another engine.
 */
export function traceDecision(
  evidence: DecisionEvidence,
  only: string | null = null,
): readonly TraceEntry[] | undefined {
  const input = inputOf(evidence);
  const { loaded } = evidence.release;
  return input && loaded && traceOf(input, loaded, only);
}

/** Deciding with no more verdicts is done at once: a page may show a hundred traces. */
export const FEW_VERDICTS = 2_000;

/** More verdicts are told of one action at a time: rendering all would keep others waiting. */
export const MOST_VERDICTS = 20_000;

/** How many verdicts a trace of all actions may hold; 0 where there is none to be told. */
export function verdictsIn({ release }: DecisionEvidence): number {
  return release.loaded?.verdictCount ?? 0;
}
