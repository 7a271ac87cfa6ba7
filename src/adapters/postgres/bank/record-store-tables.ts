import type { Entity } from '../../../domain/bank-record.ts';
import {
  ENTITY_ORDER,
  ENTITY_SPECS,
  type FieldType,
  fieldsOf,
} from '../../../domain/entity-fields.ts';

export interface RecordColumn {
  readonly field: string;
  readonly column: string;
  readonly type: string;
  /** What an absent value is stored as; only a key column has one. */
  readonly absent: string | null;
}

export interface RecordTable {
  readonly entity: Entity;
  readonly stored: string;
  readonly staged: string;
  readonly columns: readonly RecordColumn[];
  /** The key without `recorded_at`. */
  readonly key: readonly string[];
  /** Neither key nor `recorded_at`. */
  readonly body: readonly string[];
}

const SQL_TYPES: { readonly [T in FieldType]: string } = {
  text: 'text',
  code: 'text',
  currency: 'text',
  date: 'date',
  instant: 'timestamptz',
  minor: 'bigint',
  count: 'bigint',
  integer: 'bigint',
  ppm: 'bigint',
  boolean: 'boolean',
};

/** Names that SQL reserves. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['from', 'covered_from'],
  ['to', 'covered_to'],
]);

/** The tables of every entity, parents first. */
export const RECORD_TABLES: readonly RecordTable[] = ENTITY_ORDER.map(tableOf);

/** The column of a field: `recordedAt` is `recorded_at`. */
export function columnOf(field: string): string {
  const snake = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return RENAMED.get(field) ?? snake;
}

/** The field of a column. */
export function fieldOf(table: RecordTable, column: string): string {
  return table.columns.find((candidate) => candidate.column === column)?.field ?? column;
}

function tableOf(entity: Entity): RecordTable {
  const keyFields: readonly string[] = ENTITY_SPECS[entity].key;
  const key = keyFields.map(columnOf);
  const columns = fieldsOf(entity).map(([field, spec]) => ({
    field,
    column: columnOf(field),
    type: SQL_TYPES[spec.type],
    absent: keyFields.includes(field) && !spec.required ? '' : null,
  }));
  const body = columns
    .map(({ column }) => column)
    .filter((column) => !key.includes(column) && column !== 'recorded_at');
  return { entity, stored: `bank_${entity}`, staged: `staged_${entity}`, columns, key, body };
}
