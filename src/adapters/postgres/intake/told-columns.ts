import type { ToldFields } from '../../../app/ports/record-intake.ts';
import { columnOf } from '../bank/record-columns.ts';
import type { FileNumbers } from './pending-rows.ts';
import type { RecordTable } from './record-tables.ts';

/**
 * Which columns the file of a pending row `s` tells, as conditions in SQL: an empty cell of a told
 * column says that there is nothing, any other says nothing.
 */
export interface ToldColumns {
  readonly isTold: (column: string) => string;
  /** Columns that some file of the mapping tells and the file of a row may not. */
  readonly partly: readonly string[];
}

/** What a delivery tells of an entity. */
export function toldColumns(
  table: RecordTable,
  told: readonly ToldFields[],
  files: FileNumbers,
): ToldColumns {
  const own = told
    .filter(({ entity }) => entity === table.entity)
    .map(({ file, fields }) => ({
      number: file === null ? null : files.numberOf(file),
      columns: new Set(fields.flatMap(columnsOf)),
    }));
  const came = own.flatMap(({ number, columns }) =>
    number === null ? [] : [{ number, columns }],
  );
  const isTold = (column: string): string => {
    const telling = came.filter(({ columns }) => columns.has(column));
    if (telling.length === 0) return 'false';
    if (telling.length === came.length) return 'true';
    return `s.file_no in (${telling.map(({ number }) => number).join(', ')})`;
  };
  const partly = table.body.filter(
    (column) => own.some(({ columns }) => columns.has(column)) && isTold(column) !== 'true',
  );
  return { isTold, partly };
}

/** The intake takes the month of birth from the day. */
function columnsOf(field: string): readonly string[] {
  return field === 'birthDate' ? ['birth_date', 'birth_month'] : [columnOf(field)];
}
