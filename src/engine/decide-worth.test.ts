import { describe, expect, test } from '@jest/globals';
import { SMALL_ACTIONS, smallAction } from '../../test/support/small-catalogue.ts';
import { SMALL_SHEET, smallInput, withoutFacts } from '../../test/support/small-input.ts';
import { loadSmall, smallBody } from '../../test/support/small-release.ts';
import type { DecisionInput } from '../domain/decision.ts';
import type { LiveState } from '../domain/live-state.ts';
import { decide } from './decide.ts';

const SMALL = loadSmall();

function why(input: DecisionInput, release = SMALL): { readonly [action: string]: string } {
  return Object.fromEntries(
    decide(input, release).candidates.map(({ actionId, outcome, withheld }) => [
      actionId,
      withheld === undefined ? outcome : `${withheld.stage} ${withheld.reasonCode}`,
    ]),
  );
}

function candidate(id: string, input: DecisionInput, release = SMALL) {
  const found = decide(input, release).candidates.find(({ actionId }) => actionId === id);
  if (found === undefined) throw new Error(`no candidate ${id}`);
  return found;
}

const hold = (kind: NonNullable<LiveState['holds']>[number]['kind'], endsOn?: string) => ({
  holds: [{ kind, startsOn: '2026-11-01', ...(endsOn === undefined ? {} : { endsOn }) }],
});

const shown = (actionId: string, presentedOn: string, more = {}) => ({
  actionId,
  channel: 'AGENT' as const,
  presentedOn,
  ...more,
});

describe('pricing and approval', () => {
  test('a bundle is granted only while all its actions stand', () => {
    const applied = (input: DecisionInput) =>
      (candidate('loan', input).applied ?? []).map(({ rule }) => rule);
    expect(applied(smallInput())).toContain('insured-loan');
    const rested = [shown('insurance', '2026-11-20', { response: 'DECLINED' })];
    expect(applied(smallInput({ contacts: rested }))).not.toContain('insured-loan');
  });

  test('an unknown price benefit is not granted', () => {
    const input = smallInput({}, withoutFacts(SMALL_SHEET, ['tier']));
    expect(candidate('savings', input).terms?.ratePpm).toBe(21_000);
    expect(candidate('savings', smallInput()).terms?.ratePpm).toBe(24_000);
  });

  test.each<[string, string, DecisionInput, string, boolean]>([
    ['nothing asks for it', 'savings', smallInput(), 'NONE', true],
    ['its phase asks', 'insurance', smallInput(), 'TEAM_LEADER', false],
    ['its discount asks', 'loan', smallInput(), 'TEAM_LEADER', false],
    [
      'its risk asks',
      'loan',
      smallInput({}, { values: { ...SMALL_SHEET.values, tier: 'BASIC' } }),
      'AGENT',
      true,
    ],
    [
      'a rule asks',
      'loan',
      smallInput({}, { values: { ...SMALL_SHEET.values, balance: -1 } }),
      'BRANCH_MANAGER',
      false,
    ],
    [
      'a rule does not know',
      'loan',
      smallInput({}, withoutFacts(SMALL_SHEET, ['balance'])),
      'CREDIT_COMMITTEE',
      false,
    ],
  ])('approval when %s', (_, action, input, approval, presentable) => {
    expect(candidate(action, input)).toMatchObject({ approval, presentable });
  });
});

describe('an amount that cannot be', () => {
  const loan = (income: number) =>
    candidate('loan', smallInput({}, { values: { ...SMALL_SHEET.values, income } }), BARE);
  const BARE = loadSmall(smallBody({ rules: [] }));

  test.each([
    ['above the floor', 100_000, 600_000],
    ['of the floor', 16_667, 100_000],
    ['between two steps', 20_000, 100_000],
    ['above the ceiling', 9_000_000, 5_000_000],
    ['below the floor', 16_666, undefined],
    ['below nothing', -30, undefined],
  ])('is not lifted to the floor: %s', (_, income, amountMinor) => {
    expect(loan(income).terms?.amountMinor).toBe(amountMinor);
    expect(loan(income).approval === 'CREDIT_COMMITTEE').toBe(amountMinor === undefined);
  });

  test('needs the highest approval for a deposit too', () => {
    const [savings] = SMALL_ACTIONS.filter(({ id }) => id === 'savings');
    const { rate } = savings?.terms ?? {};
    const amount = { fact: 'balance', floorMinor: 1000, ceilingMinor: 900_000, stepMinor: 1 };
    const terms = { amount, ...(rate && { rate }) };
    const release = loadSmall(
      smallBody({ actions: [smallAction('savings', { terms })], rules: [] }),
    );
    const approval = (sheet: Partial<DecisionInput['sheet']>) =>
      candidate('savings', smallInput({}, sheet), release).approval;
    expect(approval({})).toBe('NONE');
    expect(approval(withoutFacts(SMALL_SHEET, ['balance']))).toBe('CREDIT_COMMITTEE');
  });
});

test('a waived fee needs approval on a scale of its own', () => {
  const { rollout } = smallBody();
  const level = 'CREDIT_COMMITTEE' as const;
  const asks = (scales: Partial<typeof rollout>) => {
    const release = loadSmall(smallBody({ rollout: { ...rollout, ...scales } }));
    return candidate('insurance', smallInput(), release).approval;
  };
  expect(candidate('insurance', smallInput()).terms?.feeDiscountPpm).toBe(494_949);
  expect(asks({ approvalByFeeDiscountPpm: [{ fromPpm: 494_949, level }] })).toBe(level);
  expect(asks({ approvalByFeeDiscountPpm: [{ fromPpm: 494_950, level }] })).toBe('TEAM_LEADER');
  expect(asks({ approvalByDiscountPpm: [{ fromPpm: 1, level }] })).toBe('TEAM_LEADER');
});

test('an action that the rollout plan does not name needs the highest approval', () => {
  const { rollout } = smallBody();
  const phases = rollout.phases.filter(({ action }) => action !== 'savings');
  const release = loadSmall(smallBody({ rollout: { ...rollout, phases } }));
  expect(candidate('savings', smallInput(), release)).toMatchObject({
    approval: 'CREDIT_COMMITTEE',
    presentable: false,
  });
});

test('an amount that is not known is not offered, and needs the highest approval', () => {
  const rules = smallBody().rules.filter(({ kind }) => kind === 'pricing');
  const release = loadSmall(smallBody({ rules }));
  const loan = candidate('loan', smallInput({}, withoutFacts(SMALL_SHEET, ['income'])), release);
  expect(loan.terms).toEqual({
    ratePpm: 74_000,
    rateDiscountPpm: 5_000,
    feeMinor: 9_000,
    feeEvery: 'ONCE',
    feeDiscountPpm: 100_000,
    termMonths: 48,
  });
  expect(loan).toMatchObject({ approval: 'CREDIT_COMMITTEE', presentable: false });
});

test('a rule about one candidate is asked for each, one about the customer once', () => {
  const open = [shown('insurance', '2026-10-20', { expiresOn: '2026-12-01' })];
  const verdicts = why(smallInput({ contacts: open, first: 5 }));
  expect(verdicts).toMatchObject({
    insurance: 'SUPPRESSION OFFER_OPEN',
    loan: 'SURFACED',
    savings: 'SURFACED',
  });
});

const DAMPING = {
  id: 'by-tier',
  conditions: { all: [{ fact: 'tier', operator: 'equal', value: 'PLUS' }] },
  weightPpm: 0,
  owner: 'sales',
} as const;

describe('arbitration', () => {
  test('a regulatory action ranks above all, however little it is worth', () => {
    expect(decide(smallInput(), SMALL).candidates[0]?.actionId).toBe('identity');
  });

  test('context and the closest lever weigh', () => {
    const input = smallInput({ context: { 'context.intent': 'BORROW' } });
    expect(candidate('loan', input).factors).toMatchObject({
      contextPpm: 2_000_000,
      leverPpm: 900_000,
    });
    expect(candidate('insurance', input).factors?.leverPpm).toBe(1_500_000);
  });

  test.each([
    ['damps whom it is for', 0, 'PLUS', 0],
    ['damps nobody else', 0, 'BASIC', 1_000_000],
    ['damps where its fact is not known', 0, undefined, 0],
    ['favours nobody where its fact is not known', 2_000_000, undefined, 1_000_000],
  ])('a weight %s', (_, weightPpm, tier, contextPpm) => {
    const weight = { ...DAMPING, appliesTo: { action: 'savings' }, weightPpm };
    const arbitration = { ...smallBody().arbitration, contextWeights: [weight] };
    const sheet =
      tier === undefined
        ? withoutFacts(SMALL_SHEET, ['tier'])
        : { values: { ...SMALL_SHEET.values, tier } };
    const release = loadSmall(smallBody({ arbitration }));
    expect(candidate('savings', smallInput({}, sheet), release).factors).toMatchObject({
      contextPpm,
    });
  });

  test('a weight of unknown truth makes no loss look smaller', () => {
    const loss = { kind: 'SERVICE', valueMinor: -10_000, owner: 'service' } as const;
    const weight = { ...DAMPING, appliesTo: { action: 'odd' } };
    const arbitration = {
      ...smallBody().arbitration,
      contextWeights: [weight],
      leastExpectedValueMinor: 0,
    };
    const actions = [smallAction('odd', { value: loss })];
    const release = loadSmall(smallBody({ arbitration, actions, rules: [] }));
    const input = smallInput({}, withoutFacts(SMALL_SHEET, ['tier']));
    expect(candidate('odd', input, release).withheld?.reasonCode).toBe('BELOW_LEAST_VALUE');
  });

  test('equal values are ranked by action id', () => {
    const twins = ['b', 'a'].map((id) => smallAction(id, { validFrom: '2026-01-01' }));
    const release = loadSmall(smallBody({ actions: twins, rules: [] }));
    expect(decide(smallInput(), release).candidates.map((c) => c.actionId)).toEqual(['a', 'b']);
  });

  test('of equal values the higher raw score ranks first', () => {
    const ppm = candidate('loan', smallInput()).propensity?.calibratedPpm ?? 0;
    const prior = { kind: 'PRIOR', priorPpm: ppm, owner: 'analytics' } as const;
    const forest = { ...prior, kind: 'FOREST', forest: 'lend' } as const;
    const actions = [
      smallAction('a', { propensity: prior }),
      smallAction('b', { propensity: forest }),
    ];
    const release = loadSmall(smallBody({ actions, rules: [] }));
    expect(decide(smallInput(), release).candidates.map((c) => c.actionId)).toEqual(['b', 'a']);
  });

  test('below the least value there is no action', () => {
    const actions = SMALL_ACTIONS.filter(({ purpose }) => purpose !== 'REGULATORY');
    const arbitration = { ...smallBody().arbitration, leastExpectedValueMinor: 1e9 };
    const release = loadSmall(smallBody({ actions, arbitration }));
    const decision = decide(smallInput(), release);
    expect(decision).toMatchObject({
      outcome: 'NO_ACTION',
      noActionReason: 'BELOW_LEAST_VALUE',
    });
    expect(decision.candidates[0]?.withheld?.stage).toBe('ARBITRATION');
  });
});

describe('no action', () => {
  test.each<[string, DecisionInput, string]>([
    ['nothing can be shown here', smallInput({ channel: 'SMS' }), 'NO_TREATMENT_HERE'],
    ['the customer is held', smallInput(hold('DECEASED')), 'HELD'],
    ['nobody knows whether the customer is', smallInput({ holds: null }), 'NOTHING_ELIGIBLE'],
    ['nothing is known of contacts', smallInput({ contacts: null }), 'NOTHING_ELIGIBLE'],
  ])('because %s', (_, input, reason) => {
    expect(decide(input, SMALL)).toMatchObject({
      outcome: 'NO_ACTION',
      noActionReason: reason,
    });
  });
});

test('a control group sees no marketing, and all that is owed to it', () => {
  const input = smallInput({ arm: 'CONTROL' });
  const owed = decide(input, SMALL).candidates.filter((c) => c.outcome === 'SURFACED');
  expect(owed.map((c) => c.actionId)).toEqual(['identity']);
  const actions = SMALL_ACTIONS.filter(({ purpose }) => purpose === 'MARKETING');
  expect(decide(input, loadSmall(smallBody({ actions })))).toMatchObject({
    outcome: 'NO_ACTION',
    noActionReason: 'CONTROL_GROUP',
  });
});

test('degradations name each failed part with the facts it cost, of those that are read', () => {
  const input = smallInput({ contacts: null }, withoutFacts(SMALL_SHEET, ['tier', 'age']));
  const sources = { goals: { failed: 'STALE' } } as const;
  const failed = { ...input, snapshot: { ...input.snapshot, sources } };
  expect(decide(failed, SMALL).degradations).toEqual([
    { part: 'profile', failure: 'SOURCE_DOWN', facts: ['age', 'tier'] },
    {
      part: 'campaigns',
      failure: 'SOURCE_DOWN',
      facts: ['contact.thisActionOpen'],
    },
    { part: 'goals', failure: 'STALE', facts: [] },
  ]);
});
