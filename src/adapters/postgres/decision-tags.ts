import type { DecisionFilter } from '../../app/ports/decision-log.ts';
import type { Candidate, Capsule } from '../../domain/decision.ts';
import type { Name } from './code-book.ts';

/** Everything a decision can be found by; a name may come more than once. */
export function tagsOf({ live, decision }: Capsule): readonly Name[] {
  return [
    { kind: 'trigger', name: live.trigger.kind },
    { kind: 'outcome', name: decision.outcome },
    ...decision.candidates.flatMap(tagsOfCandidate),
  ];
}

/** The tags that all decisions matching a filter have. */
export function tagsAskedBy(filter: DecisionFilter): readonly Name[] {
  const { action, stage, rule, trigger, outcome } = filter;
  return [
    ...(trigger === undefined ? [] : [{ kind: 'trigger', name: trigger } as const]),
    ...(outcome === undefined ? [] : [{ kind: 'outcome', name: outcome } as const]),
    ...candidateTagsAskedBy({ action, stage, rule }),
  ];
}

/** A name and its joints: joints alone tell what was true of one candidate together. */
function candidateTagsAskedBy(asked: {
  readonly action: string | undefined;
  readonly stage: string | undefined;
  readonly rule: string | undefined;
}): readonly Name[] {
  const { action, stage, rule } = asked;
  const joints: Name[] = [];
  if (action !== undefined && stage !== undefined)
    joints.push(joint('action|stage', action, stage));
  if (action !== undefined && rule !== undefined) joints.push(joint('action|rule', action, rule));
  if (action === undefined && stage !== undefined && rule !== undefined) {
    joints.push(joint('stage|rule', stage, rule));
  }
  if (joints.length > 0) return joints;
  if (action !== undefined) return [{ kind: 'action', name: action }];
  if (stage !== undefined) return [{ kind: 'stage', name: stage }];
  return rule === undefined ? [] : [{ kind: 'rule', name: rule }];
}

function tagsOfCandidate(candidate: Candidate): readonly Name[] {
  const { actionId: action, withheld, applied = [] } = candidate;
  const stage = withheld?.stage ?? (candidate.outcome === 'RANKED' ? 'RANK' : 'SURFACED');
  const rules = [
    ...(withheld === undefined ? [] : [withheld.rule]),
    ...applied.map((a) => a.rule),
  ];
  return [
    { kind: 'action', name: action },
    { kind: 'stage', name: stage },
    joint('action|stage', action, stage),
    ...rules.flatMap((rule): Name[] => [
      { kind: 'rule', name: rule },
      joint('action|rule', action, rule),
      joint('stage|rule', stage, rule),
    ]),
  ];
}

function joint(kind: 'action|stage' | 'action|rule' | 'stage|rule', a: string, b: string): Name {
  return { kind, name: `${a}|${b}` };
}
