import { type RecordTable, sameKey } from './record-tables.ts';

const bodyOf = ({ body }: RecordTable, alias: string) =>
  body.length === 0 ? "''" : `row(${body.map((name) => `${alias}.${name}`).join(', ')})::text`;

/** Drops pending rows that say what the last version of their key says. */
export function dropKnown(table: RecordTable): string {
  return `delete from ${table.pending} s where ${bodyOf(table, 's')} = (
      select ${bodyOf(table, 'b')} from ${table.stored} b where ${sameKey(table, 'b', 's')}
      order by b.recorded_at desc limit 1)`;
}

/** Gives each pending row the reading's instant ($1) as that of its version. */
export function stampRead(table: RecordTable): string {
  // A clock may lag what is stored: what a core says now comes after it all the same.
  return `update ${table.pending} s set recorded_at = greatest($1::timestamptz, (
      select max(b.recorded_at) + interval '1 millisecond' from ${table.stored} b
      where ${sameKey(table, 'b', 's')}))`;
}

/**
 * Notes what the system ($1) told whole at an instant ($2). A first answer, one that mends a
 * spoilt one, and one that comes a day or more after the last move the watermark too: a snapshot
 * that had to do without the part is then built again.
 */
export const NOTE_ANSWERED = `
  with told (party_id, part, as_of, core_version) as (
    select * from unnest($3::text[], $4::text[], $5::timestamptz[], $6::text[])
  ), mended as (
    insert into mended_loss (party_id, part, system, since, until)
    select party_id, part, $1, w.spoilt_since, $2 from watermark w join told using (party_id, part)
    where w.system = $1 and w.spoilt_since < $2
  )
  insert into watermark as w
    (party_id, part, system, version, as_of, read_at, answered_since, core_version)
  select party_id, part, $1, 1, as_of, $2, $2, core_version
  from told
  on conflict (party_id, part, system) do update set
    version = w.version + (w.read_at is null or w.spoilt_since is not null
      or excluded.as_of >= w.as_of + interval '1 day')::int,
    as_of = greatest(w.as_of, excluded.as_of),
    read_at = greatest(w.read_at, excluded.read_at),
    answered_since = coalesce(w.answered_since, excluded.answered_since),
    core_version = excluded.core_version,
    spoilt_since = null,
    spoilt_as_of = null`;

/** Notes what the system ($1) told in part only at an instant ($2): it is asked for again soon. */
export const NOTE_SPOILT = `
  insert into watermark as w (party_id, part, system, version, spoilt_since)
  select party_id, part, $1, 1, $2 from unnest($3::text[], $4::text[]) as told (party_id, part)
  on conflict (party_id, part, system) do update set
    version = w.version + (w.spoilt_since is null)::int,
    spoilt_since = coalesce(w.spoilt_since, excluded.spoilt_since)`;
