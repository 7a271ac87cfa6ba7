import type { Entity } from '../../../domain/bank-record.ts';
import type { RecordTable } from './record-tables.ts';

const match = ({ key }: RecordTable, a: string, b: string) =>
  key.map((name) => `${a}.${name} = ${b}.${name}`).join(' and ');
const bodyOf = ({ body }: RecordTable, alias: string) =>
  body.length === 0 ? "''" : `row(${body.map((name) => `${alias}.${name}`).join(', ')})::text`;

/** Drops pending rows that say what the last version of their key says. */
export function dropKnown(table: RecordTable): string {
  return `delete from ${table.pending} s where ${bodyOf(table, 's')} = (
      select ${bodyOf(table, 'b')} from ${table.stored} b where ${match(table, 'b', 's')}
      order by b.recorded_at desc limit 1)`;
}

/** Gives each pending row the reading's instant ($1) as that of its version. */
export function stampRead(table: RecordTable): string {
  // A clock may lag what is stored: what a core says now comes after it all the same.
  return `update ${table.pending} s set recorded_at = greatest($1::timestamptz, (
      select max(b.recorded_at) + interval '1 millisecond' from ${table.stored} b
      where ${match(table, 'b', 's')}))`;
}

/** How a record ends that its core no longer lists: by which column, and on which day. */
interface Ending {
  readonly entity: Entity;
  readonly column: string;
  /** The value from which on it no longer counts on the business date. */
  readonly day: string;
  readonly which: string;
}

/** A role and a consent end on their day, a hold after its last. A no never ends by silence. */
export const ENDINGS: readonly Ending[] = [
  { entity: 'role', column: 'ended_on', day: 'business_date', which: 'true' },
  { entity: 'hold', column: 'ends_on', day: 'business_date - 1', which: 'true' },
  {
    entity: 'consent',
    column: 'expires_on',
    day: 'business_date',
    which: "b.state = 'GIVEN'",
  },
];

/**
 * Adds an ended version of each record of the system ($2) that these customers ($1) still have
 * and the answer lacks. What another system gave is not this one's to end.
 */
export function endMissing(table: RecordTable, { column, day, which }: Ending): string {
  const body = table.body.map((name) => (name === column ? `k.${day}` : `b.${name}`));
  return `insert into ${table.pending} (${[...table.key, ...table.body].join(', ')})
    select ${[...table.key.map((name) => `b.${name}`), ...body].join(', ')}
    from ${table.stored} b cross join bank k
    where b.party_id = any($1) and b.system = $2 and ${which}
      and (b.${column} is null or b.${column} > k.${day})
      and not exists (select from ${table.stored} n
        where ${match(table, 'n', 'b')} and n.recorded_at > b.recorded_at)
      and not exists (select from ${table.pending} s where ${match(table, 's', 'b')})`;
}

/**
 * Notes what the system ($1) told whole at an instant ($2). A first answer, one that mends a
 * spoilt one, and one that comes a day or more after the last move the watermark too: a snapshot
 * that had to do without the part is then built again.
 */
export const NOTE_ANSWERED = `
  insert into watermark as w
    (party_id, part, system, version, as_of, read_at, answered_since, core_version)
  select party_id, part, $1, 1, as_of, $2, $2, core_version
  from unnest($3::text[], $4::text[], $5::timestamptz[], $6::text[])
    as told (party_id, part, as_of, core_version)
  on conflict (party_id, part, system) do update set
    version = w.version + (w.read_at is null or w.spoilt_since is not null
      or excluded.as_of >= w.as_of + interval '1 day')::int,
    as_of = greatest(w.as_of, excluded.as_of),
    read_at = greatest(w.read_at, excluded.read_at),
    answered_since = coalesce(w.answered_since, excluded.answered_since),
    core_version = excluded.core_version,
    spoilt_since = null`;

/** Notes what the system ($1) told in part only at an instant ($2): it is asked for again soon. */
export const NOTE_SPOILT = `
  insert into watermark as w (party_id, part, system, version, spoilt_since)
  select party_id, part, $1, 1, $2 from unnest($3::text[], $4::text[]) as told (party_id, part)
  on conflict (party_id, part, system) do update set
    version = w.version + (w.spoilt_since is null)::int,
    spoilt_since = coalesce(w.spoilt_since, excluded.spoilt_since)`;
