import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ENGINE_VERSION } from '../../src/domain/decision.ts';
import type { Decision } from '../../src/graphql/generated/types.ts';
import { ASK, customerIds, decided, EVIDENCE, inTurns } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const LIST = `query List($filter: DecisionFilter, $first: Int, $after: String) {
  decisionAudit(filter: $filter, first: $first, after: $after) { __typename
    ... on DecisionConnection { edges { cursor node { id } } pageInfo { hasNextPage endCursor } }
    ... on Refusal { code message } ... on InvalidArgument { argument } } }`;
const ONE = `query One($id: ID!) { decision(id: $id) { __typename ... on Decision ${EVIDENCE}
  ... on Refusal { code message } } }`;
const REPLAY = `query Replay($id: ID!) { replayDecision(id: $id) { __typename
  ... on Replay { decisionId result differences cause engineVersion release }
  ... on Refusal { code message } } }`;
const CHANNELS = ['AGENT', 'MOBILE', 'EMAIL'];

function valuesSeen({ seen }: { readonly seen: unknown }): readonly [string, unknown][] {
  return Object.entries(seen as { readonly [fact: string]: unknown });
}

describe('an auditor looks at decisions', () => {
  let service: DemoService;
  /** Oldest first, read one by one. */
  let all: readonly Decision[];

  const audit = async (variables: object) => {
    const { status, data, errors } = await service.ask('AUDITOR', LIST, variables);
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    return data?.decisionAudit;
  };
  const idsOf = async (filter: object, page: object = { first: 100 }) => {
    const found = await audit({ filter, ...page });
    if (found?.__typename !== 'DecisionConnection') throw new Error(JSON.stringify(found));
    return { ids: found.edges.flatMap(({ node }) => node?.id ?? []), pageInfo: found.pageInfo };
  };
  const read = async (id: string) => {
    const { data, errors } = await service.ask('AUDITOR', ONE, { id });
    expect(errors).toEqual([]);
    const found = data?.decision;
    if (found?.__typename !== 'Decision') throw new Error(JSON.stringify(found));
    return found;
  };
  const matching = (is: (one: Decision) => boolean) =>
    all
      .filter(is)
      .map(({ id }) => id)
      .toReversed();

  beforeAll(async () => {
    service = await openDemoService();
    const ids = await customerIds(service, 90);
    const questions = ids.map((id, i) => ({ id, channel: CHANNELS[i % 3], first: 2 }));
    const made = await inTurns(questions, async (question) =>
      decided(await service.askAs({ subject: 'teller 7', role: 'AGENT' }, ASK, question)),
    );
    all = (await inTurns(made, ({ decisionId }) => read(decisionId))).toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    );
  }, 180_000);
  afterAll(() => service?.close());

  test('one decision says who, when, for whom, where, why and under which release', async () => {
    const active = await service.world.releases.active();
    for (const one of all) {
      expect(one).toMatchObject({
        caller: 'teller 7',
        trigger: { kind: 'QUERY' },
        placement: null,
      });
      expect(one.release).toEqual({ digest: active, active: true, ruleSetName: 'demo' });
      expect(one.answer).toMatchObject({ decisionId: one.id, decidedAt: one.decidedAt });
      expect(one.liveState).toMatchObject({ channel: one.channel, decisionId: one.id });
    }
  });

  test('every fact has a state, present ones a value, absent ones a cause, and lineage', () => {
    const facts = all.flatMap((one) => one.facts ?? []);
    for (const { state, value, cause, lineage } of facts) {
      expect(state === 'PRESENT').toBe(value !== null);
      expect(state === 'UNAVAILABLE').toBe(cause !== null);
      expect(lineage.length).toBeGreaterThan(0);
      // The demo bank tells of no applications for credit: what was not read names no system.
      const isTold = cause !== 'NOT_COVERED creditApplications';
      expect(lineage.every(({ system }) => system !== null)).toBe(isTold);
      for (const source of isTold ? lineage : []) {
        expect(source.system).toMatch(/\S/);
        expect(source.version).toBeGreaterThanOrEqual(0);
        expect(source.fetchedAt).toMatch(/Z$/);
      }
    }
    expect(new Set(facts.map(({ state }) => state)).size).toBe(3);
    expect(all[0]?.facts?.length).toBeGreaterThanOrEqual(50);
  });

  test('every candidate shows its deciding verdict with the values seen', () => {
    for (const { candidates, answer } of all) {
      expect(candidates.length).toBe(answer.actions.length + answer.withheld.length);
      for (const one of candidates.filter(({ outcome }) => outcome === 'WITHHELD')) {
        expect([one.stage, one.rule, one.reason?.text]).not.toContain(null);
        expect(one.seen).not.toBeNull();
      }
      for (const one of candidates.filter(({ outcome }) => outcome !== 'WITHHELD')) {
        expect([one.stage, one.rule, one.seen]).toEqual([null, null, null]);
        expect(one.factors?.propensity).toBe(one.propensity?.calibrated);
        expect(one.rank).toBeGreaterThanOrEqual(1);
      }
    }
  });

  test('the trace holds every verdict, and those that withheld are among them', () => {
    expect(Math.max(...all.map(({ trace }) => trace?.length ?? 0))).toBeGreaterThan(40);
    for (const { trace, candidates, facts } of all) {
      const verdicts = new Map(trace?.map((one) => [`${one.action} ${one.rule}`, one]));
      for (const { action, stage, rule, seen } of candidates) {
        if (stage !== 'ELIGIBILITY' && stage !== 'SUPPRESSION') continue;
        const verdict = verdicts.get(`${action.id} ${rule}`);
        const bad = stage === 'ELIGIBILITY' ? 'FALSE' : 'TRUE';
        expect([bad, 'UNKNOWN']).toContain(verdict?.verdict);
        expect(verdict?.seen).toEqual(seen);
      }
      const known = new Map(facts?.map((fact) => [fact.name, fact]));
      for (const [name, value] of trace?.flatMap(valuesSeen) ?? []) {
        const fact = known.get(name);
        if (fact?.state === 'PRESENT') expect(value).toEqual(fact.value);
        if (fact?.state === 'UNAVAILABLE') expect(value).toBeNull();
      }
    }
  });

  test('filters find what they name and nothing else', async () => {
    const some = all[40];
    const withheld = all.flatMap((one) =>
      one.candidates.flatMap((candidate) => (candidate.stage ? [candidate] : [])),
    );
    const stages = [...new Set(withheld.map(({ stage }) => stage))];
    expect(stages.length).toBeGreaterThanOrEqual(4);
    const had = (is: (candidate: Decision['candidates'][number]) => boolean) =>
      matching((one) => one.candidates.some(is));
    const cases: (readonly [object, readonly string[]])[] = [
      [{}, matching(() => true)],
      [{ customerId: some?.customerId }, matching((one) => one.customerId === some?.customerId)],
      [{ customerId: 'nobody' }, []],
      [{ from: some?.decidedAt }, matching((one) => one.decidedAt >= (some?.decidedAt ?? ''))],
      [{ to: some?.decidedAt }, matching((one) => one.decidedAt <= (some?.decidedAt ?? ''))],
      [{ outcome: 'ACTIONS' }, matching((one) => one.answer.outcome === 'ACTIONS')],
      [{ outcome: 'NO_ACTION' }, matching((one) => one.answer.outcome === 'NO_ACTION')],
      [{ trigger: 'QUERY' }, matching(() => true)],
      [{ trigger: 'BATCH' }, []],
      [{ release: some?.release.digest }, matching(() => true)],
      [{ release: `sha256:${'0'.repeat(64)}` }, []],
      [{ action: 'mortgage' }, matching(() => true)],
      [{ action: 'no_such' }, []],
      ...stages.map((stage) => [{ stage }, had((one) => one.stage === stage)] as const),
      [{ stage: 'RANK' }, had((one) => one.outcome === 'RANKED')],
      [
        { stage: 'SURFACED', action: 'savings_account' },
        had((one) => one.outcome === 'SURFACED' && one.action.id === 'savings_account'),
      ],
    ];
    for (const rule of new Set(withheld.map((one) => one.rule))) {
      const [first] = withheld.filter((one) => one.rule === rule);
      const together = { action: first?.action.id, stage: first?.stage, rule };
      cases.push([
        { rule, stage: first?.stage },
        had((one) => one.rule === rule && one.stage === first?.stage),
      ]);
      cases.push([
        together,
        had(
          (one) =>
            one.rule === rule &&
            one.action.id === together.action &&
            one.stage === together.stage,
        ),
      ]);
    }
    for (const [filter, expected] of cases) {
      expect([filter, (await idsOf(filter)).ids]).toEqual([filter, expected]);
    }
  });

  test('a rule that changed a candidate without withholding it finds its decisions', async () => {
    const { data } = await service.ask(
      'AUDITOR',
      '{ ruleSet { ... on RuleSet { rules { id kind reason { code } } } } }',
    );
    const set = data?.ruleSet;
    const rules = set !== undefined && 'rules' in set ? set.rules : [];
    let found = 0;
    for (const { id, kind, reason } of rules) {
      if (kind === 'eligibility' || kind === 'suppression') continue;
      const expected = matching((one) =>
        one.candidates.some(({ reasons }) =>
          reasons.some(({ method, code }) => method === 'RULE' && code === reason.code),
        ),
      );
      expect([id, (await idsOf({ rule: id })).ids]).toEqual([id, expected]);
      found += expected.length;
    }
    expect(found).toBeGreaterThan(0);
  });

  test('pages follow one another from the newest, also under a filter', async () => {
    for (const filter of [{}, { stage: 'CONSENT' }]) {
      const whole = await idsOf(filter);
      const seen: string[] = [];
      for (let after: string | null | undefined = null; ; ) {
        const page = await idsOf(filter, { first: 7, after });
        seen.push(...page.ids);
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(seen).toEqual(whole.ids);
    }
  });

  test.each([
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ after: 'nonsense' }, 'after'],
    [{ after: Buffer.from('customer:C000001').toString('base64url') }, 'after'],
  ])('%j is refused by name', async (variables, argument) => {
    expect(await audit(variables)).toMatchObject({ code: 'INVALID_ARGUMENT', argument });
  });

  test('decisions replay identical, and what is no decision is refused', async () => {
    for (const { id, release } of all.slice(0, 10)) {
      const { data } = await service.ask('AUDITOR', REPLAY, { id });
      expect(data?.replayDecision).toEqual({
        __typename: 'Replay',
        decisionId: id,
        result: 'IDENTICAL',
        differences: [],
        cause: null,
        engineVersion: ENGINE_VERSION,
        release: release.digest,
      });
    }
    const unknown = '01a20eb7-8df9-7aa6-9277-5b6ed316ef8c';
    for (const query of [ONE, REPLAY]) {
      const code = async (id: string) =>
        Object.values((await service.ask('AUDITOR', query, { id })).data ?? {})[0];
      expect(await code(unknown)).toMatchObject({ code: 'UNKNOWN_DECISION' });
      expect(await code('nonsense')).toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
  });

  test('who is no auditor does not see the audit', async () => {
    for (const role of ['AGENT', 'ANALYST', 'SERVICE'] as const) {
      const { status, errors } = await service.ask(role, LIST);
      expect([status, errors[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    }
  });
});
