import type { DecisionFilter, StoredDecision } from '../../../src/app/ports/decision-log.ts';
import type { Candidate } from '../../../src/domain/decision.ts';

/** Whether a decision matches a filter of `page`: all its members, said here of plain objects. */
export function matchesFilter(stored: StoredDecision, filter: DecisionFilter): boolean {
  const { customerId, decidedAt, capsule } = stored;
  const { from = '', to = '9999', release, trigger, outcome } = filter;
  return (
    (filter.customerId === undefined || filter.customerId === customerId) &&
    from <= decidedAt &&
    decidedAt <= to &&
    (release === undefined || release === capsule.releaseDigest) &&
    (trigger === undefined || trigger === capsule.live.trigger.kind) &&
    (outcome === undefined || outcome === capsule.decision.outcome) &&
    isAboutCandidate(capsule.decision.candidates, filter)
  );
}

/** Action, stage and rule are asked of one candidate together. */
function isAboutCandidate(
  candidates: readonly Candidate[],
  { action, stage, rule }: DecisionFilter,
): boolean {
  if (action === undefined && stage === undefined && rule === undefined) return true;
  return candidates.some(
    (candidate) =>
      (action === undefined || action === candidate.actionId) &&
      (stage === undefined || stage === stageOf(candidate)) &&
      (rule === undefined || rulesOf(candidate).includes(rule)),
  );
}

function stageOf({ withheld, outcome }: Candidate): string {
  return withheld?.stage ?? (outcome === 'RANKED' ? 'RANK' : 'SURFACED');
}

function rulesOf({ withheld, applied = [] }: Candidate): readonly string[] {
  const rules = applied.map(({ rule }) => rule);
  return withheld === undefined ? rules : [withheld.rule, ...rules];
}
