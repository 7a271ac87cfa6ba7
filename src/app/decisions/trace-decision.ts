import type { DecisionInput, TraceEntry } from '../../domain/decision.ts';
import { traceOf } from '../../engine/decide.ts';
import type { ExplainedDecision } from './next-best-actions.ts';

/** What a stored decision was decided on. */
export function inputOf({ stored, snapshot }: ExplainedDecision): DecisionInput {
  return {
    snapshotAddress: snapshot.address,
    snapshot: snapshot.snapshot,
    sheet: snapshot.sheet,
    live: stored.capsule.live,
  };
}

/** Every verdict of every rule, decided again: the full trace is never stored. */
export function traceDecision(explained: ExplainedDecision): readonly TraceEntry[] {
  return traceOf(inputOf(explained), explained.release.loaded);
}
