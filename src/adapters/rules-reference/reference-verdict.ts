import { Engine } from 'json-rules-engine';
import type { FactValue } from '../../domain/fact.ts';
import type { RuleDocument, RuleReadingContext } from '../../domain/rule.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { normaliseCondition, type Reading } from './normalise-condition.ts';
import { addStrictOperators } from './strict-operators.ts';

/** Facts by name; absent or `undefined` is UNAVAILABLE, NOT_APPLICABLE already replaced. */
type ReferenceFacts = { readonly [name: string]: FactValue | undefined };

/**
 * The second opinion on a rule that was read: json-rules-engine itself, run twice, with every
 * unknown leaf read once against and once for the rule. Where both runs agree that is the verdict.
 */
export async function referenceVerdict(
  rule: RuleDocument,
  facts: ReferenceFacts,
  context: RuleReadingContext,
): Promise<Verdict> {
  if (await holds(rule, facts, { context, reading: 'PESSIMISTIC' })) return 'TRUE';
  return (await holds(rule, facts, { context, reading: 'OPTIMISTIC' })) ? 'UNKNOWN' : 'FALSE';
}

/** A fresh engine a run: a shared one loses rules when runs overlap. */
async function holds(
  rule: RuleDocument,
  facts: ReferenceFacts,
  { context, reading }: { context: RuleReadingContext; reading: Reading },
): Promise<boolean> {
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: refusePath });
  addStrictOperators(engine);
  const { conditions, named } = normaliseCondition(rule.conditions, context, reading);
  for (const [name, condition] of named) engine.setCondition(name, condition);
  engine.addRule({ conditions, event: { type: 'verdict' } });
  for (const [name, value] of Object.entries(facts)) {
    if (value !== undefined) engine.addFact(name, value);
  }
  const { events } = await engine.run();
  return events.length === 1;
}

function refusePath(): never {
  throw new TypeError('a rule names facts, never paths into them');
}
