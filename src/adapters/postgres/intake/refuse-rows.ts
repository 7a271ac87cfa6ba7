import { CONCERNS, type Concern } from '../../../domain/entity-subjects.ts';
import { columnOf } from '../bank/record-columns.ts';
import type { RecordTable } from './record-tables.ts';

/** Why pending rows `s` are refused; `column` and `former` are expressions over them. */
interface RefusedRows {
  /** Common tables that `using` and `where` name. */
  readonly with?: string;
  readonly using?: string;
  readonly where: string;
  readonly column: string;
  readonly code: string;
  /** An expression. */
  readonly message: string;
  /** Whose the record was until now, where a correction would take it from somebody. */
  readonly former?: string;
}

/** A statement that moves pending rows to the refused and notes whom they concerned. */
export function refuseRows(table: RecordTable, why: RefusedRows): string {
  const begin = why.with === undefined ? 'with' : `with ${why.with},`;
  const using = why.using === undefined ? '' : `using ${why.using}`;
  return `${begin} gone as (
      delete from ${table.pending} s ${using} where ${why.where}
      returning s.*, ${why.column} as column_name, ${why.message} as message,
        ${why.former ?? 'null::text'} as former
    )${loseGone(table)}
    insert into refused
    select '${table.entity}', column_name, file_no, line, '${why.code}', message
    from gone returning 1`;
}

/** A statement that takes away the other records of rows refused for one of them. */
export function refuseRest(table: RecordTable): string {
  return `with gone as (
      delete from ${table.pending} s
      using (select distinct file_no, line from refused) r
      where (s.file_no, s.line) = (r.file_no, r.line)
      returning s.*, null::text as former
    )${loseGone(table)}
    select 1 from gone`;
}

function loseGone(table: RecordTable): string {
  const concerns: readonly Concern[] = CONCERNS[table.entity];
  if (concerns.length === 0) return '';
  const values = concerns.flatMap(({ field, subject, parts }) =>
    parts.flatMap((part) => [
      `('${part}', '${subject}', g.${columnOf(field)})`,
      `('${part}', '${subject}', g.former)`,
    ]),
  );
  return `, lost_now as (
      insert into lost select l.part, l.subject, l.subject_id, g.recorded_at
      from gone g cross join lateral (values ${values.join(', ')}) l (part, subject, subject_id)
      where l.subject_id is not null
    )`;
}
