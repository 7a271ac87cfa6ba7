/** Heavy: makes a demo bank of its own and kills what serves it five times. */
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import { createDecisionLog } from '../../src/adapters/postgres/decisions/decision-log.ts';
import { readStatus } from '../../src/adapters/postgres/embedded/server-status.ts';
import { type CrashLoad, startCrashLoad } from './crash-load.ts';
import { type CrashRig, openCrashRig } from './crash-rig.ts';

const CUSTOMERS = 200;
const BETWEEN = 40;

let rig: CrashRig;
let load: CrashLoad;

beforeAll(async () => {
  rig = await openCrashRig(CUSTOMERS);
  const token = await rig.token();
  load = startCrashLoad({ url: rig.url, token, customers: CUSTOMERS, clients: 12 });
}, 120_000);

afterAll(() => rig?.close(), 30_000);

const CRASHES: readonly [string, () => Promise<void>][] = [
  ['the service', crashService],
  ['the database server', crashPostmaster],
  ['the connection that writes', crashWriter],
  ['the service again', crashService],
  ['the database server again', crashPostmaster],
];

describe('killed under load', () => {
  test('nothing of it connects as the superuser of its server', async () => {
    await load.more(1);
    const database = openPool();
    const found = await database.query<{ name: string }>(
      `select distinct usename as name from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    await database.close();
    expect(found).toEqual([{ name: 'nextbest_service' }]);
  });

  test.each(CRASHES)(
    '%s: what was acknowledged before stays, and the load goes on',
    async (_, crash) => {
      await load.more(BETWEEN);
      await crash();
      await load.more(BETWEEN);
      const sample = [...load.acknowledged.keys()].slice(-BETWEEN);
      await load.repeat(sample.filter((_, i) => i % 5 === 0));
      expect(load.changed).toEqual([]);
    },
    40_000,
  );

  test('no acknowledged decision is lost, and none is there twice', async () => {
    await load.stop();
    const database = openPool();
    const [settings] = await database.query('select current_setting($1) as fsync', ['fsync']);
    expect(settings).toEqual({ fsync: 'on' });
    const stored = await database.query<{ request_id: string; decision_id: string }>(
      `select r.request_id, r.decision_id from decision_request r
       join decision d on d.id = r.decision_id`,
    );
    const found = new Map(stored.map((row) => [row.request_id, row.decision_id]));
    expect(stored.length).toBe(found.size);
    expect(found).toEqual(load.acknowledged);
    const [row] = await database.query<{ count: number }>('select count(*) from decision');
    // One decision a request: what a crash left unanswered was not made a second time.
    expect(row?.count).toBe(load.acknowledged.size);
    expect(load.acknowledged.size).toBeGreaterThanOrEqual(BETWEEN * 2 * CRASHES.length);
    expect(load.doubtful.size).toBeGreaterThan(0);
    await everyBodyReads(database, [...load.acknowledged.values()]);
    await database.close();
  }, 30_000);
});

async function everyBodyReads(database: Database, ids: readonly string[]): Promise<void> {
  const log = createDecisionLog({ reader: database });
  const read = await log.findMany(ids);
  const wrong = ids.filter((id) => read.get(id)?.capsule?.live.decisionId !== id);
  expect(wrong).toEqual([]);
}

async function crashService(): Promise<void> {
  await rig.killService();
  await rig.restartService();
}

/** Nobody starts it again by hand: the service itself must. */
async function crashPostmaster(): Promise<void> {
  const before = readStatus(`${rig.dataFolder}/postgres`)?.pid;
  if (before === undefined) throw new Error('no server is running');
  kill(before, 'SIGKILL');
  while ((readStatus(`${rig.dataFolder}/postgres`)?.pid ?? before) === before) await sleep(20);
}

/** The server then ends all its connections and recovers. */
async function crashWriter(): Promise<void> {
  const database = openPool();
  // The server shows the beginning of a statement only, where decisions answer their requests.
  const found = () =>
    database.query<{ pid: number }>(
      `select pid from pg_stat_activity
        where pid <> pg_backend_pid() and query like '%insert into decision_request (%'
       order by state_change desc limit 1`,
    );
  let [row] = await found();
  // Where a job went with the last decisions, the last statement is another.
  for (let i = 0; row === undefined && i < 200; i += 1) {
    await sleep(10);
    [row] = await found();
  }
  await database.close();
  if (row === undefined) throw new Error('no connection writes decisions');
  kill(row.pid, 'SIGKILL');
}

function openPool(): Database {
  return createPool(rig.database.administratorUrl, { max: 1, applicationName: 'crash test' });
}
