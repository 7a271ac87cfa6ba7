import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getuid, platform } from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DUTIES, ROLE_OF } from '../schema/roles.ts';
import { openDatabase } from './open-database.ts';
import { readStatus } from './server-status.ts';

const HOLDER = resolve(import.meta.dirname, '../../../../test/support/hold-database.ts');

let parent = '';
let dataFolder = '';
let holders: ChildProcess[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'nextbest-embedded-'));
  chmodSync(parent, 0o711);
  dataFolder = join(parent, 'data');
});

afterEach(async () => {
  for (const holder of holders) holder.kill('SIGKILL');
  holders = [];
  // Whatever a failed test left running stops with this last client.
  if (serverPid() !== undefined) await (await openDatabase({ dataFolder })).close();
  rmSync(parent, { recursive: true });
});

describe('an embedded database', () => {
  test('keeps its data from one start to the next', async () => {
    const first = await openDatabase({ dataFolder, durable: false });
    await query(first.administratorUrl, 'create table kept as select 1 as one');
    await first.close();
    expect(serverPid()).toBeUndefined();
    const second = await openDatabase({ dataFolder, durable: false });
    expect(await query(second.administratorUrl, 'select one from kept')).toEqual([{ one: 1 }]);
    expect(second.administratorUrl).toBe(first.administratorUrl);
    await second.close();
  });

  test('lets each duty in by a role of its own, none of which may do everything', async () => {
    const database = await openDatabase({ dataFolder, durable: false });
    for (const duty of DUTIES) {
      const url = database.urlFor(duty) ?? '';
      const who = `select rolname as name, rolsuper or rolcreaterole or rolcreatedb as mighty
        from pg_roles where rolname = session_user`;
      expect(await query(url, who)).toEqual([{ name: ROLE_OF[duty], mighty: false }]);
      const others = new URL(url);
      others.password = new URL(database.administratorUrl).password;
      await expect(query(others.href, 'select 1')).rejects.toThrow('password authentication');
    }
    await database.close();
  });

  test('of before the roles is given them, with all that it holds', async () => {
    const old = await openDatabase({ dataFolder, durable: false });
    await forgetRoles(old.administratorUrl);
    await query(old.administratorUrl, 'create table kept as select 1 as one');
    await query(old.administratorUrl, "create type kind as enum ('ONE')");
    // A server that an older program started has no roles to connect by.
    await expect(openDatabase({ dataFolder, durable: false })).rejects.toThrow(
      /was started by an earlier version of this program: end whatever uses it/,
    );
    await old.close();
    const database = await openDatabase({ dataFolder, durable: false });
    const owner = database.urlFor('OWNER') ?? '';
    expect(await query(owner, 'alter table kept add column two int')).toEqual([]);
    expect(await query(owner, 'drop type kind')).toEqual([]);
    const service = database.urlFor('SERVICE') ?? '';
    await expect(query(service, 'select one from kept')).rejects.toThrow('permission denied');
    await expect(query(service, 'create table made ()')).rejects.toThrow('permission denied');
    await database.close();
  });

  test('hides its password from other users and its port from other machines', async () => {
    const database = await openDatabase({ dataFolder, durable: false });
    expect(statSync(join(dataFolder, 'postgres.password')).mode & 0o777).toBe(0o600);
    expect(await query(database.administratorUrl, 'show listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    const wrong = new URL(database.administratorUrl);
    wrong.password = 'guessed';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    await database.close();
  });

  test('keeps statements and their values out of the log', async () => {
    const database = await openDatabase({ dataFolder, durable: false });
    await query(database.administratorUrl, 'create table person (name text unique)');
    await query(database.administratorUrl, "insert into person values ('Zuzana')");
    await expect(
      query(database.administratorUrl, "insert into person values ('Zuzana')"),
    ).rejects.toThrow();
    await database.close();
    expect(readFileSync(join(dataFolder, 'postgres.log'), 'utf8')).not.toContain('Zuzana');
  });

  test('is started once by several processes, and stops with the last of them', async () => {
    const started = await Promise.all([hold(), hold(), hold()]);
    expect(new Set(started.map(({ url }) => url)).size).toBe(1);
    const pid = serverPid();
    await started[0]?.release();
    expect(serverPid()).toBe(pid);
    await Promise.all(started.slice(1).map(({ release }) => release()));
    expect(serverPid()).toBeUndefined();
  });

  test('outlives a client that was killed, and is found again', async () => {
    const { holder } = await hold();
    const pid = serverPid();
    holder.kill('SIGKILL');
    await ended(holder);
    expect(serverPid()).toBe(pid);
    const database = await openDatabase({ dataFolder, durable: false });
    expect(serverPid()).toBe(pid);
    await database.close();
    expect(serverPid()).toBeUndefined();
  });

  test('is restarted on its port when the server is killed', async () => {
    const database = await openDatabase({ dataFolder, durable: false });
    let timesDown = 0;
    database.onDown(() => {
      timesDown++;
    });
    const { administratorUrl: url } = database;
    const pid = serverPid();
    process.kill(pid ?? 0, 'SIGKILL');
    for (let wait = 0; wait < 200 && (serverPid() ?? pid) === pid; wait++) await sleep(50);
    await sleep(500);
    expect(timesDown).toBe(1);
    expect(database.administratorUrl).toBe(url);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await database.close();
  });

  test('ignores a lock whose holder is dead and a pid file that lies', async () => {
    await (await openDatabase({ dataFolder, durable: false })).close();
    writeFileSync(join(dataFolder, 'database.lock'), '999999999 1');
    const lie = `${process.pid}\n${dataFolder}\n1\n1\n\n127.0.0.1\n1 1\nready   \n`;
    if (platform === 'linux') writeFileSync(join(dataFolder, 'postgres/postmaster.pid'), lie);
    const database = await openDatabase({ dataFolder, durable: false });
    expect(await query(database.administratorUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await database.close();
  });
});

describe('what cannot be opened', () => {
  test('a data folder closed to the server’s user is refused, naming an open one', async () => {
    if (getuid?.() !== 0) return;
    chmodSync(parent, 0o700);
    await expect(openDatabase({ dataFolder })).rejects.toThrow(
      /cannot be reached by user `.+`.+set NEXTBEST_DATA to `\/var\/lib\/nextbest\//,
    );
    chmodSync(parent, 0o711);
  });

  test('a named folder without server programs is refused, naming it', async () => {
    await expect(openDatabase({ dataFolder, pgBinDir: '/nowhere' })).rejects.toThrow(
      'PG_BIN_DIR `/nowhere`',
    );
  });

  test('an address that is none is refused without repeating its password', async () => {
    await expect(openDatabase({ databaseUrl: 'mysql://me:secret@host/db' })).rejects.toThrow(
      /^DATABASE_URL is no PostgreSQL address: write `postgresql:[^`]+`$/,
    );
  });

  test('a bank’s own address is taken as it is', async () => {
    const url = 'postgresql://bank.example/nba';
    const database = await openDatabase({ databaseUrl: url });
    expect(database).toMatchObject({ kind: 'external' });
    expect(DUTIES.map(database.urlFor)).toEqual([undefined, url, url, url]);
    await database.close();
  });
});

interface Held {
  readonly holder: ChildProcess;
  readonly url: string;
  readonly release: () => Promise<void>;
}

async function hold(): Promise<Held> {
  const holder = spawn(process.execPath, [HOLDER, dataFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  holders.push(holder);
  const lines = createInterface({ input: holder.stdout });
  const url = await new Promise<string>((found) => lines.once('line', found));
  const release = () => {
    holder.stdin.write('end\n');
    return ended(holder);
  };
  return { holder, url, release };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => child.once('exit', () => done()));
}

async function query(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** As an earlier program left a folder: one superuser, to whom everything belongs. */
async function forgetRoles(administratorUrl: string): Promise<void> {
  await query(administratorUrl, 'alter database nextbest owner to nextbest');
  for (const role of Object.values(ROLE_OF)) await query(administratorUrl, `drop role ${role}`);
  rmSync(join(dataFolder, 'postgres/nextbest.roles'));
}

function serverPid(): number | undefined {
  return readStatus(join(dataFolder, 'postgres'))?.pid;
}
