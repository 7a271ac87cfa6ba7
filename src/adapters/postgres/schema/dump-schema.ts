import pg from 'pg';

/** What the schema holds, read from the catalogue: one query a kind, each row one statement. */
const PARTS: readonly { readonly title: string; readonly sql: string }[] = [
  {
    title: 'extensions',
    sql: `select format('create extension %I', extname) as line
      from pg_extension where extname <> 'plpgsql' order by extname`,
  },
  {
    title: 'schemas',
    sql: `select format('create schema %I', nspname) as line from pg_namespace n
      where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')
      order by nspname`,
  },
  {
    title: 'types',
    sql: `select format('create type %s as enum (%s)', t.oid::regtype,
        string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) as line
      from pg_type t join pg_enum e on e.enumtypid = t.oid
      group by t.oid order by t.oid::regtype::text
    `,
  },
  {
    title: 'domains',
    sql: `select format('create domain %s as %s%s%s', t.oid::regtype,
        format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then ' not null' end,
        (select string_agg(' ' || pg_get_constraintdef(c.oid), '' order by c.conname)
          from pg_constraint c where c.contypid = t.oid)) as line
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where t.typtype = 'd' and n.nspname not in ('pg_catalog', 'information_schema')
      order by t.oid::regtype::text`,
  },
  {
    title: 'sequences',
    sql: `select format('create sequence %s as %s start %s increment %s cache %s',
        s.seqrelid::regclass, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqcache) as line
      from pg_sequence s order by s.seqrelid::regclass::text`,
  },
  {
    title: 'tables',
    sql: `select format(E'create %stable %s (\n%s\n)%s%s%s',
        case c.relpersistence when 'u' then 'unlogged ' end, c.oid::regclass,
        (select string_agg(format('  %I %s%s%s%s', a.attname,
            format_type(a.atttypid, a.atttypmod),
            case when a.attcollation <> t.typcollation
              then format(' collate %s', a.attcollation::regcollation) end,
            case when a.attnotnull then ' not null' end,
            case
              when a.attidentity <> '' then ' generated as identity'
              when a.attgenerated <> ''
                then format(' generated always as (%s)', pg_get_expr(d.adbin, d.adrelid))
              when d.adbin is not null
                then format(' default %s', pg_get_expr(d.adbin, d.adrelid))
            end), E',\n' order by a.attnum)
          from pg_attribute a join pg_type t on t.oid = a.atttypid
          left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
        case when c.relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) end,
        case when c.relispartition
          then format(' partition of %s %s',
            (select i.inhparent::regclass from pg_inherits i where i.inhrelid = c.oid),
            pg_get_expr(c.relpartbound, c.oid)) end,
        ' with (' || array_to_string(c.reloptions, ', ') || ')') as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_'
        and n.nspname <> 'information_schema'
      order by c.oid::regclass::text`,
  },
  {
    title: 'constraints',
    sql: `select format('alter table %s add constraint %I %s', conrelid::regclass, conname,
        pg_get_constraintdef(c.oid)) as line
      from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      where conrelid <> 0 and contype <> 'n' and n.nspname !~ '^pg_'
        and n.nspname <> 'information_schema'
      order by conrelid::regclass::text, conname`,
  },
  {
    title: 'indexes',
    sql: `select pg_get_indexdef(i.indexrelid) as line
      from pg_index i join pg_class c on c.oid = i.indexrelid
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (select from pg_constraint k
          where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
      order by i.indrelid::regclass::text, i.indexrelid::regclass::text`,
  },
  {
    title: 'views',
    sql: `select format(E'create %sview %s as\n%s',
        case c.relkind when 'm' then 'materialized ' end, c.oid::regclass,
        pg_get_viewdef(c.oid)) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('v', 'm') and n.nspname !~ '^pg_'
        and n.nspname <> 'information_schema'
      order by c.oid::regclass::text`,
  },
  {
    title: 'functions',
    sql: `select rtrim(pg_get_functiondef(p.oid), E'\n') as line
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prokind in ('f', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      order by p.oid::regprocedure::text`,
  },
  {
    title: 'triggers',
    sql: `select pg_get_triggerdef(oid) as line from pg_trigger
      where not tgisinternal order by tgrelid::regclass::text, tgname`,
  },
  {
    title: 'row security',
    sql: `select format('create policy %I on %s as %s for %s using (%s) with check (%s)', polname,
        polrelid::regclass, case when polpermissive then 'permissive' else 'restrictive' end,
        polcmd, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) as line
      from pg_policy order by polrelid::regclass::text, polname`,
  },
  {
    title: 'comments',
    sql: `select format('comment on %s is %L', case when d.objsubid = 0
        then 'table ' || c.oid::regclass
        else format('column %s.%I', c.oid::regclass, a.attname) end, d.description) as line
      from pg_description d join pg_class c on c.oid = d.objoid
        and d.classoid = 'pg_class'::regclass
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      order by c.oid::regclass::text, d.objsubid`,
  },
];

/** The job queue's library makes and migrates its schema by itself. */
const OF_JOB_QUEUE = /\bpgboss\b/;

/** The schema of a database as stable text, the same for the same migrations. */
export async function dumpSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let text = '-- Written by `npm run schema:write` from the migrated database; do not edit.\n';
    for (const { title, sql } of PARTS) {
      const { rows } = await client.query<{ line: string }>(sql);
      const own = rows.filter(({ line }) => !OF_JOB_QUEUE.test(line));
      if (own.length > 0)
        text += `\n-- ${title}\n${own.map(({ line }) => statement(line)).join('')}`;
    }
    return text;
  } finally {
    await client.end();
  }
}

function statement(line: string): string {
  const trimmed = line.replaceAll(/[ \t]+$/gm, '');
  return trimmed.endsWith(';') ? `${trimmed}\n` : `${trimmed};\n`;
}
