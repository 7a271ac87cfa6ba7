import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ASK_ID, customerIds } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

describe('a database that answers and takes no writes', () => {
  let service: DemoService;
  let ids: readonly string[];

  const ask = (id: string | undefined) => service.ask('AGENT', ASK_ID, { id, channel: 'AGENT' });
  const ready = async () => {
    const response = await fetch(`${service.url}/health/ready`);
    return [response.status, await response.json()];
  };
  const untilReady = async () => {
    for (let i = 0; i < 100 && (await ready())[0] !== 200; i += 1) await sleep(100);
    expect(await ready()).toEqual([200, { status: 'READY' }]);
  };
  const logged = () =>
    service.logged().map((line): { [name: string]: unknown } => JSON.parse(line));
  const name = () => new URL(service.databaseUrl).pathname.slice(1);
  /** New settings of a database reach new sessions only. */
  const dropSessions = () =>
    service.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );

  beforeAll(async () => {
    service = await openDemoService();
    ids = await customerIds(service, 12);
  }, 180_000);
  afterAll(() => service?.close());
  beforeEach(async () => {
    await untilReady();
    service.logged();
  });

  test('is found by looking, without a question, and told with its cause', async () => {
    await service.database.query(
      `alter database ${name()} set default_transaction_read_only = on`,
    );
    await dropSessions();
    await sleep(2_000);
    expect(await ready()).toEqual([503, { status: 'NOT_READY', reason: 'DATABASE_READ_ONLY' }]);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    const { status, errors, headers } = await ask(ids[0]);
    expect([status, errors[0]?.extensions.code]).toEqual([503, 'DATABASE_TAKES_NO_WRITES']);
    expect(headers.get('retry-after')).toBe('1');
    await service.database.query('set default_transaction_read_only = off');
    await service.database.query(`alter database ${name()} reset default_transaction_read_only`);
    await dropSessions();
    await untilReady();
    expect((await ask(ids[0])).status).toBe(200);
    // The sessions that are dropped may be told in between, but no state is told twice in a row.
    const told = logged().filter(({ msg }) => /ready/.test(String(msg)));
    expect(told).toContainEqual(
      expect.objectContaining({
        level: 50,
        code: '25006',
        reason: 'DATABASE_READ_ONLY',
        msg: 'not ready: no decision can be made',
      }),
    );
    expect(told.filter(({ reason }, i) => i > 0 && told[i - 1]?.['reason'] === reason)).toEqual(
      [],
    );
  });

  test('by a full disk is not ready from the first decision on, logged once a cause', async () => {
    // What the server says when a table cannot be given another block.
    await service.database.query(
      `create function refuse() returns trigger language plpgsql as $$
       begin raise exception 'no space left' using errcode = '53100'; end $$`,
    );
    await service.database.query(
      'create trigger full_disk before insert on decision for each row execute function refuse()',
    );
    const answers = await Promise.all(ids.map(ask));
    for (const { status, errors } of answers) {
      expect([status, errors[0]?.extensions.code]).toEqual([503, 'DATABASE_TAKES_NO_WRITES']);
    }
    expect(await ready()).toEqual([503, { status: 'NOT_READY', reason: 'DISK_FULL' }]);
    await service.database.query('drop trigger full_disk on decision');
    expect((await ask(ids[0])).status).toBe(200);
    await untilReady();
    const lines = service.logged();
    const errors = lines
      .map((line): { readonly level?: unknown } => JSON.parse(line))
      .filter(({ level }) => level === 50);
    expect(errors).toMatchObject([
      { reason: 'DISK_FULL', code: '53100' },
      { dependency: 'WRITES', code: '53100' },
    ]);
    expect(lines.join()).not.toContain('no space left');
    for (const id of ids) expect(lines.join()).not.toContain(id);
  });

  test('leaves nothing of its tries in the database', async () => {
    const [row] = await service.database.query(
      "select count(*)::int n from pg_class where relname = 'write_probe' and relkind = 'r'",
    );
    // The table of a session that is open, and no rows in it.
    expect(row).toEqual({ n: 1 });
  });
});
