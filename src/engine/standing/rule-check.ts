import type { Considered, Deciding, RuleStep, ScopedRule } from '../../domain/deciding.ts';
import type { Stage } from '../../domain/decision.ts';
import { concernsTreatment } from '../../domain/rule-scope.ts';
import { FALSE, TRUE, UNKNOWN } from '../../domain/verdict.ts';
import { withhold } from './withhold.ts';

type WithholdingStep = Extract<RuleStep, 'eligibility' | 'suppression' | 'scoreSuppression'>;

/** By step, the verdict that withholds. UNKNOWN withholds in every step. */
const WITHHELD_BY = { eligibility: FALSE, suppression: TRUE, scoreSuppression: TRUE } as const;

/**
 * Steps 4 and 5. Every rule of the step is evaluated, so that the trace shows all that speaks
 * against a candidate. The first rule that is determined gives the reason; without one, the first
 * that lacks a fact.
 */
export function ruleCheck(
  deciding: Deciding,
  step: WithholdingStep,
): (considered: Considered) => Considered {
  const stage: Stage = step === 'eligibility' ? 'ELIGIBILITY' : 'SUPPRESSION';
  return (considered) => {
    const { treatmentId } = considered.candidate;
    let against: ScopedRule | undefined;
    let unknown: ScopedRule | undefined;
    for (const rule of considered.action.rules[step]) {
      if (!concernsTreatment(rule.compiled.rule.appliesTo, treatmentId)) continue;
      const verdict = deciding.judge(considered, rule);
      if (verdict === WITHHELD_BY[step]) against ??= rule;
      else if (verdict === UNKNOWN) unknown ??= rule;
    }
    if (against !== undefined) {
      const { rule, seen } = against.compiled;
      const { id, reason } = rule;
      const facts = seen(considered.facts);
      return withhold(considered, { stage, rule: id, reasonCode: reason.code, seen: facts });
    }
    if (unknown === undefined) return considered;
    const { rule, seen, missing } = unknown.compiled;
    return withhold(considered, {
      stage,
      rule: rule.id,
      reasonCode: 'MISSING_FACT',
      seen: seen(considered.facts),
      missing: missing(considered.facts),
    });
  };
}
