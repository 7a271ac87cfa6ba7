import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import {
  type OpenDatabase,
  openDatabase,
} from '../../src/adapters/postgres/embedded/open-database.ts';
import { type Duty, ROLE_OF } from '../../src/adapters/postgres/schema/roles.ts';
import { nextbest } from '../support/command.ts';

describe('a server whose administrator is no superuser, and which has none of the roles', () => {
  let parent: string;
  let server: OpenDatabase;
  let dba: Database;

  const urlOf = (name: string) => {
    const url = new URL(server.administratorUrl);
    return Object.assign(url, { username: name, password: name, pathname: 'bank' }).href;
  };
  const asAdministrator = async (...statements: readonly string[]) => {
    const pool = createPool(server.administratorUrl, { max: 1, applicationName: 'superuser' });
    try {
      for (const statement of statements) await pool.query(statement);
    } finally {
      await pool.close();
    }
  };
  const run = (name: string, line: string) =>
    nextbest(line.split(' '), { DATABASE_URL: urlOf(name), NEXTBEST_DATA: parent });

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'nextbest-stranger-'));
    await chmod(parent, 0o711);
    server = await openDatabase({ dataFolder: join(parent, 'data'), durable: false });
    await asAdministrator(
      'alter database nextbest owner to nextbest',
      ...Object.values(ROLE_OF).map((role) => `drop role ${role}`),
      "create role dba login createrole createdb password 'dba'",
      "create role stranger login password 'stranger'",
      'create database bank owner dba',
    );
    dba = createPool(urlOf('dba'), { max: 1, applicationName: 'dba' });
  }, 60_000);
  afterAll(async () => {
    await dba?.close();
    await server?.close();
    await rm(parent, { recursive: true });
  });

  test('is not prepared by whoever comes along', async () => {
    expect(await run('stranger', 'database prepare')).toMatchObject({
      code: 1,
      stderr:
        'nextbest: `stranger` may not make roles, and the roles are not made yet: run ' +
        '`nextbest database prepare` with the url of an administrator, or of ' +
        '`nextbest_owner` once the roles are there\n',
    });
  }, 30_000);

  test('is prepared by the administrator, and again', async () => {
    for (const tables of [12, 0]) {
      const { code, stdout, stderr } = await run('dba', 'database prepare');
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`${tables} tables for decisions made`);
    }
  }, 60_000);

  test('lets nobody in until the roles may log in, each by a password of its own', async () => {
    expect(await run('nextbest_worker', 'release list')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^nextbest: the database refuses the login: /),
    });
    const logins: readonly Duty[] = ['SERVICE', 'WORKER', 'AUDITOR'];
    for (const duty of logins) {
      await dba.query(`alter role ${ROLE_OF[duty]} login password '${ROLE_OF[duty]}'`);
    }
    expect(await run('nextbest_worker', 'release list')).toMatchObject({ code: 0, stderr: '' });
    expect(await run('nextbest_auditor', 'replay --all')).toMatchObject({ code: 0, stderr: '' });
    expect(await run('nextbest_service', 'serve')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the database holds no bank'),
    });
    const stranger = createPool(urlOf('stranger'), { max: 1, applicationName: 'stranger' });
    await expect(stranger.query('select 1')).rejects.toMatchObject({ code: '42501' });
    await stranger.close();
  }, 60_000);

  test('serves a login of the bank’s own that is in the role of its duty', async () => {
    await dba.query("create role app login password 'app' in role nextbest_worker");
    expect(await run('app', 'release list')).toMatchObject({ code: 0, stderr: '' });
    expect(await run('dba', 'serve')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('`dba` may do what only the owner should'),
    });
  }, 30_000);
});
