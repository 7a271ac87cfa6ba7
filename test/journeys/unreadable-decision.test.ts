import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { desk } from '../../src/main/desk.ts';
import { nextbest } from '../support/command.ts';
import { type ClonedDatabase, urlFor } from '../support/database.ts';
import { cloneDemoDatabase } from '../support/demo-database.ts';
import { ASK, customerIds, decided, inTurns } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

const LEFT = '{ code message cause id customerId caller decidedAt release }';
const LIST = `query List($first: Int, $after: String) {
  decisionAudit(first: $first, after: $after) { __typename
    ... on DecisionConnection { edges { node { id candidates { outcome } } unreadable ${LEFT} }
      pageInfo { hasNextPage endCursor } } } }`;
const ONE = `query One($id: ID!) { decision(id: $id) { __typename
  ... on Decision { id } ... on UnreadableDecision ${LEFT} } }`;
const REPLAY = `query Replay($id: ID!) { replayDecision(id: $id) {
  ... on Replay { decisionId result cause differences engineVersion release } } }`;
const EXPLAIN = `query Explain($id: ID!) { explainDecision(id: $id) { __typename
  ... on Refusal { code message } } }`;

describe('a decision whose stored bytes are damaged', () => {
  let clone: ClonedDatabase;
  let service: DemoService;
  let dataFolder: string;
  let made: readonly { readonly id: string; readonly customerId: string; readonly at: string }[];
  const question = (id: string) => ({ id, channel: 'AGENT', requestId: `of-${id}` });
  const spoilt = () => {
    const [, , found] = made;
    if (found === undefined) throw new Error('nothing was decided');
    return found;
  };
  const askAuditor = async (query: string, variables: object) => {
    const { status, data, errors } = await service.ask('AUDITOR', query, variables);
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    return data;
  };
  const page = async (variables: object) => {
    const found = (await askAuditor(LIST, variables))?.decisionAudit;
    if (found?.__typename !== 'DecisionConnection') throw new Error(JSON.stringify(found));
    return found;
  };
  const replayAll = async () => {
    const { code, stdout } = await nextbest(['--json', 'replay', '--all'], {
      DATABASE_URL: urlFor('WORKER', service.databaseUrl),
      NEXTBEST_DATA: dataFolder,
    });
    // The result, then the failure in a line of its own.
    const lines = stdout.trimEnd().split('\n');
    return { code, told: JSON.parse(lines.slice(0, -1).join('\n')) };
  };

  beforeAll(async () => {
    clone = await cloneDemoDatabase();
    service = await openDemoService({ databaseUrl: clone.url });
    dataFolder = await mkdtemp(join(tmpdir(), 'nextbest-unreadable-'));
    const answers = await inTurns(await customerIds(service, 5), async (customerId) => {
      const answer = decided(await service.ask('AGENT', ASK, question(customerId)));
      return { id: answer.decisionId, customerId, at: answer.decidedAt };
    });
    made = answers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    await service.database.query(
      "update decision set body = substring(body for 20) || '\\xffff'::bytea where id = $1",
      [spoilt().id],
    );
  }, 180_000);
  afterAll(async () => {
    await service?.close();
    await clone?.drop();
    await rm(dataFolder, { recursive: true });
  });

  const left = async () => ({
    code: 'UNREADABLE_DECISION',
    message: expect.stringContaining('restore it from a backup'),
    cause: 'UNREADABLE',
    id: spoilt().id,
    customerId: spoilt().customerId,
    caller: 'journey-agent',
    decidedAt: spoilt().at,
    release: await service.world.releases.active(),
  });

  test('the audit names it with what its row still says, and shows all others', async () => {
    const { edges } = await page({ first: 100 });
    expect(edges.map(({ node, unreadable }) => node?.id ?? unreadable?.id)).toEqual(
      made.map(({ id }) => id).toReversed(),
    );
    for (const { node, unreadable } of edges) {
      if (node === null) expect(unreadable).toEqual(await left());
      else expect([node.candidates.length > 10, unreadable]).toEqual([true, null]);
    }
    expect(edges.filter(({ node }) => node === null)).toHaveLength(1);
  });

  test('a page that ends with it goes on behind it', async () => {
    const first = await page({ first: 3 });
    expect(first.edges[2]?.unreadable?.id).toBe(spoilt().id);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await page({ first: 3, after: first.pageInfo.endCursor });
    expect(rest.edges.map(({ node }) => node?.id)).toEqual([made[1]?.id, made[0]?.id]);
  });

  test('asked for by its id, it is told apart from one that never was', async () => {
    const variables = { id: spoilt().id };
    expect((await askAuditor(ONE, variables))?.decision).toEqual({
      __typename: 'UnreadableDecision',
      ...(await left()),
    });
    expect((await askAuditor(EXPLAIN, variables))?.explainDecision).toMatchObject({
      code: 'UNREADABLE_DECISION',
    });
    const { release } = await left();
    expect((await askAuditor(REPLAY, variables))?.replayDecision).toEqual({
      decisionId: spoilt().id,
      result: 'UNREPLAYABLE',
      cause: 'UNREADABLE',
      differences: [],
      engineVersion: null,
      release,
    });
  });

  test('replaying all replays the others and names it', async () => {
    expect(await replayAll()).toEqual({
      code: 1,
      told: {
        IDENTICAL: 4,
        DIFFERENT: 0,
        UNREPLAYABLE: 1,
        others: [expect.objectContaining({ decisionId: spoilt().id, cause: 'UNREADABLE' })],
      },
    });
  });

  test('its request is not decided anew, for the first answer was given', async () => {
    const { customerId } = spoilt();
    const { data, errors } = await service.ask('AGENT', ASK, question(customerId));
    expect([data, errors.length]).toEqual([null, 1]);
    const { edges } = await page({ first: 100 });
    expect(edges).toHaveLength(5);
  });

  test('it is not reused: the same question is decided anew', async () => {
    const { customerId } = spoilt();
    const again = { id: customerId, channel: 'AGENT', reuseWithin: 'PT1H' };
    const answer = decided(await service.ask('AGENT', ASK, again));
    expect(answer.decisionId).not.toBe(spoilt().id);
  });

  test('one whose release was altered is told too, after a restart', async () => {
    const { releases, clock } = service.world;
    const [old, stamp] = [await releases.active(), { actor: 'ana', at: clock.now() }];
    const files = await desk.readRuleSet(join(desk.rulesFolder, 'demo'));
    if (!files.ok) throw new Error('the rules do not read');
    const rules = files.value.body.rules.filter(({ id }) => id !== 'adults-only');
    const next = { ...files.value, body: { ...files.value.body, rules } };
    await service.asWorker(async (worker) => {
      const built = await worker.releases.build(next, stamp);
      if (!built.ok) throw new Error(built.refusal.message);
      await worker.releases.activate(built.value.digest, stamp);
    });
    const question = { id: spoilt().customerId, channel: 'AGENT' };
    const { decisionId } = decided(await service.ask('AGENT', ASK, question));
    await service.database.query("update release set body = body || ' ' where digest = $1", [
      old,
    ]);
    await service.close();
    service = await openDemoService({ databaseUrl: clone.url });
    const { edges } = await page({ first: 100 });
    const told = edges.map(({ node, unreadable }) => node?.id ?? unreadable?.cause);
    // Newest first: the new one, that decided anew, then the five, the third of them damaged.
    const missing = ['RELEASE_MISSING', 'RELEASE_MISSING'];
    expect(told).toEqual([decisionId, ...missing, 'RELEASE_MISSING', 'UNREADABLE', ...missing]);
  });
});
