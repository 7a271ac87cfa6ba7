import type { TopLevelCondition } from 'json-rules-engine';
import type { FactDeclaration } from '../../domain/fact.ts';
import type { ComparisonCondition, Condition, RuleReadingContext } from '../../domain/rule.ts';
import { literalValue } from './literal.ts';
import { operatorFor } from './strict-operators.ts';

/** PESSIMISTIC reads every unknown leaf against the rule's being true, OPTIMISTIC for it. */
export type Reading = 'PESSIMISTIC' | 'OPTIMISTIC';

/** json-rules-engine's own condition: typed operands, the answer to unknown in each leaf. */
interface NormalCondition {
  readonly conditions: TopLevelCondition;
  /** Named conditions by the names the normal form gives them. */
  readonly named: ReadonlyMap<string, TopLevelCondition>;
}

type Nested = TopLevelCondition | { fact: string; operator: string; value: unknown };

/** Writes a condition in the library's own form, for one of its two runs. */
export function normaliseCondition(
  condition: Condition,
  context: RuleReadingContext,
  reading: Reading,
): NormalCondition {
  const facts = factsByName(context.facts);
  const named = new Map<string, TopLevelCondition>();
  const write = (part: Condition, ifUnknown: boolean): Nested => {
    if ('all' in part) return { all: part.all.map((inner) => write(inner, ifUnknown)) };
    if ('any' in part) return { any: part.any.map((inner) => write(inner, ifUnknown)) };
    // Under a `not`, the reading that keeps the whole from being true is the opposite one.
    if ('not' in part) return { not: write(part.not, !ifUnknown) };
    if ('condition' in part) return { condition: name(part.condition, ifUnknown) };
    return writeComparison(part, ifUnknown, { facts, currency: context.reportingCurrency });
  };
  /** A named condition stands once for each polarity it is used in. */
  const name = (of: string, ifUnknown: boolean): string => {
    const normal = `${of} ${ifUnknown ? 'else true' : 'else false'}`;
    const written = Object.hasOwn(context.namedConditions, of)
      ? context.namedConditions[of]
      : undefined;
    if (written === undefined) throw new TypeError(`no condition is named \`${of}\``);
    if (!named.has(normal)) {
      named.set(normal, { all: [] });
      named.set(normal, rooted(write(written, ifUnknown)));
    }
    return normal;
  };
  return { conditions: rooted(write(condition, reading === 'OPTIMISTIC')), named };
}

const BY_NAME = new WeakMap<readonly FactDeclaration[], ReadonlyMap<string, FactDeclaration>>();

/** Laid out once for a catalogue, which thousands of cases share. */
function factsByName(facts: readonly FactDeclaration[]): ReadonlyMap<string, FactDeclaration> {
  const made = BY_NAME.get(facts) ?? new Map(facts.map((fact) => [fact.name, fact]));
  BY_NAME.set(facts, made);
  return made;
}

/** The library wants a combination at the root. */
function rooted(condition: Nested): TopLevelCondition {
  return 'fact' in condition ? { all: [condition] } : condition;
}

function writeComparison(
  { fact: name, operator, value }: ComparisonCondition,
  ifUnknown: boolean,
  { facts, currency }: { facts: ReadonlyMap<string, FactDeclaration>; currency: string },
): Nested {
  const fact = facts.get(name);
  if (fact === undefined) throw new TypeError(`\`${name}\` is not declared`);
  const leaf = { fact: name, operator: operatorFor(operator, ifUnknown) };
  if (operator === 'isKnown') return { ...leaf, value };
  if (Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    return { ...leaf, value: elements.map((element) => literalValue(fact, element, currency)) };
  }
  if (typeof value === 'object' && 'fact' in value)
    return { ...leaf, value: { fact: value.fact } };
  return { ...leaf, value: literalValue(fact, value, currency) };
}
