import fc from 'fast-check';
import type { FactDeclaration, FactValue } from '../../src/domain/fact.ts';
import type { Condition, OperatorName, RuleReadingContext } from '../../src/domain/rule.ts';

const fact = (
  name: string,
  type: FactDeclaration['type'],
  more: Partial<FactDeclaration> = {},
) => ({
  name,
  type,
  description: 'made for tests',
  origin: 'SHEET' as const,
  sources: [],
  permittedUses: ['suppression' as const],
  ...more,
});

/** A catalogue with two facts of every type, so that facts can be compared with each other. */
export const FACTS: readonly FactDeclaration[] = [
  fact('count.a', 'integer', { unit: 'count' }),
  fact('count.b', 'integer', { unit: 'count' }),
  fact('days.a', 'integer', { unit: 'days' }),
  fact('days.b', 'integer', { unit: 'days' }),
  fact('money.a', 'money', { unit: 'minor' }),
  fact('money.b', 'money', { unit: 'minor' }),
  fact('ratio.a', 'ratio', { unit: 'ppm' }),
  fact('flag.a', 'boolean'),
  fact('flag.b', 'boolean'),
  fact('code.a', 'code', { values: ['A', 'B', 'C'] }),
  fact('code.b', 'code', { values: ['A', 'B', 'C'] }),
  fact('codes.a', 'codes', { values: ['A', 'B', 'C'] }),
  fact('date.a', 'date'),
  fact('date.b', 'date'),
];

const code = fc.constantFrom('A', 'B', 'C');
const day = fc.integer({ min: 1, max: 4 }).map((n) => `2026-01-0${n}`);
const small = fc.integer({ min: -1, max: 3 });

/** Literals as analysts write them, from ranges so narrow that equal values are common. */
function literal(of: FactDeclaration): fc.Arbitrary<string | number | boolean> {
  if (of.type === 'money') return small.map((n) => `${n < 0 ? '-' : ''}0.0${Math.abs(n)} EUR`);
  if (of.type === 'ratio') return small.map((n) => `${n}.25 %`);
  if (of.type === 'boolean') return fc.boolean();
  if (of.type === 'date') return day;
  if (of.type === 'code' || of.type === 'codes') return code;
  return of.unit === 'days' ? fc.constantFrom('P0D', 'P3D', 'P1W', 'P30D', 'P365D') : small;
}

/** A fact's value as vectors hold it. */
function factValue(of: FactDeclaration): fc.Arbitrary<FactValue> {
  if (of.type === 'ratio') return small.map((n) => n * 10_000 + (n < 0 ? -2500 : 2500));
  if (of.type === 'boolean') return fc.boolean();
  if (of.type === 'date') return day;
  if (of.type === 'code') return code;
  if (of.type === 'codes') return fc.uniqueArray(code);
  return of.unit === 'days' ? fc.constantFrom(0, 3, 7, 30, 365) : small;
}

const EQUALITY: readonly OperatorName[] = ['equal', 'notEqual'];
const ORDER: readonly OperatorName[] = [
  ...EQUALITY,
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
];

function comparison(withKnown: boolean): fc.Arbitrary<Condition> {
  return fc.constantFrom(...FACTS).chain((of): fc.Arbitrary<Condition> => {
    const made = (operators: readonly OperatorName[], value: fc.Arbitrary<unknown>) =>
      fc
        .record({ fact: fc.constant(of.name), operator: fc.constantFrom(...operators), value })
        .map((leaf) => leaf as Condition);
    const ordered = of.type !== 'boolean' && of.type !== 'code';
    const others = FACTS.filter(
      (other) => other.type === of.type && other.unit === of.unit && other !== of,
    );
    const choices = [
      ...(of.type === 'codes'
        ? [made(['contains', 'doesNotContain'], literal(of))]
        : [made(ordered ? ORDER : EQUALITY, literal(of))]),
      ...(of.type === 'codes' || of.type === 'boolean'
        ? []
        : [made(['in', 'notIn'], fc.uniqueArray(literal(of), { minLength: 1, maxLength: 3 }))]),
      ...(of.type === 'codes'
        ? []
        : others.map((other) =>
            made(ordered ? ORDER : EQUALITY, fc.constant({ fact: other.name })),
          )),
      ...(withKnown ? [made(['isKnown'], fc.boolean())] : []),
    ];
    return fc.oneof(...choices);
  });
}

/** Conditions three deep that may name `first` and `second`, where `first` may name `second`. */
export function ruleSets(options: { readonly withKnown: boolean }): fc.Arbitrary<{
  readonly conditions: Condition;
  readonly context: RuleReadingContext;
}> {
  const tree = (names: readonly string[], depth: number): fc.Arbitrary<Condition> => {
    const leaf = comparison(options.withKnown);
    const reference = names.map((condition) => fc.constant<Condition>({ condition }));
    if (depth === 0) return fc.oneof(leaf, leaf, ...reference);
    const inner = tree(names, depth - 1);
    const parts = fc.array(inner, { minLength: 1, maxLength: 4 });
    return fc.oneof(
      leaf,
      ...reference,
      parts.map((all): Condition => ({ all })),
      parts.map((any): Condition => ({ any })),
      inner.map((not): Condition => ({ not })),
    );
  };
  const rooted = (names: readonly string[], depth: number) =>
    tree(names, depth).map((part): Condition => ('fact' in part ? { all: [part] } : part));
  return fc
    .record({
      conditions: rooted(['first', 'second'], 3),
      first: rooted(['second'], 1),
      second: rooted([], 1),
    })
    .map(({ conditions, first, second }) => ({
      conditions,
      context: {
        facts: FACTS,
        reportingCurrency: 'EUR',
        namedConditions: { first, second },
      },
    }));
}

/** A vector in which about a third of the facts are unavailable. */
export const vectors: fc.Arbitrary<readonly (FactValue | undefined)[]> = fc.tuple(
  ...FACTS.map((of) =>
    fc.oneof(
      { weight: 1, arbitrary: fc.constant(undefined) },
      { weight: 2, arbitrary: factValue(of) },
    ),
  ),
);

/** A vector in which every fact is known. */
export const knownVectors: fc.Arbitrary<readonly FactValue[]> = fc.tuple(...FACTS.map(factValue));
