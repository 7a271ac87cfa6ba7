/** 150 rules of 4 comparisons over one fact vector: the compiled evaluator and the reference. */
import { referenceVerdict } from '../../src/adapters/rules-reference/reference-verdict.ts';
import type { FactDeclaration } from '../../src/domain/fact.ts';
import type { Condition, RuleDocument, RuleReadingContext } from '../../src/domain/rule.ts';
import { compileRule } from '../../src/engine/rules/compile-rule.ts';

const RULES = 150;
const ROUNDS = 20_000;

const facts: readonly FactDeclaration[] = Array.from({ length: 60 }, (_, i) => ({
  name: `fact.n${i}`,
  type: i % 3 === 2 ? 'code' : 'integer',
  ...(i % 3 === 2 ? { values: ['A', 'B'] } : { unit: 'count' }),
  description: 'made for the benchmark',
  origin: 'SHEET',
  sources: ['profile'],
  permittedUses: ['suppression'],
}));
const context: RuleReadingContext = { facts, reportingCurrency: 'EUR', namedConditions: {} };

const leaf = (i: number): Condition => {
  const at = (i * 7) % facts.length;
  return at % 3 === 2
    ? { fact: `fact.n${at}`, operator: 'equal', value: 'A' }
    : { fact: `fact.n${at}`, operator: i % 2 ? 'greaterThan' : 'lessThan', value: i % 50 };
};

const rules = Array.from({ length: RULES }, (_, r): RuleDocument => {
  const [a, b, c, d] = [leaf(r * 4), leaf(r * 4 + 1), leaf(r * 4 + 2), leaf(r * 4 + 3)];
  return {
    id: `rule-${r}`,
    kind: 'suppression',
    appliesTo: {},
    reason: { code: 'BENCH', text: 'made for the benchmark' },
    conditions: { all: [a, { any: [b, { not: c }] }, d] },
    owner: 'bench',
  };
});
const vectors = Array.from({ length: 64 }, (_, v) =>
  facts.map((fact, i) => {
    if ((v + i) % 17 === 0) return undefined;
    return fact.type === 'code' ? ((v ^ i) & 1 ? 'A' : 'B') : (v * 13 + i * 5) % 50;
  }),
);

const compiled = rules.map((rule) => compileRule(rule, context));
let sum = 0;
const run = (rounds: number): number => {
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    const vector = vectors[round % vectors.length] ?? [];
    for (const rule of compiled) sum += rule.evaluate(vector);
  }
  return ((performance.now() - start) * 1000) / rounds;
};
run(ROUNDS);
const times = Array.from({ length: 5 }, () => run(ROUNDS)).toSorted((a, b) => a - b);
console.log(`compiled: ${times[2]?.toFixed(2)} us for ${RULES} rules of 4 (check ${sum})`);

const named = Object.fromEntries(facts.map((fact, i) => [fact.name, vectors[0]?.[i]]));
const begun = performance.now();
for (const rule of rules) await referenceVerdict(rule, named, context);
console.log(`reference: ${(performance.now() - begun).toFixed(1)} ms, two fresh engines a rule`);
