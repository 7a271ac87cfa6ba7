import type { Entity } from '../../../domain/bank-record.ts';
import { ENTITY_ORDER, ENTITY_SPECS } from '../../../domain/entity-fields.ts';
import { ON_SILENCE } from '../../../domain/entity-silence.ts';
import {
  columnOf,
  columnsOf,
  identityColumnsOf,
  type RecordColumn,
  tableOf,
} from '../bank/record-columns.ts';

/** Where an entity is stored and where it waits, with all columns of its records. */
export interface RecordTable {
  readonly entity: Entity;
  /** What records are read from whole: a table, or its join with that of their identity. */
  readonly stored: string;
  /** The tables that a record is written to, each with the columns it takes. */
  readonly written: readonly WrittenTable[];
  readonly pending: string;
  readonly columns: readonly RecordColumn[];
  /** The key without `recorded_at`. */
  readonly key: readonly string[];
  /** Neither key nor `recorded_at`. */
  readonly body: readonly string[];
}

/** One of the tables of an entity. */
interface WrittenTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of which one must state something; empty: every record is written. */
  readonly some: readonly string[];
  /** True where `system` is kept beside a record: so that a core ends what was its own only. */
  readonly ofSystem: boolean;
}

/** The tables of every entity, parents first. */
export const RECORD_TABLES: readonly RecordTable[] = ENTITY_ORDER.map(recordTable);

/** The tables of an entity by its name; throws where there is no such entity. */
export function recordTableOf(name: string): RecordTable {
  const table = RECORD_TABLES.find(({ entity }) => entity === name);
  if (table === undefined) throw new TypeError(`no such entity: ${name}`);
  return table;
}

/** Same key under two aliases. */
export function sameKey({ key }: RecordTable, a: string, b: string): string {
  return key.map((name) => `${a}.${name} = ${b}.${name}`).join(' and ');
}

/** The field of a column. */
export function fieldOf(table: RecordTable, column: string): string {
  return table.columns.find((candidate) => candidate.column === column)?.field ?? column;
}

function recordTable(entity: Entity): RecordTable {
  const key = ENTITY_SPECS[entity].key.map(columnOf);
  const identity = identityColumnsOf(entity);
  const columns = [...columnsOf(entity), ...identity];
  const body = columns
    .map(({ column }) => column)
    .filter((column) => !key.includes(column) && column !== 'recorded_at');
  const names = identity.map(({ column }) => column);
  const stored = names.length === 0 ? tableOf(entity) : joined(entity, { key, names });
  const written = writtenTables(entity, { key, names });
  return { entity, stored, written, pending: `pending_${entity}`, columns, key, body };
}

/** What a core may stop to tell, so that it ends. */
function endsBySilence(entity: Entity): boolean {
  return ON_SILENCE[entity] === 'WITHDRAWN' || ON_SILENCE[entity] === 'DATED';
}

interface IdentityColumns {
  readonly key: readonly string[];
  readonly names: readonly string[];
}

/** A version's identity has the version's own key and instant. */
function joined(entity: Entity, { key, names }: IdentityColumns): string {
  const version = [...key, 'recorded_at'];
  const same = version.map((name) => `i.${name} = r.${name}`).join(' and ');
  return `(select r.*, ${names.map((name) => `i.${name}`).join(', ')} from ${tableOf(entity)} r
    left join ${identityTableOf(entity)} i on ${same})`;
}

function writtenTables(entity: Entity, { key, names }: IdentityColumns): readonly WrittenTable[] {
  const columns = columnsOf(entity).map(({ column }) => column);
  const ofSystem = endsBySilence(entity) && !key.includes('system');
  const table = { name: tableOf(entity), columns, some: [], ofSystem };
  if (names.length === 0) return [table];
  const identity = [...key, ...names, 'recorded_at'];
  const apart = {
    name: identityTableOf(entity),
    columns: identity,
    some: names,
    ofSystem: false,
  };
  return [table, apart];
}

function identityTableOf(entity: Entity): string {
  return `${tableOf(entity)}_identity`;
}
