import { COUNTED, OWNED_BY } from '../../../domain/entity-subjects.ts';
import { columnOf } from '../bank/record-columns.ts';
import type { RecordTable } from './record-tables.ts';
import { refuseRows } from './refuse-rows.ts';
import type { ToldColumns } from './told-columns.ts';

/** Same key under two aliases. */
export function sameKey(table: RecordTable, a: string, b: string): string {
  return table.key.map((name) => `${a}.${name} = ${b}.${name}`).join(' and ');
}

/** Same key and same `recorded_at` under two aliases. */
export function sameVersion(table: RecordTable, a: string, b: string): string {
  return `${sameKey(table, a, b)} and ${a}.recorded_at = ${b}.recorded_at`;
}

/** The first column in which both state something and differ; null where there is none. */
export function firstDifferent(columns: readonly string[], a: string, b: string): string {
  if (columns.length === 0) return 'null::text';
  const cases = columns.map((name) => `when ${a}.${name} <> ${b}.${name} then '${name}'`);
  return `case ${cases.join(' ')} end`;
}

/** The column that says whose a record is, where a correction could take it from somebody. */
export function ownerColumn(table: RecordTable): string | undefined {
  const owner: string | undefined = OWNED_BY[table.entity];
  return owner === undefined ? undefined : columnOf(owner);
}

/** Finds keys that stand more than once among the pending, into `repeated`; counts them. */
export function findRepeated(table: RecordTable): string {
  const key = table.key.join(', ');
  return `create temp table repeated on commit drop as
    select ${key} from ${table.pending} group by ${key} having count(*) > 1`;
}

/**
 * Refuses rows whose key stands in `repeated` and which cannot stand beside the first of it. Each
 * statement looks at what the ones before it have left; $1 is the numbers of the files that hold
 * history.
 */
export function repeatedStatements(
  table: RecordTable,
  told: ToldColumns,
): readonly { readonly text: string; readonly ofFiles: boolean }[] {
  const statements = [{ text: differingValues(table), ofFiles: false }];
  const emptied = emptyAgainstSet(table, told);
  if (emptied !== null) statements.push({ text: emptied, ofFiles: false });
  const owner = ownerColumn(table);
  if (owner !== undefined) statements.push({ text: movedOwners(table, owner), ofFiles: false });
  statements.push({ text: undeclaredHistory(table), ofFiles: true });
  if (COUNTED.includes(table.entity)) statements.push({ text: equalRows(table), ofFiles: false });
  return statements;
}

const OTHER_VALUE = "'another row has the same key and another value: keep one of them'";

/** Of one version, a value other than the first that is stated. */
function differingValues(table: RecordTable): string {
  const version = [...table.key, 'recorded_at'].map((name) => `s.${name}`).join(', ');
  const first = table.body.map(
    (name) => `(array_agg(s.${name} order by s.file_no, s.line)
      filter (where s.${name} is not null))[1] as ${name}`,
  );
  const differs = firstDifferent(table.body, 's', 'f');
  return refuseRows(table, {
    with: `first as (select ${[version, ...first].join(', ')} from ${ofRepeated(table)}
      group by ${version})`,
    using: 'first f',
    where: `${sameVersion(table, 's', 'f')} and ${differs} is not null`,
    column: differs,
    code: 'DUPLICATE_KEY',
    message: OTHER_VALUE,
  });
}

/** Of one file that tells a column, an empty cell says otherwise than a filled one. */
function emptyAgainstSet(table: RecordTable, { isTold }: ToldColumns): string | null {
  const told = table.body.filter((name) => isTold(name) !== 'false');
  if (told.length === 0) return null;
  const version = [...table.key, 'recorded_at', 'file_no'];
  const columns = version.map((name) => `s.${name}`).join(', ');
  const same = version.map((name) => `s.${name} = f.${name}`).join(' and ');
  const cases = told.map(
    (name) =>
      `when (s.${name} is null) <> (f.${name} is null) and ${isTold(name)} then '${name}'`,
  );
  const differs = `case ${cases.join(' ')} end`;
  return refuseRows(table, {
    with: `first as (select distinct on (${columns}) s.* from ${ofRepeated(table)}
      order by ${columns}, s.line)`,
    using: 'first f',
    where: `${same} and ${differs} is not null`,
    column: differs,
    code: 'DUPLICATE_KEY',
    message: OTHER_VALUE,
  });
}

function movedOwners(table: RecordTable, owner: string): string {
  return refuseRows(table, {
    with: firstRows(table),
    using: 'first f',
    where: `${sameKey(table, 's', 'f')} and s.${owner} <> f.${owner}`,
    column: `'${owner}'`,
    code: 'DUPLICATE_KEY',
    message: "'another row gives the record to another: a correction never moves one'",
  });
}

/** A key with several times is history, or else several things under one key. */
function undeclaredHistory(table: RecordTable): string {
  const alike = table.body
    .map((name) => `s.${name} is not distinct from f.${name}`)
    .join(' and ');
  const mayMelt = !COUNTED.includes(table.entity) && table.body.length > 0;
  return refuseRows(table, {
    with: firstRows(table),
    using: 'first f',
    where: `${sameKey(table, 's', 'f')} and s.recorded_at <> f.recorded_at
      and not s.file_no = any($1::int[]) ${mayMelt ? `and not (${alike})` : ''}`,
    column: "'recorded_at'",
    code: 'DUPLICATE_KEY',
    message: `'another row has the same key and another time:' ||
      ' keep one of them, or declare \`holdsHistory\`'`,
  });
}

/** What is counted cannot stand twice in one file: two would be told as one. */
function equalRows(table: RecordTable): string {
  const version = [...table.key, 'recorded_at', 'file_no'];
  const columns = version.map((name) => `s.${name}`).join(', ');
  const same = version.map((name) => `s.${name} = f.${name}`).join(' and ');
  return refuseRows(table, {
    with: `first as (select ${columns}, min(s.line) as line from ${ofRepeated(table)}
      group by ${columns})`,
    using: 'first f',
    where: `${same} and s.line <> f.line`,
    column: `'${table.key[0]}'`,
    code: 'DUPLICATE_KEY',
    message: `'an equal row has the same key: keep one of them,' ||
      ' or tell them apart by \`occurrence\`'`,
  });
}

function firstRows(table: RecordTable): string {
  const key = table.key.map((name) => `s.${name}`).join(', ');
  return `first as (select distinct on (${key}) s.* from ${ofRepeated(table)}
    order by ${key}, s.file_no, s.line)`;
}

function ofRepeated(table: RecordTable): string {
  return `${table.pending} s join repeated t on ${sameKey(table, 's', 't')}`;
}
