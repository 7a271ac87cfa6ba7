import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Decision } from '../../src/graphql/generated/types.ts';
import { ASK, customerIds, decided, EVIDENCE } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const LIST = `{ decisionAudit { __typename
  ... on DecisionConnection { edges { node ${EVIDENCE.replace('{', '{ evidence')} } } } }`;
const REPLAY = `query Replay($id: ID!) { replayDecision(id: $id) {
  ... on Replay { result cause differences } } }`;

describe('decisions whose facts are lost', () => {
  let service: DemoService;
  let ids: readonly string[];
  let before: readonly Decision[];

  const page = async () => {
    const { data, errors } = await service.ask('AUDITOR', LIST);
    expect(errors).toEqual([]);
    const found = data?.decisionAudit;
    if (found?.__typename !== 'DecisionConnection') throw new Error(JSON.stringify(found));
    return found.edges.flatMap(({ node }) => node ?? []);
  };
  const of = (nodes: readonly Decision[], customerId: string | undefined) => {
    const found = nodes.find((one) => one.customerId === customerId);
    if (found === undefined) throw new Error(`no decision about ${customerId}`);
    return found;
  };
  const spoil = (table: string, customerId: string | undefined, body: string) =>
    service.database.query(
      `update ${table} set body = ${body}
       where customer_id = (select id from customer where party_id = $1)`,
      [customerId],
    );
  const ask = async (id: string | undefined) =>
    decided(await service.ask('AGENT', ASK, { id, channel: 'AGENT', requestId: `of-${id}` }));

  beforeAll(async () => {
    service = await openDemoService();
    ids = await customerIds(service, 5);
    for (const id of ids) await ask(id);
    before = await page();
    await service.database.query('update customer set address_key = null where party_id = $1', [
      ids[0],
    ]);
    await spoil('snapshot', ids[1], "substring(body for 12) || '\\xffff'::bytea");
    await spoil('fact_sheet', ids[2], "'\\x01'::bytea");
  }, 180_000);
  afterAll(() => service?.close());

  test('the page stands: each shows all that is stored, and why its facts are not', async () => {
    const after = await page();
    const states = ids.map((id) => of(after, id).evidence);
    expect(states).toEqual(['ERASED', 'UNREADABLE', 'UNREADABLE', 'READ', 'READ']);
    for (const [i, id] of ids.entries()) {
      const [was, is] = [of(before, id), of(after, id)];
      if (i > 2) expect(is).toEqual(was);
      else {
        expect(is).toMatchObject({ facts: null, trace: null, answer: { factsAsOf: null } });
        const { id: decisionId, caller, decidedAt, release, liveState } = was;
        expect(is).toMatchObject({ id: decisionId, caller, decidedAt, release, liveState });
        const { outcome, noAction, withheld } = was.answer;
        expect(is.answer).toMatchObject({ outcome, noAction, withheld });
        const verdicts = (one: Decision) =>
          one.candidates.map(({ reasons, ...candidate }) => ({
            ...candidate,
            reasons: reasons.map(({ code, contributionPpm }) => ({ code, contributionPpm })),
          }));
        expect(verdicts(is)).toEqual(verdicts(was));
      }
    }
  });

  test('such a decision cannot be replayed, and the cause is named', async () => {
    const replays = await Promise.all(
      ids.map((id) => service.ask('AUDITOR', REPLAY, { id: of(before, id).id })),
    );
    expect(replays.map(({ data }) => data?.replayDecision)).toEqual([
      { result: 'UNREPLAYABLE', cause: 'ERASED', differences: [] },
      { result: 'UNREPLAYABLE', cause: 'UNREADABLE', differences: [] },
      { result: 'UNREPLAYABLE', cause: 'UNREADABLE', differences: [] },
      { result: 'IDENTICAL', cause: null, differences: [] },
      { result: 'IDENTICAL', cause: null, differences: [] },
    ]);
  });

  test('the same request gets the same decision again, also of an erased customer', async () => {
    const { decisionId, factsAsOf } = await ask(ids[0]);
    expect({ decisionId, factsAsOf }).toEqual({
      decisionId: of(before, ids[0]).id,
      factsAsOf: null,
    });
  });

  test('customers read in one batch decide, each with evidence that reads again', async () => {
    const again = await Promise.all(
      ids.map((id) => service.ask('AGENT', ASK, { id, channel: 'AGENT' })),
    );
    expect(again[0]?.data?.nextBestActions).toMatchObject({ code: 'UNKNOWN_CUSTOMER' });
    const made = again.slice(1).map((answer) => decided(answer).decisionId);
    for (const id of made) {
      const { data } = await service.ask('AUDITOR', REPLAY, { id });
      expect(data?.replayDecision).toMatchObject({ result: 'IDENTICAL' });
    }
  });
});
