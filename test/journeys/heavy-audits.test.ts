import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FEW_VERDICTS, verdictsIn } from '../../src/app/decisions/evidence/trace-decision.ts';
import { type AuditsInWorker, openAuditsInWorker } from '../../src/main/audits-in-worker.ts';
import type { ClonedDatabase } from '../support/database.ts';
import { urlFor } from '../support/database.ts';
import { cloneDemoDatabase } from '../support/demo-database.ts';
import { ASK_ID, customerIds, decided } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';
import { activate, buildLarge } from '../support/large-release.ts';

const REPLAY = `query Replay($id: ID!) { replayDecision(id: $id) {
  ... on Replay { result differences cause } } }`;
const TRACE = `query Trace($id: ID!, $action: ID) { decision(id: $id) {
  ... on Decision { trace(action: $action) { action rule verdict seen } } } }`;
const LARGE = { actions: 1_200, rules: 800 };
const NOWHERE = '01a20eb7-8df9-7aa6-9277-5b6ed316ef8c';

describe('audits under a large release', () => {
  let clone: ClonedDatabase;
  let service: DemoService;
  let audits: AuditsInWorker;
  let customers: readonly string[];
  /** Of the release that is in force again, and of the large one. */
  let small: readonly string[];
  let large: readonly string[];

  const decide = async (id: string | undefined) =>
    decided(await service.ask('AGENT', ASK_ID, { id, channel: 'AGENT' })).decisionId;
  const both = async (
    work: (by: Pick<AuditsInWorker, 'sitting' | 'trace'>) => Promise<unknown>,
  ) => (await Promise.all([work(here()), work(audits)])).map((answer) => JSON.stringify(answer));
  /** The same on this thread. */
  const here = () => ({
    sitting: service.world.evidence.sitting,
    trace: async (id: string, only: string | null) => {
      const found = await service.world.evidence.find(id);
      if (found === undefined || !('stored' in found)) return undefined;
      return service.world.evidence.trace(found, only);
    },
  });
  /** An action of a decision that its rules were asked about. */
  const judgedBy = async (id: string, stage: string) => {
    const capsule = (await service.stores.decisions.findMany([id])).get(id)?.capsule;
    const found = capsule?.decision.candidates.find(({ withheld }) => withheld?.stage === stage);
    if (found === undefined) throw new Error(`no action that fell by ${stage}`);
    return found.actionId;
  };
  const sql = (text: string, values: readonly unknown[]) => service.database.query(text, values);

  beforeAll(async () => {
    clone = await cloneDemoDatabase();
    service = await openDemoService({ databaseUrl: clone.url });
    audits = openAuditsInWorker({ databaseUrl: urlFor('AUDITOR', clone.url) });
    customers = await customerIds(service, 12);
    const first = (await service.world.releases.active()) ?? '';
    small = [await decide(customers[0]), await decide(customers[1]), await decide(customers[2])];
    await activate(service, await buildLarge(service, LARGE));
    large = [await decide(customers[3]), await decide(customers[4])];
    await activate(service, first);
  }, 300_000);
  afterAll(async () => {
    await audits?.close();
    await service?.close();
    await clone?.drop();
  });

  test('agents are answered one after another while a replay goes on', async () => {
    const ended: string[] = [];
    const replaying = service.ask('AUDITOR', REPLAY, { id: large[0] }).then(({ data }) => {
      ended.push('replay');
      return data?.replayDecision;
    });
    for (const customer of customers.slice(5, 10)) {
      await decide(customer);
      ended.push('decision');
    }
    expect(await replaying).toEqual({ result: 'IDENTICAL', differences: [], cause: null });
    expect(ended).toEqual([...Array.from({ length: 5 }, () => 'decision'), 'replay']);
  });

  test('replays are the same by a worker as without one, by either engine', async () => {
    for (const engine of ['SOURCE', 'ARCHIVE'] as const) {
      for (const id of [...small, ...large]) {
        const [plain, threaded] = await both((by) => by.sitting(engine)(id));
        expect(threaded).toBe(plain);
        expect(threaded).toContain('"result":"IDENTICAL"');
      }
    }
    expect(await both((by) => by.sitting('SOURCE')(NOWHERE))).toEqual([undefined, undefined]);
  }, 120_000);

  test('traces are the same by a worker as without one, whole and of one action', async () => {
    for (const id of [...small, ...large]) {
      const judged = await judgedBy(id, 'ELIGIBILITY');
      for (const only of [judged, 'none', ...(small.includes(id) ? [null] : [])]) {
        const [plain, threaded] = await both((by) => by.trace(id, only));
        expect(threaded).toBe(plain);
        expect(threaded === '[]').toBe(only === 'none');
      }
    }
  }, 120_000);

  test('an auditor is told the large trace that the worker made', async () => {
    const [id = ''] = large;
    const found = await service.world.evidence.find(id);
    expect(found && 'stored' in found && verdictsIn(found)).toBeGreaterThan(FEW_VERDICTS);
    const action = await judgedBy(id, 'ELIGIBILITY');
    const { data, errors } = await service.ask('AUDITOR', TRACE, { id, action });
    expect(errors).toEqual([]);
    const expected = await here().trace(id, action);
    expect(expected?.length).toBeGreaterThan(LARGE.rules);
    const trace = expected?.map(({ actionId, ...one }) => ({ action: actionId, ...one }));
    expect(data?.decision).toEqual({ trace });
  });

  test('one sitting reads a release once, and the next one looks again', async () => {
    const sitting = audits.sitting('SOURCE');
    const [id = '', other = ''] = small;
    expect(await sitting(id)).toMatchObject({ result: 'IDENTICAL' });
    const flip = 'update artifact set bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 1)';
    await sql(flip, []);
    expect(await sitting(other)).toMatchObject({ result: 'IDENTICAL' });
    const altered = { result: 'UNREPLAYABLE', cause: 'RELEASE_ALTERED' };
    expect(await audits.sitting('SOURCE')(id)).toMatchObject(altered);
    await sql(flip, []);
  });

  test('what is erased or spoilt is told as it is without a worker', async () => {
    const [erased = '', spoilt = ''] = [small[1], small[2]];
    const customer = 'customer_id = (select customer_id from decision where id = $1)';
    await sql(
      `update customer set address_key = null
       where id = (select customer_id from decision where id = $1)`,
      [erased],
    );
    await sql(`update fact_sheet set body = '\\x01'::bytea where ${customer}`, [spoilt]);
    for (const [id, cause] of [
      [erased, 'ERASED'],
      [spoilt, 'UNREADABLE'],
    ] as const) {
      const [plain, threaded] = await both((by) => by.sitting('SOURCE')(id));
      expect(threaded).toBe(plain);
      expect(threaded).toContain(`"cause":"${cause}"`);
      expect(await both((by) => by.trace(id, null))).toEqual([undefined, undefined]);
    }
    await sql(`update decision set body = '\\x01'::bytea where id = $1`, [spoilt]);
    const [plain, threaded] = await both((by) => by.sitting('SOURCE')(spoilt));
    expect(threaded).toBe(plain);
    expect(threaded).toContain('"UNREADABLE"');
    expect(await both((by) => by.trace(spoilt, null))).toEqual([undefined, undefined]);
  });

  test('a database that is out is told as an outage, by its name and code', async () => {
    const nowhere = openAuditsInWorker({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });
    const failed = { name: 'Outage', dependency: 'DATABASE', cause: { code: 'ECONNREFUSED' } };
    await expect(nowhere.sitting('SOURCE')(small[0] ?? '')).rejects.toMatchObject(failed);
    await expect(nowhere.trace(small[0] ?? '', null)).rejects.toMatchObject(failed);
    await nowhere.close();
  });

  test('a service that closes while audits wait ends, and tells each of them', async () => {
    const other = await openDemoService({ databaseUrl: clone.url });
    const asked = Array.from({ length: 8 }, () => other.ask('AUDITOR', REPLAY, { id: large[1] }));
    const one = await Promise.race(asked);
    expect(one.data?.replayDecision).toMatchObject({ result: 'IDENTICAL' });
    await other.close();
    for (const { status, data, errors } of await Promise.all(asked)) {
      if (status === 200) expect(data?.replayDecision).toMatchObject({ result: 'IDENTICAL' });
      else expect([status, errors[0]?.extensions.code]).toEqual([503, 'AUDIT_BROKEN_OFF']);
    }
  });

  test('the worker leaves no session when all is closed', async () => {
    const sessions = async () =>
      (
        await sql(
          `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and application_name = 'nextbest-audits'`,
          [],
        )
      )[0];
    expect(await sessions()).toEqual({ count: 2 });
    await audits.close();
    expect(await sessions()).toEqual({ count: 1 });
  });
});
