import type { BankRecords, Entity } from '../../../domain/bank-record.ts';
import { ENTITY_ORDER, type FieldSpec, fieldsOf } from '../../../domain/entity-fields.ts';

/** A column of a table of bank records, and the field of the record it holds. */
export interface RecordColumn {
  readonly field: string;
  readonly column: string;
  readonly sqlType: 'text' | 'date' | 'timestamptz' | 'bigint' | 'boolean';
}

/** The table of an entity. */
export function tableOf(entity: Entity): string {
  return `bank_${entity}`;
}

/** The columns of an entity's table, in the order of the record's fields. */
export function columnsOf(entity: Entity): readonly RecordColumn[] {
  return fieldsOf(entity).map(([field, spec]) => ({
    field,
    column: RENAMED[field] ?? snakeCase(field),
    sqlType: SQL_TYPES[spec.type],
  }));
}

/** A record from its columns, which begin at `offset`; what is null there is absent here. */
export function recordOf<E extends Entity>(
  entity: E,
  cells: readonly unknown[],
  offset: number,
): BankRecords[E] {
  const filled: { [field: string]: unknown } = {};
  const columns = COLUMNS[entity];
  for (let i = 0; i < columns.length; i += 1) {
    const cell = cells[offset + i];
    const field = columns[i]?.field;
    if (field === undefined || cell === null || isNoArrangement(entity, cell)) continue;
    filled[field] = cell;
  }
  const record: object = filled;
  return record as BankRecords[E];
}

/** A key's column cannot be null, so coverage of all arrangements is stored under none's name. */
function isNoArrangement(entity: Entity, cell: unknown): boolean {
  return entity === 'coverage' && cell === '';
}

const SQL_TYPES: { readonly [T in FieldSpec['type']]: RecordColumn['sqlType'] } = {
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

const RENAMED: Readonly<Record<string, string>> = { from: 'covered_from', to: 'covered_to' };

const COLUMNS: { readonly [E in Entity]: readonly RecordColumn[] } = Object.fromEntries(
  ENTITY_ORDER.map((entity) => [entity, columnsOf(entity)]),
) as { readonly [E in Entity]: readonly RecordColumn[] };

function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
