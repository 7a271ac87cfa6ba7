import pg from 'pg';
import { LOCKS } from '../connection/locks.ts';
import { outageOf } from '../connection/outage-of.ts';
import { actingAs } from '../connection/session-options.ts';
import { createRolesSql, handOverSql, ROLE_OF } from './roles.ts';
import { SchemaRefused } from './schema-refused.ts';

/**
 * Answers the url by which a session is the owner's. Where the one given is an administrator's,
 * the roles are made first and the database becomes the owner's, with all that lies in it; else
 * it must be the owner's own.
 */
export async function becomeOwner(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, application_name: 'nextbest prepare' });
  await client.connect().catch((error: unknown) => {
    throw outageOf(error);
  });
  try {
    await client.query('select pg_advisory_lock($1)', [LOCKS.prepare]);
    const who = await readWho(client);
    if (who.administers) await makeRoles(client, who);
    else if (who.roles < ROLES.length || !who.owns) throw notTheOwner(who);
    return actingAs(url, ROLE_OF.OWNER);
  } finally {
    await client.end();
  }
}

const ROLES = Object.values(ROLE_OF);

interface Who {
  readonly name: string;
  readonly database: string;
  readonly isSuperuser: boolean;
  /** May make roles. */
  readonly administers: boolean;
  /** May act as the owner. */
  readonly owns: boolean;
  /** How many of the roles there are. */
  readonly roles: number;
}

async function readWho(client: pg.Client): Promise<Who> {
  const { rows } = await client.query<Who>(
    `select current_user as name, current_database() as database, rolsuper as "isSuperuser",
      rolsuper or rolcreaterole as administers,
      exists (select from pg_roles o
        where o.rolname = $1 and pg_has_role(current_user, o.oid, 'member')) as owns,
      (select count(*)::int from pg_roles r where r.rolname = any($2)) as roles
     from pg_roles where rolname = current_user`,
    [ROLE_OF.OWNER, ROLES],
  );
  const [who] = rows;
  if (who === undefined) throw new Error('a session has no role');
  return who;
}

async function makeRoles(client: pg.Client, { name, isSuperuser, database }: Who) {
  for (const statement of createRolesSql()) await client.query(statement);
  // Who makes a role may give it away, and is not in it by that alone.
  if (!isSuperuser) await client.query(`grant ${ROLE_OF.OWNER} to ${pg.escapeIdentifier(name)}`);
  await client.query(`begin; ${handOverSql(database).join('; ')}; commit`);
}

function notTheOwner({ name, roles }: Who): SchemaRefused {
  const why = roles < ROLES.length ? 'the roles are not made yet' : 'it is not the owner either';
  return new SchemaRefused(
    'UNPREPARED',
    `\`${name}\` may not make roles, and ${why}: run \`nextbest database prepare\` with the ` +
      `url of an administrator, or of \`${ROLE_OF.OWNER}\` once the roles are there`,
  );
}
