import type { CompiledRule } from '../../domain/deciding.ts';
import type { RuleDocument, RuleReadingContext } from '../../domain/rule.ts';
import { compileCondition } from './compile-condition.ts';

/** Compiles a rule that was read; see {@link compileCondition}. */
export function compileRule(rule: RuleDocument, context: RuleReadingContext): CompiledRule {
  return { rule, ...compileCondition(rule.conditions, context) };
}
