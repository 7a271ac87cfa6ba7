import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Decision, ScoreExplanations } from '../../src/graphql/generated/types.ts';
import { ASK, customerIds, decided, EVIDENCE, inTurns } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const EXPLAIN = `query Explain($id: ID!) { explainDecision(id: $id) { __typename
  ... on ScoreExplanations { decisionId method release actions { action { id name } forest trees
    raw sum base facts { name label state value words contribution speaks mayBeTold } } }
  ... on Refusal { code message } ... on EvidenceLost { cause }
  ... on InvalidArgument { argument } } }`;
const ONE = `query One($id: ID!) { decision(id: $id) { ... on Decision ${EVIDENCE} } }`;

describe('the scores of a decision are evidence on demand', () => {
  let service: DemoService;
  let all: readonly Decision[];

  const read = async (id: string) => {
    const { data } = await service.ask('AUDITOR', ONE, { id });
    return data?.decision as Decision;
  };
  const explain = async (id: string, role: 'AUDITOR' | 'ANALYST' = 'AUDITOR') => {
    const { status, data, errors } = await service.ask(role, EXPLAIN, { id });
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    return data?.explainDecision;
  };
  const shownByForest = (one: Decision) =>
    one.candidates.filter(
      ({ outcome, wouldHaveSurfaced, propensity }) =>
        (outcome === 'SURFACED' || wouldHaveSurfaced) && propensity?.basis === 'FOREST',
    );
  const scored = () => all.filter((one) => shownByForest(one).length > 0);
  const evidence = async (id: string, role?: 'AUDITOR' | 'ANALYST') => {
    const found = await explain(id, role);
    if (found?.__typename !== 'ScoreExplanations') throw new Error(JSON.stringify(found));
    return found;
  };
  const oneScored = () => {
    const [first] = scored();
    if (first === undefined) throw new Error('no decision was scored by a forest');
    return first;
  };

  beforeAll(async () => {
    service = await openDemoService();
    const ids = await customerIds(service, 60);
    const made = await inTurns(ids, async (id) =>
      decided(await service.ask('AGENT', ASK, { id, channel: 'AGENT', first: 5 })),
    );
    all = await inTurns(made, ({ decisionId }) => read(decisionId));
  }, 180_000);
  afterAll(() => service?.close());

  test('an auditor reads what each fact added, exactly, and what was known of it', async () => {
    expect(scored().length).toBeGreaterThan(10);
    for (const one of scored().slice(0, 12)) {
      const found = await evidence(one.id);
      expect(found).toMatchObject({
        decisionId: one.id,
        method: 'SHAP',
        release: one.release.digest,
      });
      const shown = shownByForest(one);
      expect(found.actions.map(({ action }) => action.id)).toEqual(
        shown.map(({ action }) => action.id),
      );
      for (const [k, { forest, raw, sum, base, trees, facts }] of found.actions.entries()) {
        expect([forest, raw]).toEqual([shown[k]?.propensity?.model, shown[k]?.propensity?.raw]);
        expect(Number(raw)).toBeCloseTo(sum / trees / 1e6, 5);
        expect(facts.reduce((total, fact) => total + fact.contribution, base)).toBe(sum);
        const known = new Map(one.facts?.map((fact) => [fact.name, fact]));
        for (const { name, label, state, value, words, contribution, speaks } of facts) {
          expect({ state, value }).toEqual({
            state: known.get(name)?.state,
            value: known.get(name)?.value,
          });
          expect(label.length + words.length).toBeGreaterThan(10);
          expect(words).not.toMatch(/[{}]/);
          expect(speaks).toBe(contribution > 0 ? 'FOR' : 'AGAINST');
        }
      }
    }
  });

  test('facts that may not be told are marked, and no reason is made of them', async () => {
    const found = await Promise.all(
      scored()
        .slice(0, 8)
        .map(({ id }) => evidence(id)),
    );
    const facts = found.flatMap(({ actions }) => actions.flatMap((action) => action.facts));
    const secret = new Set(facts.filter(({ mayBeTold }) => !mayBeTold).map(({ name }) => name));
    expect(secret.size).toBeGreaterThan(0);
    const told = all.flatMap((one) => one.candidates.flatMap(({ reasons }) => reasons));
    expect(told.filter(({ code }) => secret.has(code))).toEqual([]);
  });

  test('an analyst reads the same without what was known of the customer', async () => {
    const { id } = oneScored();
    const [whole, masked] = [await evidence(id), await evidence(id, 'ANALYST')];
    const hidden = (found: ScoreExplanations) =>
      found.actions.map((action) => ({
        ...action,
        facts: action.facts.map((fact) => ({
          ...fact,
          state: '***',
          value: null,
          words: '***',
        })),
      }));
    expect(masked.actions).toEqual(hidden(whole));
  });

  test.each(['AGENT', 'SERVICE'] as const)('%s is not let in', async (role) => {
    const { status, errors } = await service.ask(role, EXPLAIN, { id: oneScored().id });
    expect([status, errors[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
  });

  test('what cannot be evidence is refused by name', async () => {
    const nothing = all.find((one) => shownByForest(one).length === 0);
    const unknown = '01a20eb7-8df9-7aa6-9277-5b6ed316ef8c';
    expect(await explain(unknown)).toMatchObject({ code: 'UNKNOWN_DECISION' });
    expect(await explain('nonsense')).toMatchObject({ code: 'INVALID_ARGUMENT', argument: 'id' });
    expect(await explain(nothing?.id ?? '')).toMatchObject({ code: 'NOT_SCORED' });
  });

  test('much at once is answered or refused, and holds up no decision', async () => {
    const [customer] = await customerIds(service, 1);
    const { id } = oneScored();
    const asked = Array.from({ length: 60 }, () => explain(id));
    const deciding = service.ask('AGENT', ASK, { id: customer, channel: 'AGENT' });
    expect(decided(await deciding).decisionId).toBeDefined();
    const kinds = (await Promise.all(asked)).map((found) => found?.__typename);
    // How many are refused hangs on the machine; that a full queue refuses is a unit test's.
    expect(kinds).toContain('ScoreExplanations');
    expect(['ScoreExplanations', 'ExplainerBusy']).toEqual(expect.arrayContaining(kinds));
    expect(await explain(id)).toMatchObject({ __typename: 'ScoreExplanations' });
  });

  test('the scores of an erased customer are evidence no more', async () => {
    const { id, customerId } = oneScored();
    await service.database.query('update customer set address_key = null where party_id = $1', [
      customerId,
    ]);
    expect(await explain(id)).toMatchObject({ code: 'EVIDENCE_LOST', cause: 'ERASED' });
  });
});
