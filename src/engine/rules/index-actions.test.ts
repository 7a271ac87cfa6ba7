import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SMALL_RULES, smallBody } from '../../../test/support/small-release.ts';
import type { ActionDeclaration } from '../../domain/action.ts';
import { ruleReadingContext } from '../../domain/release.ts';
import type { RuleDocument, RuleScope } from '../../domain/rule.ts';
import { concernsAction } from '../../domain/rule-scope.ts';
import { bundleMembers } from '../pricing/bundle-members.ts';
import { compileRule } from './compile-rule.ts';
import { indexActions } from './index-actions.ts';

const BODY = smallBody();
const [ACTION] = BODY.actions;
const [TREATMENT] = ACTION?.treatments ?? [];
const kindOf = (kind: RuleDocument['kind']) => {
  const rule = SMALL_RULES.find((one) => one.kind === kind);
  if (rule === undefined) throw new Error(`no rule of ${kind}`);
  return rule;
};

function action(id: string, group: string, treatments: readonly string[]): ActionDeclaration {
  if (ACTION === undefined || TREATMENT === undefined) throw new Error('no action');
  const shown = treatments.map((one) => ({ ...TREATMENT, id: one }));
  return { ...ACTION, id, group, issue: `of-${group}`, treatments: shown };
}

function index(actions: readonly ActionDeclaration[], rules: readonly RuleDocument[]) {
  const context = ruleReadingContext(BODY);
  return indexActions(
    { ...BODY, actions },
    {
      rules: rules.map((rule) => compileRule(rule, context)),
      contextWeights: [],
      membersOf: bundleMembers,
      forestOf: () => null,
    },
  );
}

/** By looking at each rule for each action. */
function concerns(rule: RuleDocument, one: ActionDeclaration): boolean {
  if (rule.kind !== 'bundle') return concernsAction(rule.appliesTo, one);
  const { action: _action, treatment: _treatment, ...scope } = rule.appliesTo;
  return bundleMembers(rule).includes(one.id) && concernsAction(scope, one);
}

const name = fc.constantFrom('a', 'b', 'c', '__proto__');
const named = (prefix: string) => name.map((one) => prefix + one);
const actions = fc.uniqueArray(
  fc
    .record({ id: named(''), group: named('g'), treatments: fc.array(named('t')) })
    .map(({ id, group, treatments }) => action(id, group, treatments)),
  { selector: ({ id }) => id },
);
const scope: fc.Arbitrary<RuleScope> = fc.record(
  { issue: named('of-g'), group: named('g'), action: name, treatment: named('t') },
  { requiredKeys: [] },
);
const ruled = fc
  .record({
    kind: fc.constantFrom('eligibility', 'suppression', 'pricing', 'bundle', 'approval'),
    appliesTo: scope,
    members: fc.array(name, { minLength: 1 }),
  } as const)
  .map(({ kind, appliesTo, members }): RuleDocument => {
    const rule = kindOf(kind);
    return rule.kind === 'bundle'
      ? { ...rule, appliesTo, effect: { ...rule.effect, with: members } }
      : { ...rule, appliesTo };
  });
const rules = fc
  .array(ruled, { maxLength: 12 })
  .map((some) => some.map((rule, i) => ({ ...rule, id: `r${String(i).padStart(2, '0')}` })));

describe('the rules of each action', () => {
  test('are found as by looking at each, in their order, each with a place of its own', () => {
    fc.assert(
      fc.property(actions, rules, (declared, some) => {
        const { actions: loaded, verdictCount } = index(declared, some);
        let row = 0;
        for (const one of loaded) {
          const steps = Object.values(one.rules);
          const found = steps.flat().toSorted((a, b) => a.number - b.number);
          const expected = some.filter((rule) => concerns(rule, one.declaration));
          expect(found.map(({ compiled }) => compiled.rule)).toEqual(expected);
          for (const step of steps) {
            const numbers = step.map(({ number }) => number);
            expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
          }
          const places = found.map(({ place }) => place).toSorted((a, b) => a - b);
          expect(places).toEqual(expected.map((_rule, i) => i));
          expect(one.row).toBe(row);
          row += expected.length;
        }
        expect(verdictCount).toBe(row);
      }),
      { numRuns: 300 },
    );
  });

  test('of thousands of actions are found by their scopes, not each for each', () => {
    let looks = 0;
    const declared = Array.from({ length: 1_000 }, (_, i) =>
      Object.defineProperty(action(`a${i}`, 'g', ['t']), 'issue', {
        get: () => {
          looks += 1;
          return 'grow';
        },
      }),
    );
    const rule = kindOf('eligibility');
    const many = Array.from({ length: 1_000 }, (_, i) => {
      return { ...rule, id: `r${i}`, appliesTo: { issue: 'grow' } };
    });
    const { actions: loaded, verdictCount } = index(declared, many);
    expect(verdictCount).toBe(1_000_000);
    expect(new Set(loaded.map((one) => one.rules)).size).toBe(1);
    expect(looks).toBeLessThan(10_000);
  });
});
