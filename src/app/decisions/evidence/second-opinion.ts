import type { FactValue } from '../../../domain/fact.ts';
import { ruleReadingContext } from '../../../domain/release.ts';
import type { RuleEvaluators } from '../../ports/rule-reading.ts';
import type { DecisionEvidence } from './decision-evidence.ts';
import { traceDecision } from './trace-decision.ts';

/** A rule on which the two evaluators disagree: a bug in one of them, never a matter of data. */
interface Disagreement {
  readonly decisionId: string;
  readonly rule: string;
}

/** Runs every verdict of a decision through the reference evaluator as well. */
export async function secondOpinion(
  evidence: DecisionEvidence,
  referenceVerdict: RuleEvaluators['referenceVerdict'],
): Promise<readonly Disagreement[]> {
  const { stored, release } = evidence;
  const { body } = release;
  const context = ruleReadingContext(body);
  const rules = new Map(body.rules.map((rule) => [rule.id, rule]));
  const disagreements: Disagreement[] = [];
  for (const { rule: id, verdict, seen } of traceDecision(evidence) ?? []) {
    const rule = rules.get(id);
    if (rule === undefined) continue;
    const facts: Record<string, FactValue | undefined> = {};
    for (const [name, value] of Object.entries(seen)) facts[name] = value ?? undefined;
    const reference = await referenceVerdict(rule, facts, context);
    if (reference !== verdict) disagreements.push({ decisionId: stored.id, rule: id });
  }
  return disagreements;
}
