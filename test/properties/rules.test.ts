import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { referenceVerdict } from '../../src/adapters/rules-reference/reference-verdict.ts';
import type { FactVector } from '../../src/domain/fact-vector.ts';
import type { Condition, RuleDocument } from '../../src/domain/rule.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { compiledVerdict, compileRule } from '../../src/engine/rules/compile-rule.ts';
import { readNamedConditions } from '../../src/engine/rules/read-conditions.ts';
import { readRule } from '../../src/engine/rules/read-rule.ts';
import { FACTS, knownVectors, ruleSets, vectors } from '../support/rule-arbitraries.ts';

const VERDICTS: readonly Verdict[] = ['FALSE', 'TRUE', 'UNKNOWN'];

function ruleOf(conditions: Condition): RuleDocument {
  return {
    id: 'made-rule',
    kind: 'suppression',
    appliesTo: {},
    reason: { code: 'MADE', text: 'made for tests' },
    conditions,
    owner: 'tests',
  };
}

function byName(vector: FactVector) {
  return Object.fromEntries(FACTS.map((fact, slot) => [fact.name, vector[slot]]));
}

describe('random rules over random facts', () => {
  test('both evaluators give the same verdict, and each verdict occurs', async () => {
    const met = new Map<Verdict, number>();
    await fc.assert(
      fc.asyncProperty(ruleSets({ withKnown: true }), vectors, async (made, vector) => {
        const rule = ruleOf(made.conditions);
        const reference = await referenceVerdict(rule, byName(vector), made.context);
        met.set(reference, (met.get(reference) ?? 0) + 1);
        expect(compiledVerdict(rule, vector, made.context)).toBe(reference);
      }),
      { numRuns: 600 },
    );
    for (const verdict of VERDICTS) expect(met.get(verdict) ?? 0).toBeGreaterThan(20);
  });

  test('learning unavailable facts never turns a determined verdict', () => {
    let determined = 0;
    fc.assert(
      fc.property(ruleSets({ withKnown: false }), vectors, knownVectors, (made, some, all) => {
        const rule = ruleOf(made.conditions);
        const before = compiledVerdict(rule, some, made.context);
        const learnt = some.map((value, slot) => value ?? all[slot]);
        const partly = learnt.map((value, slot) => (slot % 2 === 0 ? value : some[slot]));
        if (before === 'UNKNOWN') return;
        determined += 1;
        expect(compiledVerdict(rule, partly, made.context)).toBe(before);
        expect(compiledVerdict(rule, learnt, made.context)).toBe(before);
      }),
      { numRuns: 2000 },
    );
    expect(determined).toBeGreaterThan(200);
  });

  test('with every fact known no verdict is unknown', () => {
    fc.assert(
      fc.property(ruleSets({ withKnown: true }), knownVectors, (made, vector) => {
        const compiled = compileRule(ruleOf(made.conditions), made.context);
        expect(compiled.evaluate(vector)).not.toBe(2);
        expect(compiled.missing(vector)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('an unknown verdict always names a missing fact', () => {
    fc.assert(
      fc.property(ruleSets({ withKnown: true }), vectors, (made, vector) => {
        const compiled = compileRule(ruleOf(made.conditions), made.context);
        if (compiled.evaluate(vector) === 2)
          expect(compiled.missing(vector).length).toBeGreaterThan(0);
        expect(Object.keys(compiled.seen(vector))).toEqual(compiled.facts);
      }),
      { numRuns: 500 },
    );
  });

  test('the reader takes what is right and hands back the same rule', () => {
    fc.assert(
      fc.property(ruleSets({ withKnown: false }), ({ conditions, context }) => {
        const named = readNamedConditions(context.namedConditions, context);
        expect(named.problems).toEqual([]);
        const { rule, problems } = readRule(ruleOf(conditions), context);
        expect(problems).toEqual([]);
        expect(rule).toEqual(ruleOf(conditions));
      }),
      { numRuns: 500 },
    );
  });
});

describe('isKnown accepted by the reader', () => {
  const kinds = {
    eligibility: { kind: 'eligibility' },
    suppression: { kind: 'suppression' },
    pricing: { kind: 'pricing', effect: { feeDiscount: '50 %' } },
  } as const;
  const uses = Object.keys(kinds) as readonly (keyof typeof kinds)[];
  const facts = FACTS.map((fact) => ({ ...fact, permittedUses: uses }));

  test.each(uses)('never lets an unknown fact help to an offer (%s)', (use) => {
    let accepted = 0;
    fc.assert(
      fc.property(ruleSets({ withKnown: true }), vectors, knownVectors, (made, some, all) => {
        const context = { ...made.context, facts };
        const { rule } = readRule({ ...ruleOf(made.conditions), ...kinds[use] }, context);
        if (rule === undefined) return;
        accepted += JSON.stringify(made).includes('isKnown') ? 1 : 0;
        const helps = (vector: FactVector) => {
          const verdict = compiledVerdict(rule, vector, context);
          return use === 'suppression' ? verdict === 'FALSE' : verdict === 'TRUE';
        };
        const learnt = some.map((value, slot) => value ?? all[slot]);
        if (helps(some)) expect(helps(learnt)).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});
