import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NextBestActions } from '../../src/graphql/generated/types.ts';
import { ASK, ASK_ID, customerIds, decided, inTurns } from '../support/demo-queries.ts';
import { type DemoService, openDemoService, post } from '../support/demo-service.ts';

const STAGES =
  /^(CATALOGUE|HOLD|CONSENT|ELIGIBILITY|SUPPRESSION|CONTACT_POLICY|ARBITRATION|RANK)$/;
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('an agent asks what is best to do next', () => {
  let service: DemoService;
  let ids: readonly string[];
  let answers: readonly NextBestActions[];
  const ask = async (variables: object) => service.ask('AGENT', ASK, variables);
  const decide = async (variables: object) => decided(await ask(variables));
  const refused = async (variables: object) => {
    const { status, data, errors } = await ask(variables);
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    return data?.nextBestActions;
  };
  const decisions = async () => {
    const [row] = await service.database.query<{ n: number }>(
      'select count(*)::int n from decision',
    );
    return row?.n;
  };

  beforeAll(async () => {
    service = await openDemoService();
    ids = await customerIds(service, 80);
    answers = await inTurns(ids, (id) => decide({ id, channel: 'AGENT' }));
  }, 180_000);
  afterAll(() => service?.close());

  test('every answer names its decision, its moment and the release in force', async () => {
    const active = await service.world.releases.active();
    const bank = await service.world.bank.read();
    expect(new Set(answers.map((one) => one.decisionId)).size).toBe(ids.length);
    for (const answer of answers) {
      expect(answer.decisionId).toMatch(UUID7);
      expect(answer.release).toBe(active);
      expect(answer.businessDate).toBe(bank?.businessDate);
      expect((answer.factsAsOf ?? 'Z') <= answer.decidedAt).toBe(true);
    }
  });

  test('every action is surfaced, outranked or withheld, exactly once', async () => {
    const { data } = await service.ask('AGENT', '{ actions { id } }');
    const catalogue = (data?.actions ?? []).map(({ id }) => id).toSorted();
    expect(catalogue.length).toBeGreaterThanOrEqual(20);
    for (const { actions, withheld } of answers) {
      const considered = [...actions, ...withheld].map(({ action }) => action.id);
      expect(considered.toSorted()).toEqual(catalogue);
    }
  });

  test('surfaced actions are ranked by expected value and carry all that a console shows', () => {
    const surfaced = answers.flatMap((answer) => answer.actions);
    expect(surfaced.length).toBeGreaterThan(20);
    for (const { actions } of answers) {
      expect(actions.length).toBeLessThanOrEqual(3);
      const values = actions
        .filter(({ action }) => action.purpose !== 'REGULATORY')
        .map((one) => Number(one.expectedValue.amount));
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      const ranks = actions.map(({ rank }) => rank);
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    }
    for (const one of surfaced) {
      expect(one.treatment.text.length).toBeGreaterThan(10);
      expect(one.selectionProbabilityPpm).toBe(1_000_000);
      expect(['NONE', 'AGENT'].includes(one.approval)).toBe(one.presentable);
      expect(one.propensity.basis === 'FOREST').toBe(one.propensity.raw !== null);
    }
  });

  test('the expected value is the product of the four factors, rounded after each', () => {
    for (const { expectedValue, factors, propensity } of answers.flatMap((a) => a.actions)) {
      expect(factors.propensity).toBe(propensity.calibrated);
      const { value, context, lever } = factors;
      const product =
        Number(value.amount) * Number(factors.propensity) * Number(context) * Number(lever);
      expect(Math.abs(Number(expectedValue.amount) - product)).toBeLessThanOrEqual(0.05);
    }
  });

  test('forest scores come with reasons in words, changed terms with the rule’s own', () => {
    const scored = answers
      .flatMap((answer) => answer.actions)
      .filter(({ propensity }) => propensity.basis === 'FOREST');
    expect(scored.length).toBeGreaterThan(0);
    const reasons = scored.map((one) => one.reasons.filter(({ method }) => method === 'PATH'));
    for (const paths of reasons.filter(({ length }) => length > 0)) {
      expect(paths.every(({ contributionPpm }) => contributionPpm !== 0)).toBe(true);
      expect(paths.every(({ text }) => /[a-z]/.test(text) && !text.includes('{'))).toBe(true);
      for (const { text, speaks, contributionPpm } of paths) {
        const side = (contributionPpm ?? 0) > 0 ? 'FOR' : 'AGAINST';
        expect([speaks, text]).toEqual([side, expect.stringContaining(side.toLowerCase())]);
      }
    }
    expect(reasons.filter(({ length }) => length > 0).length).toBeGreaterThan(0);
    const ruled = answers
      .flatMap((answer) => answer.actions.flatMap((one) => one.reasons))
      .filter(({ method }) => method === 'RULE');
    expect(ruled.length).toBeGreaterThan(0);
    expect(ruled.every(({ contributionPpm }) => contributionPpm === null)).toBe(true);
  });

  test('loans and cards carry terms', () => {
    const loan = answers
      .flatMap((answer) => answer.actions)
      .find(({ action }) => action.group === 'loans');
    expect(loan?.terms).toMatchObject({
      amount: { amount: expect.stringMatching(/^\d+\.\d\d$/), currency: 'EUR' },
      rate: expect.stringMatching(/^0\.\d+$/),
      instalment: { currency: 'EUR' },
      termMonths: expect.any(Number),
    });
  });

  test('every withheld action says stage, rule and reason in words', () => {
    const withheld = answers.flatMap((answer) => answer.withheld);
    for (const { stage, rule, reason, missingFacts } of withheld) {
      expect(stage).toMatch(STAGES);
      expect(rule.length).toBeGreaterThan(2);
      expect(reason.text).toMatch(/^\S.{14,}/);
      expect(missingFacts.length > 0).toBe(reason.code === 'MISSING_FACT');
    }
    const stages = new Set(withheld.map(({ stage }) => stage));
    expect([...stages]).toEqual(
      expect.arrayContaining(['CONSENT', 'ELIGIBILITY', 'SUPPRESSION', 'CONTACT_POLICY']),
    );
  });

  test('doing nothing is a decision with its reason', () => {
    const nothing = answers.filter(({ outcome }) => outcome === 'NO_ACTION');
    for (const { actions, noAction } of nothing) {
      expect(actions).toEqual([]);
      expect(noAction).toMatchObject({
        code: expect.stringMatching(/^[A-Z_]+$/),
        text: expect.stringMatching(/^.{15,}/),
      });
    }
    expect(nothing.length).toBeGreaterThan(0);
    const something = answers.filter(({ outcome }) => outcome === 'ACTIONS');
    expect(something.every(({ noAction, actions }) => noAction === null && actions[0])).toBe(
      true,
    );
  });

  test('a control group is decided in full and masked', async () => {
    const control = answers.find(({ arm }) => arm === 'CONTROL');
    for (const answer of answers.filter(({ arm }) => arm === 'CONTROL')) {
      const purposes = answer.actions.map(({ action }) => action.purpose);
      expect(purposes).not.toContain('MARKETING');
    }
    expect(new Set(answers.map(({ arm }) => arm)).has('TREATED')).toBe(true);
    if (control !== undefined) expect(control.withheld.length).toBeGreaterThanOrEqual(20);
  });

  test('a request id answers with the same decision and the same words', async () => {
    const question = { id: ids[3], channel: 'AGENT', requestId: 'call-1' };
    const first = await decide(question);
    const before = await decisions();
    const [again, another] = await Promise.all([decide(question), decide(question)]);
    expect(again).toEqual(first);
    expect(another).toEqual(first);
    expect(await decisions()).toBe(before);
    expect(await refused({ ...question, first: 2 })).toEqual({
      __typename: 'RequestConflict',
      code: 'REQUEST_CONFLICT',
      message: expect.stringContaining('`call-1`'),
    });
    const other = await service.askAs({ subject: 'somebody else', role: 'AGENT' }, ASK, question);
    expect(decided(other).decisionId).not.toBe(first.decisionId);
  });

  test('fifty concurrent calls with one request id decide once', async () => {
    const question = { id: ids[4], channel: 'AGENT', requestId: 'call-2' };
    const before = (await decisions()) ?? 0;
    const all = await Promise.all(Array.from({ length: 50 }, () => decide(question)));
    expect(new Set(all.map(({ decisionId }) => decisionId)).size).toBe(1);
    expect(await decisions()).toBe(before + 1);
  });

  test('a console may reuse a recent decision on the same arguments', async () => {
    const question = { id: ids[5], channel: 'AGENT', context: { 'context.intent': 'SAVE' } };
    const first = await decide(question);
    const reused = await decide({ ...question, reuseWithin: 'PT10M' });
    expect(reused).toEqual(first);
    expect((await decide(question)).decisionId).not.toBe(first.decisionId);
    const other = await decide({ ...question, first: 1, reuseWithin: 'PT10M' });
    expect(other.decisionId).not.toBe(first.decisionId);
    expect((await decide({ ...question, reuseWithin: 'PT0S' })).decisionId).not.toBe(
      first.decisionId,
    );
  });

  test('no answer is reused across a hold that came since, nor for somebody else', async () => {
    const question = { id: ids[6], channel: 'AGENT', reuseWithin: 'PT10M' };
    const first = await decide({ ...question, requestId: 'reuse-1' });
    const named = { ...question, requestId: 'reuse-2' };
    expect((await decide(named)).decisionId).toBe(first.decisionId);
    const other = await service.askAs({ subject: 'somebody else', role: 'AGENT' }, ASK, question);
    expect(decided(other).decisionId).not.toBe(first.decisionId);
    await service.database.query(
      `insert into bank_hold (hold_id, party_id, kind, starts_on, recorded_at)
       select 'agent-journey', $1, 'FRAUD', b.business_date, now() from bank b`,
      [ids[6]],
    );
    const held = await decide(question);
    expect(held).toMatchObject({ outcome: 'NO_ACTION', actions: [] });
    expect((await decide(named)).decisionId).toBe(first.decisionId);
    expect(await refused({ ...named, first: 2 })).toMatchObject({ code: 'REQUEST_CONFLICT' });
  });

  test('what the customer says moves the ranking, and only declared facts are heard', async () => {
    const [saver] = answers.flatMap((answer, i) =>
      answer.actions.some(({ action }) => action.group === 'savings') ? [ids[i]] : [],
    );
    const plain = await decide({ id: saver, channel: 'AGENT' });
    const heard = await decide({
      id: saver,
      channel: 'AGENT',
      context: { 'context.intent': 'SAVE' },
    });
    const contextOf = ({ actions }: NextBestActions) =>
      Number(actions.find(({ action }) => action.group === 'savings')?.factors.context);
    expect(contextOf(heard)).toBeGreaterThan(contextOf(plain));
  });

  test.each([
    ['an undeclared fact', { context: { 'profile.age': 40 } }, 'context.profile.age'],
    ['an unknown code', { context: { 'context.intent': 'FLY' } }, 'context.context.intent'],
    ['a context that is a list', { context: [1] }, 'context'],
    ['no actions', { first: 0 }, 'first'],
    ['too many actions', { first: 21 }, 'first'],
    ['an endless request id', { requestId: 'x'.repeat(129) }, 'requestId'],
    ['a reuse of two days', { reuseWithin: 'P2D' }, 'reuseWithin'],
    ['an empty placement', { placement: '' }, 'placement'],
  ])('%s is refused by name, and nothing is recorded', async (_what, wrong, argument) => {
    const before = await decisions();
    expect(await refused({ id: ids[0], channel: 'AGENT', ...wrong })).toEqual({
      __typename: 'InvalidArgument',
      code: 'INVALID_ARGUMENT',
      argument,
      message: expect.stringMatching(/pass|declared/),
    });
    expect(await decisions()).toBe(before);
  });

  test('an unknown customer is refused', async () => {
    expect(await refused({ id: 'nobody', channel: 'AGENT' })).toMatchObject({
      __typename: 'UnknownCustomer',
      message: expect.stringContaining('`nobody`'),
    });
  });

  test('identical selections in one operation decide once', async () => {
    const one = `nextBestActions(customerId: "${ids[6]}", channel: MOBILE) {
      ... on NextBestActions { decisionId outcome } }`;
    const before = (await decisions()) ?? 0;
    const { errors, data } = await service.ask('AGENT', `{ a: ${one} b: ${one} c: ${one} }`);
    expect(errors).toEqual([]);
    expect(new Set(Object.values(data ?? {}).map((it) => JSON.stringify(it))).size).toBe(1);
    expect(await decisions()).toBe(before + 1);
  });

  test('nothing is decided over GET, without a token, or with a spoiled one', async () => {
    const before = await decisions();
    const query = ASK_ID.replace('$id: ID!', `$id: ID! = "${ids[0]}"`);
    const asked = new URLSearchParams({ query, variables: '{"channel":"AGENT"}' });
    const get = await fetch(`${service.url}/graphql?${asked}`, {
      headers: { authorization: `Bearer ${await service.token('AGENT')}` },
    });
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    const operation = { query: ASK_ID, variables: { id: ids[0], channel: 'AGENT' } };
    for (const token of ['nonsense', `${await service.token('AGENT')}x`]) {
      const { status, errors } = await post(`${service.url}/graphql`, token, operation);
      expect([status, errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    }
    const analyst = await service.ask('ANALYST', ASK_ID, operation.variables);
    expect([analyst.status, analyst.errors[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect(await decisions()).toBe(before);
  });
});
