import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from '@jest/globals';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import { createCommitWriter } from '../../src/adapters/postgres/decisions/commit-writer.ts';
import { createMomentReader } from '../../src/adapters/postgres/moments/moment-reader.ts';
import { createRegistry, type Registry } from '../../src/adapters/postgres/registry/registry.ts';
import { createReleaseStore } from '../../src/adapters/postgres/registry/release-store.ts';
import { Outage } from '../../src/app/ports/outage.ts';
import { appendTo } from '../support/commit-one.ts';
import { type CuttableProxy, openProxy } from './cuttable-proxy.ts';
import { giveCustomers, openRig, type Rig } from './postgres-rig.ts';
import { sampleDecision } from './sample-decision.ts';
import { giveReleases } from './sample-release.ts';

const LIMIT_MS = 2_000;

describe('when the database does not answer', () => {
  let rig: Rig;
  let release: string;
  beforeAll(async () => {
    rig = await openRig();
    await giveCustomers(rig.database, ['C1']);
    [release] = await giveReleases(rig.registry);
  });
  afterAll(() => rig.close());

  let proxy: CuttableProxy;
  let pool: Database;
  let registry: Registry;
  beforeEach(async () => {
    proxy = await openProxy(rig.url);
    const options = { max: 1, applicationName: 'outage', statementTimeoutMs: LIMIT_MS / 2 };
    pool = createPool(proxy.url, options);
    registry = createRegistry(proxy.url, { statementTimeoutMs: LIMIT_MS / 2 });
  });
  afterEach(async () => {
    await Promise.all([pool.close(), registry.close()]);
    await proxy.close();
  });

  const calls = () => {
    const commit = createCommitWriter(pool);
    const moments = createMomentReader(pool);
    const source = createCustomerSource(pool);
    const releases = createReleaseStore(registry);
    return [
      () => moments.readMoments(['C1']),
      () => source.holds(['C1']),
      () => appendTo(commit, sampleDecision({ releaseDigest: release })),
      () => releases.active(),
    ];
  };

  test.each(['cut', 'hang'] as const)(
    'every port says so within two seconds and recovers by itself: %s',
    async (how) => {
      const all = calls();
      for (const call of all) await call();
      await proxy[how]();
      for (const call of all) {
        const before = performance.now();
        await expect(call()).rejects.toBeInstanceOf(Outage);
        expect(performance.now() - before).toBeLessThan(LIMIT_MS);
      }
      if (how === 'hang') await proxy.cut();
      await proxy.restore();
      for (const call of all) await expect(call()).resolves.not.toThrow();
    },
  );

  test('names the dependency and keeps the cause', async () => {
    await proxy.cut();
    const error = await pool.query('select 1').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'Outage', dependency: 'DATABASE' });
    expect(error).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await proxy.restore();
  });

  test('everyone who waits for moments hears of it', async () => {
    const moments = createMomentReader(pool);
    await moments.readMoments(['C1']);
    await proxy.cut();
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => moments.readMoments(['C1'])),
    );
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    await proxy.restore();
    expect((await moments.readMoments(['C1'])).size).toBe(1);
  });

  test('a session ended by the administrator is an outage, the next one works', async () => {
    const other = pool.query('select pg_sleep(1)').catch((reason: unknown) => reason);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await rig.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'outage' and datname = current_database()`,
    );
    expect(await other).toMatchObject({ name: 'Outage', cause: { code: '57P01' } });
    expect(await pool.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a statement cut by its timeout is an outage, a full pool is none', async () => {
    const slow = pool.query('select pg_sleep(5)');
    await expect(slow).rejects.toMatchObject({ name: 'Outage', cause: { code: '57014' } });
    const lasting = createPool(proxy.url, {
      max: 1,
      applicationName: 'outage',
      connectTimeoutMs: 200,
      longestWaitMs: 900,
    });
    const holder = lasting.query('select pg_sleep(0.6)');
    expect(await lasting.query('select 1 as one')).toEqual([{ one: 1 }]);
    await holder;
    const longer = lasting.query('select pg_sleep(1.2)');
    await expect(lasting.query('select 1')).rejects.toMatchObject({ name: 'Overload' });
    await longer;
    await lasting.close();
  });

  test('a wrong statement is a bug, no outage, and its transaction leaves nothing', async () => {
    const work = pool.transaction(async (connection) => {
      await connection.query("insert into code (kind, name) values ('test', 'left over')");
      await connection.query('select * from nowhere');
    });
    await expect(work).rejects.toMatchObject({ code: '42P01' });
    expect(await pool.query("select 1 from code where kind = 'test'")).toEqual([]);
  });
});

describe('what comes out of a pool', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  });
  afterAll(() => rig.close());

  test.each([
    ["date '2026-02-28'", '2026-02-28'],
    ["timestamptz '2026-02-28 23:30:00+01'", '2026-02-28T22:30:00.000Z'],
    ["timestamptz '2026-02-28 23:30:00.1239+00'", '2026-02-28T23:30:00.123Z'],
    ["timestamptz '1993-01-01 00:00:00.05+00'", '1993-01-01T00:00:00.050Z'],
    ['9007199254740991::bigint', 9_007_199_254_740_991],
    ['null::bigint', null],
  ])('%s', async (expression, expected) => {
    const [row] = await rig.database.query(`select ${expression} as it`);
    expect(row).toEqual({ it: expected });
  });

  test.each(['9007199254740993::bigint', "timestamptz 'infinity'"])(
    '%s has no exact form here and is refused',
    async (expression) => {
      const read = rig.database.query(`select ${expression} as it`);
      await expect(read).rejects.toBeInstanceOf(RangeError);
    },
  );
});
