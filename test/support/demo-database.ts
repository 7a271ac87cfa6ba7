import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { makePartitions } from '../../src/adapters/postgres/schema/make-partitions.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { type Config, readConfig } from '../../src/main/config.ts';
import { openWorld } from '../../src/main/open-world.ts';
import { prepareDatabase } from '../../src/main/prepare-database.ts';
import { prepareDemo } from '../../src/main/start.ts';
import type { StartSteps } from '../../src/main/start-steps.ts';
import { type ClonedDatabase, cloneDatabase, urlFor } from './database.ts';
import { SERVER_URL } from './test-server.ts';

/** As many as the start asks at least for rare facts to occur, and few enough to build soon. */
export const DEMO_CUSTOMERS = 400;

const ROOT = resolve(import.meta.dirname, '../..');
const LOCK = 7_201_125;

/** What the contents of the demo bank's database hang on. */
const GROUNDS = [
  'migrations',
  'rules',
  'seeds',
  'src/adapters/extracts',
  'src/adapters/jobs',
  'src/adapters/postgres/schema',
  'src/adapters/rule-files',
  'src/adapters/training',
  'src/app/intake',
  'src/app/learning',
  'src/app/releases',
  'src/domain',
  'src/engine',
  'src/laboratory',
];

/**
 * Clones the demo bank: generated, imported, its forests trained, its first release in force. It
 * is built once for a state of the sources, by whoever comes first, and kept as a template.
 */
export async function cloneDemoDatabase(): Promise<ClonedDatabase> {
  const serverUrl = process.env[SERVER_URL];
  if (serverUrl === undefined) throw new Error('there is no server: run tests by `npm test`');
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    // Held until cloned: so nobody drops a template that is about to be copied.
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const template = `demo_${await groundsDigest()}`;
    await ensureDemo(client, template);
    const clone = await cloneDatabase(template);
    await makePartitions(clone.url, systemClock.now(), 3);
    return clone;
  } finally {
    await client.end();
  }
}

/** Settings of a service over a database of the tests' own server. */
export function demoConfig(
  databaseUrl: string,
  dataFolder: string,
  more: { readonly [variable: string]: string } = {},
): Config {
  return readConfig({
    DATABASE_URL: databaseUrl,
    NEXTBEST_DATA: dataFolder,
    NEXTBEST_LOG: 'silent',
    // Whoever watches jobs handles them too; for all others they would only be noise.
    NEXTBEST_JOBS: 'off',
    PORT: '0',
    ...more,
  });
}

async function groundsDigest(): Promise<string> {
  const hash = createHash('sha256').update(String(DEMO_CUSTOMERS));
  for (const folder of GROUNDS) {
    const files = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
    const paths = files
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name));
    for (const path of paths.toSorted()) {
      if (path.endsWith('.test.ts') || path.endsWith('.md')) continue;
      hash.update(path.slice(ROOT.length)).update(await readFile(path));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** INVARIANT: a database bears the template's name only when it is whole. */
async function ensureDemo(client: pg.Client, template: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where datname like 'demo\\_%'",
  );
  if (rows.some(({ datname }) => datname === template)) return;
  for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`);
  const fresh = await cloneDatabase();
  await fillDemo(fresh.url);
  const name = new URL(fresh.url).pathname.slice(1);
  await client.query(`alter database ${name} rename to ${template}`);
}

async function fillDemo(url: string): Promise<void> {
  await prepareDatabase(url, { at: systemClock.now(), months: 3 });
  const world = await openWorld(demoConfig(urlFor('WORKER', url), tmpdir()), 'WORKER');
  try {
    await world.jobs.open();
    await prepareDemo(world, { customers: DEMO_CUSTOMERS, actor: 'tests' }, QUIET);
  } finally {
    await world.close();
  }
}

const QUIET: StartSteps = {
  run: async (_name, work) => {
    await work(() => {});
  },
};
