import { firstDifferent, ownerColumn, sameKey, sameVersion } from './key-conflicts.ts';
import type { RecordTable } from './record-tables.ts';
import { refuseRows } from './refuse-rows.ts';
import type { ToldColumns } from './told-columns.ts';

/** Refuses pending rows that would take a stored record from whose it is; null: no such record. */
export function refuseMoved(table: RecordTable): string | null {
  const owner = ownerColumn(table);
  if (owner === undefined) return null;
  return refuseRows(table, {
    using: `${table.stored} b`,
    where: `${sameKey(table, 's', 'b')} and s.${owner} <> b.${owner}`,
    column: `'${owner}'`,
    code: 'CONFLICTS_WITH_STORED',
    message: "'the record is stored as of another: a correction never moves one'",
    former: `b.${owner}`,
  });
}

/**
 * Refuses pending rows that differ from a stored row of the same version, by another value or by
 * none where their file tells the column. With `repeated` keys another row may state it.
 */
export function refuseAgainstStored(
  table: RecordTable,
  { isTold }: ToldColumns,
  hasRepeated: boolean,
): string {
  const cases = table.body.map((name) => {
    const told = isTold(name);
    const emptied = `b.${name} is not null and s.${name} is null and ${told}`;
    const elsewhere = `exists (select from ${table.pending} p
      where ${sameVersion(table, 'p', 's')} and p.${name} is not null)`;
    const less = hasRepeated ? `${emptied} and not ${elsewhere}` : emptied;
    const or = told === 'false' ? '' : ` or (${less})`;
    return `when s.${name} <> b.${name}${or} then '${name}'`;
  });
  const differs = `case ${cases.join(' ')} end`;
  return refuseRows(table, {
    using: `${table.stored} b`,
    where: `${sameVersion(table, 's', 'b')} and ${differs} is not null`,
    column: differs,
    code: 'CONFLICTS_WITH_STORED',
    message: "'the record is stored with another value: give the correction a later recordedAt'",
  });
}

/** Finds out whether a pending row states more than the stored row of its version. */
export function findMore(table: RecordTable): string {
  return `select from ${table.pending} s join ${table.stored} b
    on ${sameVersion(table, 's', 'b')} where ${statesMore(table, 's', 'b')} limit 1`;
}

/**
 * Refuses pending rows that state more than the stored row of their version and cannot become a
 * version of the extract's day ($1): the extract is no later, or a later version says otherwise.
 */
export function refuseLateMore(table: RecordTable): string {
  const cases = table.body.map(
    (name) => `when b.${name} is null and s.${name} is not null then '${name}'`,
  );
  return refuseRows(table, {
    using: `${table.stored} b`,
    where: `${sameVersion(table, 's', 'b')} and ${statesMore(table, 's', 'b')} and (
      s.recorded_at >= $1::timestamptz
      or exists (select from (${latestStored(table, 's')}) l
        where ${firstDifferent(table.body, 's', 'l')} is not null
          or (l.recorded_at >= $1::timestamptz and ${statesMore(table, 's', 'l')}))
      or exists (select from ${table.pending} p
        where ${sameKey(table, 'p', 's')} and p.recorded_at > s.recorded_at))`,
    column: `case ${cases.join(' ')} end`,
    code: 'CONFLICTS_WITH_STORED',
    message: "'the record is stored with less: give what is new a later recordedAt'",
  });
}

/**
 * A stored record never changes: where a pending row of its version states more, that becomes a
 * version known from the extract's day on ($1), with all else that the last version states.
 */
export function laterVersions(table: RecordTable): string {
  // What an extract tells is there again, even where a reading has withdrawn it.
  const kept = table.body.filter((name) => name !== 'withdrawn');
  const body = kept.map((name) => `${name} = coalesce(s.${name}, l.${name})`).join(', ');
  return `update ${table.pending} s set recorded_at = $1::timestamptz, ${body}
    from ${table.stored} b cross join lateral (${latestStored(table, 'b')}) l
    where ${sameVersion(table, 's', 'b')} and ${statesMore(table, 's', 'b')}
      and ${statesMore(table, 's', 'l')}`;
}

/**
 * What the file of a row does not tell stays as the version before says, where another file of the
 * mapping tells it; null where every file tells all.
 */
export function carryUntold(table: RecordTable, { isTold, partly }: ToldColumns): string | null {
  if (partly.length === 0) return null;
  const untold = (name: string) => `s.${name} is null and not ${isTold(name)}`;
  const set = partly.map(
    (name) => `${name} = case when ${untold(name)} then l.${name} else s.${name} end`,
  );
  const some = partly.map((name) => `(${untold(name)} and l.${name} is not null)`);
  return `update ${table.pending} s set ${set.join(', ')} from ${table.stored} l
    where ${sameKey(table, 's', 'l')} and l.recorded_at < s.recorded_at
      and not exists (select from ${table.stored} n where ${sameKey(table, 'n', 'l')}
        and n.recorded_at > l.recorded_at and n.recorded_at < s.recorded_at)
      and (${some.join(' or ')})`;
}

function statesMore(table: RecordTable, a: string, b: string): string {
  if (table.body.length === 0) return 'false';
  const cases = table.body.map((name) => `(${b}.${name} is null and ${a}.${name} is not null)`);
  return `(${cases.join(' or ')})`;
}

function latestStored(table: RecordTable, of: string): string {
  return `select * from ${table.stored} v where ${sameKey(table, 'v', of)}
    order by v.recorded_at desc limit 1`;
}
