import type { SeenFacts } from '../../../domain/decision.ts';
import type { FactType, FactValue } from '../../../domain/fact.ts';
import type { ReleaseBody } from '../../../domain/release.ts';
import type { Condition, RuleDocument } from '../../../domain/rule.ts';

/** The facts that a rule's conditions read, each with some value of its type. */
export function factsSeenBy({ conditions }: RuleDocument, release: ReleaseBody): SeenFacts {
  const types = new Map(release.facts.map(({ name, type }) => [name, type]));
  const names = factsOf(conditions, release);
  return Object.fromEntries(names.map((name) => [name, likelyValue(types.get(name))]));
}

function factsOf(condition: Condition, release: ReleaseBody): readonly string[] {
  const each = (conditions: readonly Condition[]) =>
    conditions.flatMap((one) => factsOf(one, release));
  if ('all' in condition) return each(condition.all);
  if ('any' in condition) return each(condition.any);
  if ('not' in condition) return factsOf(condition.not, release);
  if ('condition' in condition) {
    const named = release.namedConditions[condition.condition];
    return named === undefined ? [] : factsOf(named, release);
  }
  const { fact, value } = condition;
  return typeof value === 'object' && 'fact' in value ? [fact, value.fact] : [fact];
}

function likelyValue(type: FactType | undefined): FactValue {
  if (type === 'boolean') return false;
  if (type === 'codes') return [];
  return 0;
}
