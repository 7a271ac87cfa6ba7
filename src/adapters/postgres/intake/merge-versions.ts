import type { RecordTable } from './record-tables.ts';

/** Same key and same `recorded_at` under two aliases. */
function sameVersion(table: RecordTable, a: string, b: string): string {
  return [...table.key, 'recorded_at'].map((name) => `${a}.${name} = ${b}.${name}`).join(' and ');
}

/** The columns in which two rows of one version may not differ where both state something. */
function compared(table: RecordTable): readonly string[] {
  return table.entity === 'coverage' ? [] : table.body;
}

function refuse(table: RecordTable, code: string, text: { differs: string; message: string }) {
  return `insert into refused
    select '${table.entity}', ${text.differs}, file_no, line, '${code}', '${text.message}'
    from gone returning 1`;
}

function firstDifferent(columns: readonly string[], a: string, b: string): string {
  const cases = columns.map((name) => `when ${a}.${name} <> ${b}.${name} then '${name}'`);
  return `case ${cases.join(' ')} end`;
}

/** Refuses pending rows that differ from a stored row of the same version. */
export function refuseAgainstStored(table: RecordTable): string | null {
  const columns = compared(table);
  if (columns.length === 0) return null;
  const differs = firstDifferent(columns, 's', 'b');
  const message =
    'the record is stored with another value: give the correction a later recordedAt';
  return `with gone as (
      delete from ${table.pending} s using ${table.stored} b
      where ${sameVersion(table, 's', 'b')} and ${differs} is not null
      returning s.file_no, s.line, ${differs} as differs
    ) ${refuse(table, 'CONFLICTS_WITH_STORED', { differs: 'differs', message })}`;
}

/**
 * A stored record never changes: where a pending row of its version states more (or a window that
 * reaches further), that becomes a later version, known from the extract's day on ($1).
 */
export function laterVersions(table: RecordTable): string | null {
  if (table.body.length === 0) return null;
  const more =
    table.entity === 'coverage'
      ? 's.covered_to is distinct from b.covered_to'
      : table.body.map((name) => `(b.${name} is null and s.${name} is not null)`).join(' or ');
  return `update ${table.pending} s set recorded_at = $1::timestamptz
    from ${table.stored} b
    where ${sameVersion(table, 's', 'b')} and s.recorded_at < $1::timestamptz and (${more})`;
}

/** Finds versions that stand more than once among the pending, into `twice`. */
export function findTwice(table: RecordTable): string {
  const version = [...table.key, 'recorded_at'].join(', ');
  return `create temp table twice on commit drop as
    select ${version} from ${table.pending} group by ${version} having count(*) > 1`;
}

/** Refuses rows that differ from the first of their version; earlier rows in a file come first. */
export function refuseAmongPending(table: RecordTable): string | null {
  const columns = compared(table);
  if (columns.length === 0) return null;
  const differs = firstDifferent(columns, 's', 'f');
  const message = 'another row has the same key and another value: keep one of them';
  return `with first as (${firstOf(table)}), gone as (
      delete from ${table.pending} s using first f
      where ${sameVersion(table, 's', 'f')} and ${differs} is not null
      returning s.file_no, s.line, ${differs} as differs
    ) ${refuse(table, 'DUPLICATE_KEY', { differs: 'differs', message })}`;
}

/** Makes one row of each version in `twice`, with all that its rows state. */
export function mergeTwice(table: RecordTable): string {
  const version = [...table.key, 'recorded_at'];
  return `with first as materialized (${firstOf(table)}), gone as (
      delete from ${table.pending} s using first f where ${sameVersion(table, 's', 'f')}
    )
    insert into ${table.pending} (${[...version, ...table.body, 'file_no', 'line'].join(', ')})
    select ${[...version, ...table.body, 'file_no', 'line'].join(', ')} from first returning 1`;
}

/** Per version in `twice`: the first statement of each column, or a coverage's furthest day. */
function firstOf(table: RecordTable): string {
  const first = (name: string) =>
    `(array_agg(s.${name} order by s.file_no, s.line)
      filter (where s.${name} is not null))[1] as ${name}`;
  const furthest = `case when bool_or(s.covered_to is null) then null
    else max(s.covered_to) end as covered_to`;
  const version = [...table.key, 'recorded_at'].map((name) => `s.${name}`);
  const body = table.entity === 'coverage' ? [furthest] : table.body.map(first);
  const place = ['file_no', 'line'].map((name) => first(name));
  return `select ${[...version, ...body, ...place].join(', ')}
    from ${table.pending} s join twice t on ${sameVersion(table, 's', 't')}
    group by ${version.join(', ')}`;
}

/** Drops pending rows whose version is stored: what they state is stored too. */
export function dropStored(table: RecordTable): string {
  return `delete from ${table.pending} s using ${table.stored} b
    where ${sameVersion(table, 's', 'b')} returning 1`;
}

/** Drops pending windows that were handed over before, whenever they became known. */
export function dropKnownWindows(): string {
  return `delete from pending_coverage s using bank_coverage b
    where (s.entity, s.arrangement_id, s.covered_from, s.system)
        = (b.entity, b.arrangement_id, b.covered_from, b.system)
      and s.covered_to is not distinct from b.covered_to`;
}

/** Drops pending rows equal, but for `recorded_at`, to the version known just before them. */
export function dropUnchanged(table: RecordTable): string {
  const key = table.key.join(', ');
  const body = table.body.length === 0 ? "''" : `row(${table.body.join(', ')})::text`;
  const match = table.key.map((name) => `s.${name} = b.${name}`).join(' and ');
  const stored = `select ${key}, recorded_at, ${body} as body, false as fresh
    from ${table.stored} b where exists (select from ${table.pending} s where ${match})`;
  return `with versions as (
      select ${key}, recorded_at, ${body} as body, true as fresh from ${table.pending}
      union all ${stored}
    ), compared as (
      select ${key}, recorded_at, fresh,
        body = lag(body) over (partition by ${key} order by recorded_at) as unchanged
      from versions
    )
    delete from ${table.pending} s using compared b
    where b.fresh and b.unchanged and ${sameVersion(table, 's', 'b')} returning 1`;
}

/**
 * Puts what is left into force, a statement a table, the entity's own first; where the table keeps
 * whose a record is, of the system.
 */
export function insertRest(table: RecordTable, system: string) {
  return table.written.map(({ name, columns, some, ofSystem }) => {
    const [more, by] = ofSystem ? [', system', ', $1'] : ['', ''];
    const list = columns.join(', ');
    const which = some.length === 0 ? '' : `where num_nonnulls(${some.join(', ')}) > 0`;
    const text = `insert into ${name} (${list}${more})
      select ${list}${by} from ${table.pending} ${which}`;
    return { text, values: ofSystem ? [system] : [] };
  });
}
