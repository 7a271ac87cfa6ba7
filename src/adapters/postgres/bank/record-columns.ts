import type { BankRecords, Entity } from '../../../domain/bank-record.ts';
import { ENTITY_ORDER, ENTITY_SPECS, fieldsOf } from '../../../domain/entity-fields.ts';
import { ON_SILENCE } from '../../../domain/entity-silence.ts';
import type { FieldType } from '../../../domain/field-spec.ts';

/** A column of a table of bank records, and the field of the record it holds. */
export interface RecordColumn {
  readonly field: string;
  readonly column: string;
  readonly sqlType: 'text' | 'date' | 'timestamptz' | 'bigint' | 'boolean';
  /** What an absent value is stored as: a key's column cannot be null. */
  readonly absent: '' | null;
}

/** The table of an entity. */
export function tableOf(entity: Entity): string {
  return `bank_${entity}`;
}

/** The columns of an entity's table, in the order of the record's fields; none of identity. */
export function columnsOf(entity: Entity): readonly RecordColumn[] {
  return COLUMNS[entity];
}

/** The columns of an entity's table of identity; empty where it has none. */
export function identityColumnsOf(entity: Entity): readonly RecordColumn[] {
  return readColumns(entity, true);
}

/** The column of a field: `recordedAt` is `recorded_at`. */
export function columnOf(field: string): string {
  return RENAMED[field] ?? field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** A record from its columns, which begin at `offset`; what has no value there is absent here. */
export function recordOf<E extends Entity>(
  entity: E,
  cells: readonly unknown[],
  offset: number,
): BankRecords[E] {
  const filled: { [field: string]: unknown } = {};
  let at = offset;
  for (const { field, absent } of COLUMNS[entity]) {
    const cell = cells[at];
    if (cell !== null && cell !== absent) filled[field] = cell;
    at += 1;
  }
  const record: object = filled;
  return record as BankRecords[E];
}

const SQL_TYPES: { readonly [T in FieldType]: RecordColumn['sqlType'] } = {
  text: 'text',
  id: 'text',
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
const RENAMED: Readonly<Record<string, string>> = { from: 'covered_from', to: 'covered_to' };

const WITHDRAWN: RecordColumn = {
  field: 'withdrawn',
  column: 'withdrawn',
  sqlType: 'boolean',
  absent: null,
};

const COLUMNS: { readonly [E in Entity]: readonly RecordColumn[] } = Object.fromEntries(
  ENTITY_ORDER.map((entity) => {
    const columns = readColumns(entity, false);
    return [entity, ON_SILENCE[entity] === 'WITHDRAWN' ? [...columns, WITHDRAWN] : columns];
  }),
) as { readonly [E in Entity]: readonly RecordColumn[] };

function readColumns(entity: Entity, identity: boolean): readonly RecordColumn[] {
  const key: readonly string[] = ENTITY_SPECS[entity].key;
  const fields = fieldsOf(entity).filter(([, spec]) => (spec.identity === true) === identity);
  return fields.map(([field, { type, required }]) => ({
    field,
    column: columnOf(field),
    sqlType: SQL_TYPES[type],
    absent: key.includes(field) && !required ? '' : null,
  }));
}
