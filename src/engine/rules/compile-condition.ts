import type { CompiledCondition } from '../../domain/deciding.ts';
import type { SeenFacts } from '../../domain/decision.ts';
import { type FactDeclaration, type FactValue, SCORE_FACT } from '../../domain/fact.ts';
import type { FactVector } from '../../domain/fact-vector.ts';
import type { Condition, RuleReadingContext } from '../../domain/rule.ts';
import { FALSE, TRUE, UNKNOWN, type VerdictCode } from '../../domain/verdict.ts';
import { compileLeaf, type Evaluate } from './compile-leaf.ts';
import { Uncompilable } from './uncompilable.ts';

/** A context laid out for looking up, once for all rules that are read in it. */
interface LaidOut {
  readonly declared: ReadonlyMap<
    string,
    { readonly fact: FactDeclaration; readonly slot: number }
  >;
  readonly named: ReadonlyMap<string, Condition>;
}

interface Compilation extends LaidOut {
  readonly currency: string;
  /** The slots of the facts read so far. */
  readonly read: Set<number>;
}

/**
 * Compiles a condition that was read (`readRule` found it right) to closures over a fact vector of
 * the same catalogue: strong Kleene logic, no look-ups by name, no code made from text. Throws
 * `Uncompilable` for what was never read.
 */
export function compileCondition(
  condition: Condition,
  context: RuleReadingContext,
): CompiledCondition {
  const compilation: Compilation = {
    ...laidOut(context),
    currency: context.reportingCurrency,
    read: new Set(),
  };
  const evaluate = compile(condition, compilation, []);
  const read = [...compilation.read]
    .flatMap((slot) => {
      const fact = context.facts[slot];
      return fact === undefined ? [] : [{ name: fact.name, slot, fact }];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    perCandidate: read.some(({ fact }) => isOfCandidate(fact)),
    readsScore: read.some(({ name }) => name === SCORE_FACT),
    facts: read.map(({ name }) => name),
    evaluate,
    seen: (vector) => seenIn(vector, read),
    missing: (vector) =>
      read.filter(({ slot }) => vector[slot] === undefined).map(({ name }) => name),
  };
}

const LAID_OUT = new WeakMap<RuleReadingContext, LaidOut>();

function laidOut(context: RuleReadingContext): LaidOut {
  const known = LAID_OUT.get(context);
  if (known !== undefined) return known;
  const made = {
    declared: new Map(context.facts.map((fact, slot) => [fact.name, { fact, slot }])),
    named: new Map(Object.entries(context.namedConditions)),
  };
  LAID_OUT.set(context, made);
  return made;
}

/** True where the fact differs between candidates, or is computed for one: score and terms. */
function isOfCandidate({ perCandidate, origin }: FactDeclaration): boolean {
  return perCandidate === true || origin === 'COMPUTED';
}

function seenIn(
  vector: FactVector,
  read: readonly { readonly name: string; readonly slot: number }[],
): SeenFacts {
  const seen: { [fact: string]: FactValue | null } = {};
  for (const { name, slot } of read) seen[name] = vector[slot] ?? null;
  return seen;
}

function compile(
  condition: Condition,
  compilation: Compilation,
  open: readonly string[],
): Evaluate {
  if ('all' in condition)
    return allOf(condition.all.map((part) => compile(part, compilation, open)));
  if ('any' in condition)
    return anyOf(condition.any.map((part) => compile(part, compilation, open)));
  if ('not' in condition) return negation(compile(condition.not, compilation, open));
  if ('condition' in condition) {
    const name = condition.condition;
    const named = compilation.named.get(name);
    if (named === undefined || open.includes(name))
      throw new Uncompilable(`named condition \`${name}\` leads nowhere: read the rule first`);
    return compile(named, compilation, [...open, name]);
  }
  const factOf = (name: string) => {
    const found = compilation.declared.get(name);
    if (found === undefined)
      throw new Uncompilable(`\`${name}\` is not declared: read the rule first`);
    compilation.read.add(found.slot);
    return found;
  };
  return compileLeaf(condition, { factOf, currency: compilation.currency });
}

/** FALSE where any part is FALSE, else UNKNOWN where any part is, else TRUE. */
function allOf(parts: readonly Evaluate[]): Evaluate {
  const [only] = parts;
  if (only === undefined) throw new Uncompilable('an empty `all` was never read');
  if (parts.length === 1) return only;
  return (vector) => {
    let verdict: VerdictCode = TRUE;
    for (const part of parts) {
      const found = part(vector);
      if (found === FALSE) return FALSE;
      if (found === UNKNOWN) verdict = UNKNOWN;
    }
    return verdict;
  };
}

/** TRUE where any part is TRUE, else UNKNOWN where any part is, else FALSE. */
function anyOf(parts: readonly Evaluate[]): Evaluate {
  const [only] = parts;
  if (only === undefined) throw new Uncompilable('an empty `any` was never read');
  if (parts.length === 1) return only;
  return (vector) => {
    let verdict: VerdictCode = FALSE;
    for (const part of parts) {
      const found = part(vector);
      if (found === TRUE) return TRUE;
      if (found === UNKNOWN) verdict = UNKNOWN;
    }
    return verdict;
  };
}

function negation(part: Evaluate): Evaluate {
  return (vector) => {
    const found = part(vector);
    if (found === UNKNOWN) return UNKNOWN;
    return found === TRUE ? FALSE : TRUE;
  };
}
