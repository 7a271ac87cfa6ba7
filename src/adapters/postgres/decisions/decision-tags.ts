import type { DecisionFilter } from '../../../app/ports/decision-log.ts';
import type { Candidate, Capsule } from '../../../domain/decision.ts';
import type { CandidateParts, Name } from './code-book.ts';

/** Everything a decision can be found by; a name may come more than once. */
export function tagsOf({ live, decision }: Capsule): readonly Name[] {
  return [
    { kind: 'trigger', name: live.trigger.kind },
    { kind: 'outcome', name: decision.outcome },
    ...decision.candidates.flatMap(tagsOfCandidate),
  ];
}

/** The tags that all decisions matching a filter have. */
export function tagsAskedBy({ trigger, outcome }: DecisionFilter): readonly Name[] {
  return [
    ...(trigger === undefined ? [] : [{ kind: 'trigger', name: trigger } as const]),
    ...(outcome === undefined ? [] : [{ kind: 'outcome', name: outcome } as const]),
  ];
}

/** What one candidate of a matching decision must have together; undefined: there is no such. */
export function candidateAskedBy({
  action,
  stage,
  rule,
}: DecisionFilter): CandidateParts | undefined {
  const anything = action === undefined && stage === undefined && rule === undefined;
  return anything ? undefined : { action, stage, rule };
}

/**
 * One tag for each rule that withheld or changed the candidate, and one without a rule where none
 * did. A stage is also `SURFACED` or `RANK`, of candidates that none withheld.
 */
function tagsOfCandidate(candidate: Candidate): readonly Name[] {
  const { actionId, withheld, applied = [] } = candidate;
  const stage = withheld?.stage ?? (candidate.outcome === 'RANKED' ? 'RANK' : 'SURFACED');
  const withholding = withheld === undefined ? [] : [withheld.rule];
  const rules = [...withholding, ...applied.map(({ rule }) => rule)];
  return (rules.length === 0 ? [''] : rules).map((rule) => ({
    kind: 'candidate',
    name: `${actionId}|${stage}|${rule}`,
  }));
}
