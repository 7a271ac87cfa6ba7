import type { Entity } from '../../../domain/bank-record.ts';
import { ENTITY_ORDER, ENTITY_SPECS } from '../../../domain/entity-fields.ts';
import { columnOf, columnsOf, type RecordColumn, tableOf } from '../bank/record-columns.ts';

/** An entity's two tables, which have the same columns: where it is stored, and where it waits. */
export interface RecordTable {
  readonly entity: Entity;
  readonly stored: string;
  readonly pending: string;
  readonly columns: readonly RecordColumn[];
  /** The key without `recorded_at`. */
  readonly key: readonly string[];
  /** Neither key nor `recorded_at`. */
  readonly body: readonly string[];
  /** True where `system` is kept beside a record: so that a core ends what was its own only. */
  readonly ofSystem: boolean;
}

/** What a core may stop to tell, so that it ends. */
const OF_SYSTEM: readonly Entity[] = ['role', 'consent', 'hold'];

/** The tables of every entity, parents first. */
export const RECORD_TABLES: readonly RecordTable[] = ENTITY_ORDER.map(recordTable);

/** The tables of an entity by its name; throws where there is no such entity. */
export function recordTableOf(name: string): RecordTable {
  const table = RECORD_TABLES.find(({ entity }) => entity === name);
  if (table === undefined) throw new TypeError(`no such entity: ${name}`);
  return table;
}

/** The field of a column. */
export function fieldOf(table: RecordTable, column: string): string {
  return table.columns.find((candidate) => candidate.column === column)?.field ?? column;
}

function recordTable(entity: Entity): RecordTable {
  const key = ENTITY_SPECS[entity].key.map(columnOf);
  const columns = columnsOf(entity);
  const body = columns
    .map(({ column }) => column)
    .filter((column) => !key.includes(column) && column !== 'recorded_at');
  const [stored, pending] = [tableOf(entity), `pending_${entity}`];
  return { entity, stored, pending, columns, key, body, ofSystem: OF_SYSTEM.includes(entity) };
}
