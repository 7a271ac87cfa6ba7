import type { FactDeclaration } from '../../domain/fact.ts';
import type { Condition, RuleReadingContext } from '../../domain/rule.ts';

/** What a condition may name. */
export interface Vocabulary {
  readonly facts: ReadonlyMap<string, FactDeclaration>;
  readonly named: ReadonlyMap<string, Condition>;
  readonly currency: string;
}

/** Looks names up in maps, so that `constructor` finds nothing that was not declared. */
export function vocabularyOf(context: RuleReadingContext): Vocabulary {
  return {
    facts: new Map(context.facts.map((fact) => [fact.name, fact])),
    named: new Map(Object.entries(context.namedConditions)),
    currency: context.reportingCurrency,
  };
}
