/** What one decision costs: `node scripts/launch.mjs bench/decide/decide-bench.ts`. */
import type { ActionDeclaration } from '../../src/domain/action.ts';
import type { LoadedRelease } from '../../src/domain/deciding.ts';
import type { DecisionInput } from '../../src/domain/decision.ts';
import type { Condition, RuleDocument } from '../../src/domain/rule.ts';
import { decide } from '../../src/engine/decide.ts';
import { SMALL_ACTIONS } from '../../test/support/small-catalogue.ts';
import { SMALL_SHEET, smallInput } from '../../test/support/small-input.ts';
import { loadSmall, smallBody } from '../../test/support/small-release.ts';

const KINDS: readonly RuleDocument['kind'][] = [
  'eligibility',
  'eligibility',
  'suppression',
  'suppression',
  'pricing',
  'approval',
];

/** Rules of four leaves each, a third of them about one group, and one in six about the score. */
function makeRules(count: number): readonly RuleDocument[] {
  return Array.from({ length: count }, (_, n): RuleDocument => {
    const kind = KINDS[n % KINDS.length] ?? 'eligibility';
    const common = {
      id: `rule-${String(n).padStart(3, '0')}`,
      appliesTo: n % 3 === 0 ? { group: `group-${n % 5}` } : {},
      reason: { code: `RULE_${n}`, text: 'made for measuring' },
      owner: 'bench',
    };
    const conditions = conditionsOf(n, kind);
    if (kind === 'pricing') {
      return { ...common, kind, conditions, effect: { rateDiscountPpm: 1_000 } };
    }
    if (kind === 'approval') {
      return { ...common, kind, conditions, effect: { level: 'TEAM_LEADER' } };
    }
    if (kind === 'bundle') return { ...common, kind, conditions, effect: { with: [] } };
    return { ...common, kind, conditions };
  });
}

function conditionsOf(n: number, kind: RuleDocument['kind']): Condition {
  const against = kind !== 'eligibility';
  const below = against ? 'lessThan' : 'greaterThan';
  const like = against ? 'equal' : 'notEqual';
  const readsScore = kind === 'suppression' && n % 2 === 0;
  const leaves: readonly Condition[] = [
    { fact: 'age', operator: below, value: 18 + (n % 3) },
    { fact: 'income', operator: below, value: '100.00 EUR' },
    { fact: 'tier', operator: like, value: 'BASIC' },
    readsScore
      ? { fact: 'propensityPpm', operator: 'lessThan', value: '0.01 %' }
      : { fact: 'job', operator: like, value: 'farmer' },
  ];
  return against ? { any: leaves } : { all: leaves };
}

/** Copies of the small release's actions; two in five are scored by a forest. */
function makeActions(count: number): readonly ActionDeclaration[] {
  return Array.from({ length: count }, (_, n): ActionDeclaration => {
    const like = SMALL_ACTIONS[n % SMALL_ACTIONS.length] ?? SMALL_ACTIONS[0];
    if (like === undefined) throw new Error('the small release has no actions');
    return { ...like, id: `action-${n}`, group: `group-${n % 5}` };
  });
}

function makeInputs(count: number): readonly DecisionInput[] {
  return Array.from({ length: count }, (_, n) =>
    smallInput(
      { decisionId: `019ab000-0000-7000-8000-${String(n).padStart(12, '0')}` },
      { values: { ...SMALL_SHEET.values, age: 17 + (n % 50), balance: n * 997 } },
    ),
  );
}

function measure(name: string, release: LoadedRelease, runs: number): void {
  const inputs = makeInputs(200);
  const one = (n: number) => {
    const input = inputs[n % inputs.length];
    if (input !== undefined) decide(input, release);
  };
  for (let n = 0; n < runs; n += 1) one(n);
  const times = Array.from({ length: runs }, (_, n) => {
    const start = process.hrtime.bigint();
    one(n);
    return Number(process.hrtime.bigint() - start) / 1000;
  }).toSorted((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(0);
  console.log(`${name}: p50 ${at(0.5)} µs, p99 ${at(0.99)} µs`);
}

function load(actions: number, rules: number): LoadedRelease {
  return loadSmall(smallBody({ actions: makeActions(actions), rules: makeRules(rules) }));
}

measure('20 actions, 60 rules', load(20, 60), 5_000);
measure('2,500 actions, 60 rules', load(2_500, 60), 100);
measure('2,500 actions, 300 rules', load(2_500, 300), 100);
