import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { rolePassword } from '../../src/adapters/postgres/embedded/cluster.ts';
import { type Duty, ROLE_OF } from '../../src/adapters/postgres/schema/roles.ts';
import { SERVER_URL, TEMPLATE, urlOf } from './test-server.ts';

/** A migrated database of a suite's own. */
export interface ClonedDatabase {
  /** An administrator's, for what a test does beside the code that it tests. */
  readonly url: string;
  /** Drops the database; fails if somebody still holds a session, which is a leaking pool. */
  readonly drop: () => Promise<void>;
}

const SETTLE_LIMIT_MS = 1_000;
const POLL_MS = 20;
let count = 0;

/** Clones a template, by default the migrated one: one a suite, in beforeAll. */
export async function cloneDatabase(template?: string): Promise<ClonedDatabase> {
  const serverUrl = variable(SERVER_URL);
  const source = template ?? variable(TEMPLATE);
  const name = `clone_${process.pid}_${Date.now().toString(36)}_${count++}`;
  await withClient(serverUrl, (client) =>
    client.query(`create database ${name} template ${source} strategy file_copy`),
  );
  return { url: urlOf(serverUrl, name), drop: () => dropDatabase(serverUrl, name) };
}

/** The url by which a process of a duty reaches the database of an administrator's url. */
export function urlFor(duty: Duty, administratorUrl: string): string {
  const url = new URL(administratorUrl);
  const ofServer = decodeURIComponent(new URL(variable(SERVER_URL)).password);
  url.username = ROLE_OF[duty];
  url.password = rolePassword(ofServer, duty);
  return url.href;
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const leaked = await withClient(serverUrl, async (client) => {
    const holders = await lastingSessions(client, name);
    await client.query(`drop database ${name} with (force)`);
    return holders;
  });
  if (leaked.length === 0) return;
  const holders = leaked.map((holder) => `\`${holder}\``).join(', ');
  throw new Error(`${leaked.length} sessions are still open (${holders}): close the pool`);
}

/** A pool that has ended may take a moment to vanish from the server's list. */
async function lastingSessions(client: pg.Client, name: string): Promise<readonly string[]> {
  const deadlineMs = performance.now() + SETTLE_LIMIT_MS;
  for (;;) {
    const { rows } = await client.query<{ application_name: string }>(
      'select application_name from pg_stat_activity where datname = $1 and pid is not null',
      [name],
    );
    if (rows.length === 0 || performance.now() > deadlineMs) {
      return rows.map((row) => row.application_name || 'unnamed');
    }
    await sleep(POLL_MS);
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`\`${name}\` is not set: run tests by \`npm test\``);
  return value;
}
