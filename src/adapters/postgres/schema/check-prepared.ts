import pg from 'pg';
import type { Instant } from '../../../domain/instant.ts';
import { codeOf, outageOf } from '../connection/outage-of.ts';
import { missingPartitions } from '../decisions/decision-partitions.ts';
import { neededBy, rightsOn } from './apply-grants.ts';
import type { Right } from './grants.ts';
import { checkMigrated } from './migrate.ts';
import { type Duty, ROLE_OF } from './roles.ts';
import { SchemaRefused } from './schema-refused.ts';

/** What a database is looked at for. */
export interface Prepared {
  readonly duty: Duty;
  /** Decisions of this moment must have a place. */
  readonly at: Instant;
}

/**
 * Throws `SchemaRefused` where a duty cannot be done as this url's role: a migration, a right or
 * this month's place for decisions lacks, or the role may do far more than the duty needs.
 */
export async function checkPrepared(url: string, { duty, at }: Prepared): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'nextbest' });
  await client.connect().catch((error: unknown) => {
    throw outageOf(error);
  });
  try {
    await refuseMighty(client, duty);
    await checkMigrated(client);
    if (duty === 'OWNER') return;
    const lacking = await missingRight(client, duty);
    if (lacking !== undefined) throw notAllowed(lacking, duty);
    if (duty === 'AUDITOR') return;
    const [missing] = await missingPartitions(client, at);
    if (missing !== undefined) throw noPlace(missing);
  } catch (error) {
    if (codeOf(error) !== NOT_PERMITTED) throw outageOf(error);
    throw notAllowed('look into the database', duty);
  } finally {
    await client.end();
  }
}

const NOT_PERMITTED = '42501';

/** Who may do everything would do it by mistake too; who answers requests may not even own. */
async function refuseMighty(client: pg.Client, duty: Duty): Promise<void> {
  const { rows } = await client.query<{ name: string; superuser: boolean; owner: boolean }>(
    `select current_user as name, rolsuper as superuser, exists (select from pg_roles o
       where o.rolname = $1 and pg_has_role(current_user, o.oid, 'member')) as owner
     from pg_roles where rolname = current_user`,
    [ROLE_OF.OWNER],
  );
  const [who] = rows;
  if (who === undefined || !(who.superuser || (who.owner && duty === 'SERVICE'))) return;
  const may = who.superuser ? 'everything' : 'what only the owner should';
  throw new SchemaRefused(
    'TOO_MIGHTY',
    `\`${who.name}\` may do ${may}: run \`nextbest database prepare\` by its url, ` +
      `let \`${ROLE_OF[duty]}\` log in, and name that one in DATABASE_URL`,
  );
}

/** The first right that a duty needs and its role has not, in words. */
async function missingRight(
  client: pg.Client,
  duty: Exclude<Duty, 'OWNER'>,
): Promise<string | undefined> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  const needed = neededBy(duty).flatMap(({ table, rights }) =>
    rightsOn(rights, rows[0]?.version ?? 0).flatMap((right) => columnsOf(table, right)),
  );
  const found = await client.query<{ right: string; table: string }>(LACKING, [
    needed.map(({ table }) => table.split('.').at(-2) ?? 'public'),
    needed.map(({ table }) => table.split('.').at(-1)),
    needed.map(({ right }) => right),
    needed.map(({ column }) => column),
  ]);
  const [first] = found.rows;
  return first && `${first.right} \`${first.table}\``;
}

interface Needed {
  readonly table: string;
  readonly right: string;
  readonly column: string | null;
}

function columnsOf(table: string, right: Right): readonly Needed[] {
  if (typeof right === 'string') return [{ table, right, column: null }];
  return right.update.map((column) => ({ table, right: 'update', column }));
}

const LACKING = `
  select n."right", n.name as "table"
  from unnest($1::text[], $2::text[], $3::text[], $4::text[])
    with ordinality as n(schema, name, "right", "column", place)
  left join pg_namespace s
    on s.nspname = n.schema and has_schema_privilege(s.oid, 'usage')
  left join pg_class c on c.relnamespace = s.oid and c.relname = n.name
  where c.oid is null or case
    when n."column" is null then not has_table_privilege(c.oid, n."right")
    else not exists (select from pg_attribute a where a.attrelid = c.oid
      and a.attname = n."column" and has_column_privilege(c.oid, a.attnum, 'update')) end
  order by n.place limit 1`;

function notAllowed(lacking: string, duty: Duty): SchemaRefused {
  return new SchemaRefused(
    'UNPREPARED',
    `the role of the url may not ${lacking}, which this needs: run \`nextbest database ` +
      `prepare\`, unless DATABASE_URL should name \`${ROLE_OF[duty]}\``,
  );
}

function noPlace(table: string): SchemaRefused {
  return new SchemaRefused(
    'UNPREPARED',
    `the database has no table \`${table}\` for the decisions of this month: run \`nextbest ` +
      'database prepare`',
  );
}
