import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import { makePartitions } from '../../src/adapters/postgres/schema/make-partitions.ts';
import type { Duty } from '../../src/adapters/postgres/schema/roles.ts';
import { nextbest } from '../support/command.ts';
import { type ClonedDatabase, cloneDatabase, urlFor } from '../support/database.ts';
import { ASK_ID, customerIds } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';
import { type RunningCommand, startProgram } from '../support/running-command.ts';

describe('a service over a bank that was prepared', () => {
  let service: DemoService;
  let scratch: string;
  let ids: readonly string[];
  let decision: string;
  let now = Date.now();
  let running: RunningCommand | undefined;

  const run = (
    duty: Duty,
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ) =>
    nextbest(args, {
      DATABASE_URL: urlFor(duty, service.databaseUrl),
      NEXTBEST_DATA: scratch,
      PORT: '0',
      ...more,
    });
  const ask = (id: string | undefined) => service.ask('AGENT', ASK_ID, { id, channel: 'AGENT' });
  const ready = async () => (await fetch(`${service.url}/health/ready`)).json();
  /** Who is connected, but for the test itself and what only it uses. */
  const connected = async () => {
    const rows = await service.database.query<{ name: string }>(
      `select distinct usename as name from pg_stat_activity
       where datname = current_database() and application_name <> 'journey'
         and usename is not null`,
    );
    return rows.map(({ name }) => name).toSorted();
  };

  beforeAll(async () => {
    service = await openDemoService({ clock: { now: () => new Date(now).toISOString() } });
    scratch = await mkdtemp(join(tmpdir(), 'nextbest-privilege-'));
    ids = await customerIds(service, 8);
    const { data } = await ask(ids[0]);
    const found = data?.nextBestActions;
    decision = found?.__typename === 'NextBestActions' ? found.decisionId : '';
  }, 180_000);
  afterAll(async () => {
    running?.child.kill('SIGTERM');
    await running?.ended;
    await service?.close();
    await rm(scratch, { recursive: true });
  });

  test('decides by the role of the service alone', async () => {
    expect(decision).toMatch(/^[0-9a-f-]{36}$/);
    expect(await connected()).toEqual(['nextbest_service']);
  });

  test('works off jobs by the role of the worker alone', async () => {
    running = startProgram(['--no-warnings', 'src/main/nextbest.ts', 'work'], {
      DATABASE_URL: urlFor('WORKER', service.databaseUrl),
      NEXTBEST_DATA: scratch,
    });
    await running.says('jobs are handled');
    expect(await connected()).toEqual(['nextbest_service', 'nextbest_worker']);
  }, 60_000);

  test.each<[Duty, string, readonly string[]]>([
    ['AUDITOR', 'replay', ['--all']],
    ['AUDITOR', 'explain', ['DECISION']],
    ['AUDITOR', 'token', ['--role', 'auditor']],
    ['WORKER', 'replay', ['DECISION']],
    ['WORKER', 'read-model', ['check']],
    ['WORKER', 'release', ['build', 'rules/demo']],
    ['WORKER', 'decide', ['CUSTOMER']],
    ['WORKER', 'jobs', ['list']],
    ['WORKER', 'operations', ['list']],
  ])(
    '%s may %s',
    async (duty, command, rest) => {
      const args = rest.map((one) => (one === 'DECISION' ? decision : one));
      const customer = args.map((one) => (one === 'CUSTOMER' ? (ids[1] ?? '') : one));
      expect(await run(duty, [command, ...customer])).toMatchObject({ code: 0, stderr: '' });
    },
    60_000,
  );

  test('the owner makes rows anew that differ, and nobody else may', async () => {
    await service.database.query('delete from decision_outcome');
    const refused = await run('WORKER', ['read-model', 'rebuild']);
    expect(refused).toMatchObject({
      code: 1,
      stderr: 'nextbest: that is for the owner: set NEXTBEST_OWNER_URL\n',
    });
    const NEXTBEST_OWNER_URL = urlFor('OWNER', service.databaseUrl);
    const rebuilt = await run('WORKER', ['read-model', 'rebuild'], { NEXTBEST_OWNER_URL });
    expect(rebuilt).toMatchObject({ code: 0, stderr: '' });
    expect(await run('WORKER', ['read-model', 'check'])).toMatchObject({ code: 0 });
  }, 60_000);

  test.each<[Duty, string, string]>([
    ['SERVICE', 'train', 'may not insert `release`'],
    ['AUDITOR', 'train', 'may not insert `decision`'],
    ['AUDITOR', 'serve', 'may not insert `decision`'],
    ['OWNER', 'serve', '`nextbest_owner` may do what only the owner should'],
  ])(
    '%s is refused %s in one sentence that names the mend',
    async (duty, command, why) => {
      const ended = await run(duty, [command]);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toContain(why);
      expect(ended.stderr).toMatch(/^nextbest: .*`nextbest database prepare`.*DATABASE_URL.*\n$/);
    },
    60_000,
  );

  test.each(['serve', 'work', 'replay --all', 'train'])(
    'nobody connects as an administrator: %s',
    async (line) => {
      const DATABASE_URL = service.databaseUrl;
      const { code, stderr } = await run('SERVICE', line.split(' '), { DATABASE_URL });
      expect(code).toBe(1);
      expect(stderr).toMatch(/^nextbest: `\w+` may do everything: run .*\n$/);
    },
    60_000,
  );

  test('takes no decisions once the prepared months are over, until more are made', async () => {
    now += 150 * 86_400_000;
    const { status, errors } = await ask(ids[2]);
    expect([status, errors[0]?.extensions.code]).toEqual([503, 'DATABASE_TAKES_NO_WRITES']);
    expect(await ready()).toEqual({ status: 'NOT_READY', reason: 'NOT_PERMITTED' });
    await makePartitions(service.databaseUrl, new Date(now).toISOString(), 1);
    expect((await ask(ids[2])).status).toBe(200);
    for (let i = 0; i < 50 && !/"READY"/.test(JSON.stringify(await ready())); i += 1)
      await sleep(100);
    expect(await ready()).toEqual({ status: 'READY' });
  });
});

describe('a database of a bank', () => {
  let database: ClonedDatabase;
  let scratch: string;
  let administrator: Database;

  const run = (
    duty: Duty,
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ) =>
    nextbest(args, {
      DATABASE_URL: urlFor(duty, database.url),
      NEXTBEST_DATA: scratch,
      ...more,
    });

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'nextbest-prepare-'));
    database = await cloneDatabase('template1');
    administrator = createPool(database.url, { max: 1, applicationName: 'administrator' });
  });
  afterAll(async () => {
    await administrator.close();
    await database.drop();
    await rm(scratch, { recursive: true });
  });

  test('that is empty is refused in words, and left empty', async () => {
    const { code, stderr } = await run('WORKER', ['release', 'list']);
    expect([code, stderr]).toEqual([
      1,
      'nextbest: the database is not prepared, whose migrations lack: run ' +
        '`nextbest database prepare`\n',
    ]);
    expect(
      await administrator.query('select from pg_tables where schemaname = $1', ['public']),
    ).toHaveLength(0);
  });

  test('is not prepared by who may not own it', async () => {
    const { code, stderr } = await run('SERVICE', ['database', 'prepare']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^nextbest: `nextbest_service` may not make roles, and .*\n$/);
  });

  test('is prepared by an administrator, once', async () => {
    const NEXTBEST_OWNER_URL = database.url;
    const args = ['database', 'prepare', '--months', '2', '--json'];
    const first = await run('SERVICE', args, { NEXTBEST_OWNER_URL });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const made = JSON.parse(first.stdout);
    expect(made.migrations.length).toBeGreaterThan(9);
    expect(made.partitions).toHaveLength(4);
    const again = await run('SERVICE', args, { NEXTBEST_OWNER_URL });
    expect(JSON.parse(again.stdout)).toEqual({ migrations: [], partitions: [] });
    const owners = await administrator.query(
      `select distinct pg_get_userbyid(c.relowner) as owner from pg_class c
       join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'pgboss')
       union select pg_get_userbyid(datdba) from pg_database where datname = current_database()`,
    );
    expect(owners).toEqual([{ owner: 'nextbest_owner' }]);
  }, 60_000);

  test('is prepared further by its owner, and used by each role', async () => {
    const NEXTBEST_OWNER_URL = urlFor('OWNER', database.url);
    const args = ['database', 'prepare', '--months', '3', '--json'];
    const { stdout } = await run('SERVICE', args, { NEXTBEST_OWNER_URL });
    expect(JSON.parse(stdout).partitions).toHaveLength(2);
    expect(await run('WORKER', ['release', 'list'])).toMatchObject({ code: 0, stderr: '' });
    expect(await run('AUDITOR', ['replay', '--all'])).toMatchObject({ code: 0, stderr: '' });
  }, 60_000);

  test('whose rights somebody took away is refused until it is prepared again', async () => {
    await administrator.query('revoke insert on forest from nextbest_worker');
    const { stderr } = await run('WORKER', ['release', 'list']);
    expect(stderr).toContain('may not insert `forest`');
    const NEXTBEST_OWNER_URL = urlFor('OWNER', database.url);
    // Whoever is told the owner's url prepares by itself.
    expect(await run('WORKER', ['release', 'list'], { NEXTBEST_OWNER_URL })).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(await run('WORKER', ['release', 'list'])).toMatchObject({ code: 0, stderr: '' });
  }, 60_000);

  test('takes back what was granted besides', async () => {
    await administrator.query('grant delete on decision to nextbest_service, public');
    const NEXTBEST_OWNER_URL = urlFor('OWNER', database.url);
    await run('SERVICE', ['database', 'prepare'], { NEXTBEST_OWNER_URL });
    const service = createPool(urlFor('SERVICE', database.url), {
      max: 1,
      applicationName: 'service',
    });
    await expect(service.query('delete from decision')).rejects.toMatchObject({ code: '42501' });
    await service.close();
  }, 60_000);
});
