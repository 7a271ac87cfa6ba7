import type { CompiledRule } from '../../domain/deciding.ts';
import type { FactVector } from '../../domain/fact-vector.ts';
import type { RuleDocument, RuleReadingContext } from '../../domain/rule.ts';
import { type Verdict, verdictOf } from '../../domain/verdict.ts';
import { compileCondition } from './compile-condition.ts';

/** Compiles a rule that was read; see {@link compileCondition}. */
export function compileRule(rule: RuleDocument, context: RuleReadingContext): CompiledRule {
  return { rule, ...compileCondition(rule.conditions, context) };
}

/** The verdict of one rule in a word, for checks that judge it once. */
export function compiledVerdict(
  rule: RuleDocument,
  vector: FactVector,
  context: RuleReadingContext,
): Verdict {
  return verdictOf(compileRule(rule, context).evaluate(vector));
}
