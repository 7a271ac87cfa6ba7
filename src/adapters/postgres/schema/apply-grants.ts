import pg from 'pg';
import { LOCKS } from '../connection/locks.ts';
import { outageOf } from '../connection/outage-of.ts';
import { GRANTS, type Right, type TableGrant } from './grants.ts';
import { type Duty, quoted, ROLE_OF } from './roles.ts';

/** The duties that rights are granted to. */
const GRANTED = ['SERVICE', 'WORKER', 'AUDITOR'] as const;
const ROLES = GRANTED.map((duty) => ROLE_OF[duty]).join(', ');

/** The first PostgreSQL in which counting a table anew is a right that can be granted. */
const MAINTAINS_SINCE = 170_000;

/** Grants rights to each role in a database, as its owner. */
export async function grantRights(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'nextbest prepare' });
  await client.connect().catch((error: unknown) => {
    throw outageOf(error);
  });
  try {
    await applyGrants(client);
  } finally {
    await client.end();
  }
}

/**
 * Grants what the table of grants says, and takes back whatever else was granted:
 * at once for whoever is connected, or not at all.
 */
async function applyGrants(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; name: string; queues: boolean }>(
    `select current_setting('server_version_num')::int as version, current_database() as name,
      exists (select from pg_namespace where nspname = 'pgboss') as queues`,
  );
  const [{ version, name, queues } = { version: 0, name: '', queues: false }] = rows;
  const lock = `select pg_advisory_xact_lock(${LOCKS.prepare})`;
  const known = GRANTS.filter(({ tables }) => queues || !isOfQueues(tables));
  const statements = [
    ...takeBack(name, queues),
    ...allowEntry(name, queues),
    ...known.flatMap((grant) => grantsOf(grant, version)),
  ];
  await client.query(`begin; ${lock}; ${statements.join('; ')}; commit`);
}

function isOfQueues(tables: readonly string[]): boolean {
  return tables.every((table) => table.startsWith('pgboss.'));
}

function takeBack(database: string, queues: boolean): readonly string[] {
  const schemas = queues ? 'public, pgboss' : 'public';
  return [
    `revoke all on database ${quoted(database)} from public, ${ROLES}`,
    `revoke all on schema ${schemas} from public, ${ROLES}`,
    `revoke all on all tables in schema ${schemas} from public, ${ROLES}`,
    `revoke all on all sequences in schema ${schemas} from public, ${ROLES}`,
  ];
}

/** Rows of an import wait in temporary tables, and a write is tried in one. */
function allowEntry(database: string, queues: boolean): readonly string[] {
  const writers = [ROLE_OF.SERVICE, ROLE_OF.WORKER].join(', ');
  return [
    `grant connect on database ${quoted(database)} to ${ROLES}`,
    `grant temporary on database ${quoted(database)} to ${writers}`,
    `grant usage on schema public to ${ROLES}`,
    // It looks up by foreign keys, also where the database is a copy that another owns.
    `grant usage, create on schema public to ${ROLE_OF.OWNER}`,
    ...(queues ? [`grant usage on schema pgboss to ${writers}`] : []),
  ];
}

function grantsOf({ tables, rights }: TableGrant, version: number): readonly string[] {
  return GRANTED.flatMap((duty) => {
    const some = rightsOn(rights[duty], version);
    if (some.length === 0) return [];
    return [`grant ${some.map(textOf).join(', ')} on ${tables.join(', ')} to ${ROLE_OF[duty]}`];
  });
}

/** The rights that a server of this version knows. */
export function rightsOn(rights: readonly Right[], version: number): readonly Right[] {
  return rights.filter((right) => right !== 'maintain' || version >= MAINTAINS_SINCE);
}

function textOf(right: Right): string {
  return typeof right === 'string' ? right : `update (${right.update.join(', ')})`;
}

/** What a duty needs, a table at a time; the owner owns everything. */
export function neededBy(duty: Exclude<Duty, 'OWNER'>): readonly {
  readonly table: string;
  readonly rights: readonly Right[];
}[] {
  return GRANTS.flatMap(({ tables, rights }) =>
    tables.map((table) => ({ table, rights: rights[duty] })),
  );
}
