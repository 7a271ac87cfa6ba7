import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import {
  type OpenDatabase,
  openDatabase,
} from '../../src/adapters/postgres/embedded/open-database.ts';
import { grantRights } from '../../src/adapters/postgres/schema/apply-grants.ts';
import { becomeOwner } from '../../src/adapters/postgres/schema/become-owner.ts';
import { migrate } from '../../src/adapters/postgres/schema/migrate.ts';

/** The variables by which the test run tells its workers where the databases are. */
export const SERVER_URL = 'NEXTBEST_TEST_SERVER_URL';
export const TEMPLATE = 'NEXTBEST_TEST_TEMPLATE';

const ROOT = resolve(import.meta.dirname, '../..');
const LOCK = 7_201_124;

/** Starts the one server of a test run and makes its migrated template database. */
export async function startTestServer(): Promise<OpenDatabase> {
  const server = await openOrRebuild();
  const client = new pg.Client({ connectionString: server.administratorUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const template = `template_${await migrationsDigest()}`;
    await dropLeftovers(client, template);
    await ensureTemplate({ client, serverUrl: server.administratorUrl, template });
    process.env[SERVER_URL] = server.administratorUrl;
    process.env[TEMPLATE] = template;
  } finally {
    await client.end();
  }
  return server;
}

/** The url of another database of the same server. */
export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = database;
  return url.href;
}

/** Without fsync a machine's crash may spoil the data: they are only tests', so start afresh. */
async function openOrRebuild(): Promise<OpenDatabase> {
  const dataFolder = await testFolder();
  const options = { dataFolder, durable: false };
  try {
    return await openDatabase(options);
  } catch {
    await rm(dataFolder, { recursive: true, force: true });
    return openDatabase(options);
  }
}

/** One folder a checkout and user, kept between runs: a warm start takes a tenth of a second. */
async function testFolder(): Promise<string> {
  const { uid } = userInfo();
  const digest = createHash('sha256').update(`${ROOT}|${uid}`).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `nextbest-test-${digest}`);
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711);
  return join(folder, 'data');
}

/** Of the migrations and of what applies them, which leaves marks of its own. */
async function migrationsDigest(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['migrations', 'src/adapters/postgres/schema']) {
    const folder = join(ROOT, name);
    for (const file of (await readdir(folder)).toSorted()) {
      if (file.endsWith('.ts')) hash.update(await readFile(join(folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** Clones carry the process that made them: those of the dead are litter, and old templates. */
async function dropLeftovers(client: pg.Client, template: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where datname ~ '^(clone|fresh|template)_'",
  );
  const names = rows.map(({ datname }) => datname).filter((name) => name !== template);
  const inUse = names.filter((name) => name.startsWith('clone_') && isAlive(name));
  for (const name of inUse.length === 0 ? names : names.filter(isDeadClone)) {
    await client.query(`drop database if exists ${name} with (force)`);
  }
}

function isDeadClone(name: string): boolean {
  return name.startsWith('clone_') && !isAlive(name);
}

function isAlive(clone: string): boolean {
  try {
    return process.kill(Number(clone.split('_')[1]), 0);
  } catch {
    return false;
  }
}

interface TemplateWanted {
  readonly client: pg.Client;
  readonly serverUrl: string;
  readonly template: string;
}

/** INVARIANT: a database bears the template's name only when it is migrated whole. */
async function ensureTemplate({ client, serverUrl, template }: TemplateWanted): Promise<void> {
  const found = await client.query('select from pg_database where datname = $1', [template]);
  if (found.rowCount === 1) return;
  const fresh = `fresh_${randomBytes(4).toString('hex')}`;
  await client.query(`create database ${fresh}`);
  const owner = await becomeOwner(urlOf(serverUrl, fresh));
  await migrate(owner);
  await grantRights(owner);
  await client.query(`alter database ${fresh} rename to ${template}`);
}
