import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { RowPlace } from '../../../app/ports/record-intake.ts';
import type { PartyRecord } from '../../../domain/bank-record.ts';
import { startOfMonth } from '../../../domain/business-date.ts';
import type { RecordColumn } from '../bank/record-columns.ts';
import { RECORD_TABLES, type RecordTable } from './record-tables.ts';

/**
 * Makes the tables where rows wait until they are settled. They go with the transaction, or stay
 * with the connection and are emptied: then the next transaction need not make them.
 */
export function createPending(onCommit: 'drop' | 'delete rows'): string {
  const tables = RECORD_TABLES.map(({ pending, columns }) => {
    const list = columns.map(({ column, sqlType }) => `${column} ${sqlType}`).join(', ');
    return `create temp table ${pending} (${list}, file_no int, line bigint)`;
  });
  const refused = `create temp table refused (
    entity text, column_name text, file_no int, line bigint, code text, message text)`;
  const lost = `create temp table lost (
    part text, subject text, subject_id text, since timestamptz)`;
  return [...tables, refused, lost].map((sql) => `${sql} on commit ${onCommit}`).join('; ');
}

/** Files by number: a pending row carries the number only. */
export interface FileNumbers {
  numberOf(file: string): number;
  nameOf(number: number): string;
}

/** Starts an empty list of files. */
export function fileNumbers(): FileNumbers {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  return {
    numberOf(file) {
      const known = numbers.get(file);
      if (known !== undefined) return known;
      numbers.set(file, names.length);
      return names.push(file) - 1;
    },
    nameOf: (number) => names[number] ?? '',
  };
}

/** Copies a batch to the pending rows: text form, where cells are data whatever they hold. */
export async function copyRows(
  client: PoolClient,
  table: RecordTable,
  batch: {
    readonly rows: readonly { readonly record: object; readonly place: RowPlace }[];
    readonly files: FileNumbers;
  },
): Promise<void> {
  const columns = table.columns.map(({ column }) => column).join(', ');
  const sql = `copy ${table.pending} (${columns}, file_no, line) from stdin`;
  const lines = batch.rows.map(({ record: given, place }) => {
    const record = table.entity === 'party' ? withBirthMonth(given) : given;
    const cells = table.columns.map((column) => cellOf(record, column));
    return `${cells.join('\t')}\t${batch.files.numberOf(place.file)}\t${place.line}\n`;
  });
  await pipeline(Readable.from([Buffer.from(lines.join(''))]), client.query(copyFrom(sql)));
}

/** What decides knows the month of a birth at the most: from the day, or as the bank says. */
function withBirthMonth(party: Partial<PartyRecord>): Partial<PartyRecord> {
  const known = party.birthMonth ?? party.birthDate;
  return known === undefined ? party : { ...party, birthMonth: startOfMonth(known) };
}

function cellOf(record: object, column: RecordColumn): string {
  const value: unknown = Reflect.get(record, column.field);
  if (value === undefined) return column.absent ?? '\\N';
  return typeof value === 'string' && SPECIAL.test(value)
    ? value.replace(SPECIALS, (character) => ESCAPES[character] ?? character)
    : String(value);
}

const SPECIAL = /[\\\t\n\r]/;
const SPECIALS = /[\\\t\n\r]/g;
const ESCAPES: { readonly [character: string]: string } = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};
