import { sameKey, sameVersion } from './key-conflicts.ts';
import type { RecordTable } from './record-tables.ts';

/** Finds versions that stand more than once among the pending, into `twice`. */
export function findTwice(table: RecordTable): string {
  const version = [...table.key, 'recorded_at'].join(', ');
  return `create temp table twice on commit drop as
    select ${version} from ${table.pending} group by ${version} having count(*) > 1`;
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
  const isFurthest = (name: string) => table.entity === 'coverage' && name === 'covered_to';
  const body = table.body.map((name) => (isFurthest(name) ? furthest : first(name)));
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

/** Drops pending rows equal, but for `recorded_at`, to the version known just before them. */
export function dropUnchanged(table: RecordTable): string {
  const key = table.key.join(', ');
  const body = table.body.length === 0 ? "''" : `row(${table.body.join(', ')})::text`;
  const stored = `select ${key}, recorded_at, ${body} as body, false as fresh
    from ${table.stored} b
    where exists (select from ${table.pending} s where ${sameKey(table, 's', 'b')})`;
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
