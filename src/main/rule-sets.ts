import { checkCases as checkCasesWith } from '../adapters/rule-files/check-cases.ts';
import { readRuleSet as readRuleSetWith } from '../adapters/rule-files/read-rule-set.ts';
import { referenceVerdict } from '../adapters/rules-reference/reference-verdict.ts';
import type { RuleEvaluators, RuleReaders } from '../app/ports/rule-reading.ts';
import type { Problem, Result } from '../domain/result.ts';
import type { RuleSetFiles } from '../domain/rule-set.ts';
import { compiledVerdict } from '../engine/rules/compile-rule.ts';
import { readNamedConditions, readWeightConditions } from '../engine/rules/read-conditions.ts';
import { readFactValue } from '../engine/rules/read-fact-value.ts';
import { readRule } from '../engine/rules/read-rule.ts';

const READERS: RuleReaders = {
  readRule,
  readNamedConditions,
  readWeightConditions,
  readFactValue,
};
/** Both evaluators: the compiled one decides, the reference one holds it honest. */
export const EVALUATORS: RuleEvaluators = { compiledVerdict, referenceVerdict };

/** Reads a rule-set folder with the engine's own readers. */
export function readRuleSet(folder: string): Promise<Result<RuleSetFiles, readonly Problem[]>> {
  return readRuleSetWith(folder, READERS);
}

/** Runs every case of a rule set through both evaluators; no problems means all agree. */
export function checkCases(ruleSet: RuleSetFiles): Promise<readonly Problem[]> {
  return checkCasesWith(ruleSet, { ...EVALUATORS, readFactValue });
}
