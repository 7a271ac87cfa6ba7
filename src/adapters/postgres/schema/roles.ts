/** The duties by which a process connects: each has a role, which may do what it needs. */
export const DUTIES = ['OWNER', 'SERVICE', 'WORKER', 'AUDITOR'] as const;

/** What a process connects for. */
export type Duty = (typeof DUTIES)[number];

/** The role of each duty: one of the whole server, with rights in each prepared database. */
export const ROLE_OF: Readonly<Record<Duty, string>> = {
  OWNER: 'nextbest_owner',
  SERVICE: 'nextbest_service',
  WORKER: 'nextbest_worker',
  AUDITOR: 'nextbest_auditor',
};

/**
 * Makes the roles that are missing, none of which may log in until somebody lets it. These are
 * statements of one line, since the server's single-user mode reads a line as a statement.
 */
export function createRolesSql(): readonly string[] {
  return Object.values(ROLE_OF).map((role) => {
    const missing = `not exists (select from pg_roles where rolname = '${role}')`;
    return `do $$ begin if ${missing} then create role ${role} nologin; end if; end $$`;
  });
}

/** Hands a database and what lies in it to the owner: what was made before is somebody else's. */
export function handOverSql(database: string): readonly string[] {
  const owner = ROLE_OF.OWNER;
  const statements = `select ${FOREIGN.join(' union all select ')}`;
  const work = `for one in ${statements} loop execute one || ' owner to ${owner}'; end loop`;
  return [
    `alter database ${quoted(database)} owner to ${owner}`,
    `do $$ declare one text; begin ${work}; end $$`,
  ];
}

/** A name as it stands in a statement. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const OF_OTHERS = `owner <> '${ROLE_OF.OWNER}'::regrole`;

/**
 * Everything that is not the owner's yet, as the start of its `alter`. Sequences of a column go
 * with their table, and the schema `public` mostly with the database.
 */
const FOREIGN = [
  `format('alter schema %I', nspname) from (select nspname, nspowner as owner from pg_namespace
    where nspname in ('public', 'pgboss')) s
    where ${OF_OTHERS} and owner <> 'pg_database_owner'::regrole`,
  `format('alter table %s', id) from (select c.oid::regclass as id, c.relowner as owner
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p')) t where ${OF_OTHERS}`,
  `format('alter sequence %s', id) from (select c.oid::regclass as id, c.relowner as owner
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'pgboss') and c.relkind = 'S' and not exists (
      select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))) q
    where ${OF_OTHERS}`,
  `format('alter type %s', id) from (select t.oid::regtype as id, t.typowner as owner
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where n.nspname in ('public', 'pgboss') and t.typtype in ('e', 'd')) y where ${OF_OTHERS}`,
  `format('alter routine %s', id) from (select p.oid::regprocedure as id, p.proowner as owner
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'pgboss') and not exists (
      select from pg_depend d where d.objid = p.oid and d.deptype = 'e')) f where ${OF_OTHERS}`,
].map((sql) => sql.replace(/\s+/g, ' '));
