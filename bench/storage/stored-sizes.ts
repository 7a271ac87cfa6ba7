import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import {
  type DecisionRow,
  insertDecisions,
} from '../../src/adapters/postgres/decisions/decision-append.ts';
import { ensurePartitions } from '../../src/adapters/postgres/decisions/decision-partitions.ts';
import { migrate } from '../../src/adapters/postgres/schema/migrate.ts';
import { timeOfUuidv7 } from '../../src/domain/id.ts';

const GROUP = 16;

/** A sheet's or snapshot's row. */
export interface SheetRow {
  readonly customer: string;
  readonly address: Uint8Array;
  readonly body: Uint8Array;
}

/**
 * Bytes a decision on disk, table and indexes, and of WAL, groups committed as online. What the
 * second half adds is counted: the first also pays for pages that are then used again.
 */
export async function storeDecisions(database: Database, rows: readonly DecisionRow[]) {
  const [first] = rows;
  if (first === undefined) throw new Error('no decision is stored: ask for some first');
  const from = new Date(timeOfUuidv7(first.id)).toISOString();
  await ensurePartitions(database, from, 2);
  const half = Math.floor(rows.length / 2);
  await insertGroups(database, rows.slice(0, half));
  const before = await sizesOf(database);
  await insertGroups(database, rows.slice(half));
  const wal = await walPosition(database);
  const after = await sizesOf(database);
  const each = (bytes: number) => Math.round(bytes / (rows.length - half));
  const byIndex = Object.entries(after.indexes).map(
    ([name, bytes]) => [name, each(bytes - (before.indexes[name] ?? 0))] as const,
  );
  const tableBytes = each(after.heap - before.heap);
  const indexBytes = byIndex.reduce((sum, [, bytes]) => sum + bytes, 0);
  return {
    diskBytes: tableBytes + indexBytes,
    tableBytes,
    byIndex: Object.fromEntries(byIndex),
    walBytes: each(wal - before.wal),
  };
}

/** Bytes a sheet or a snapshot on disk, with its index. */
export async function storeSheets(
  database: Database,
  table: 'fact_sheet' | 'snapshot',
  rows: readonly SheetRow[],
): Promise<number> {
  const sheetAddress = table === 'snapshot' ? ', sheet_address, built_at' : '';
  const itsValues = table === 'snapshot' ? ', $2, now()' : '';
  // Without the keys to tables that are empty here.
  await database.query(`create table measured (like ${table} including indexes)`);
  const text = `insert into measured (customer_id, address, codec, body${sheetAddress})
    values ($1, $2, 1, $3${itsValues})`;
  for (const { customer, address, body } of rows) {
    await database.query(text, [customer, address, body]);
  }
  const [size] = await database.query<{ bytes: number }>(
    `select pg_total_relation_size('measured')::float8 as bytes`,
  );
  return Math.round((size?.bytes ?? 0) / rows.length);
}

/** Does work in a database of its own beside the one at the URL, and drops it. */
export async function inScratch<T>(
  source: Database,
  serverUrl: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const name = `bench_storage_${process.pid}`;
  await source.query(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = name;
  try {
    await migrate(url.href);
    const options = { max: 1, applicationName: 'storage bench', statementTimeoutMs: 0 };
    const database = createPool(url.href, options);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await source.query(`drop database ${name} with (force)`);
  }
}

/** Vacuumed first, which brings the pending entries of the tags' index into their lasting form. */
async function sizesOf(database: Database) {
  await database.query('vacuum decision');
  await database.query('checkpoint');
  const [size] = await database.query<{ heap: number }>(
    `select sum(pg_table_size(inhrelid))::float8 as heap
     from pg_inherits where inhparent = 'decision'::regclass`,
  );
  const indexes = await database.query<{ name: string; bytes: number }>(
    `select regexp_replace(c.relname, '^decision_p\\d+_\\d+_', '') as name,
       sum(pg_relation_size(x.indexrelid))::float8 as bytes
     from pg_inherits i join pg_index x on x.indrelid = i.inhrelid
     join pg_class c on c.oid = x.indexrelid
     where i.inhparent = 'decision'::regclass group by 1 order by 1`,
  );
  const byName = indexes.map(({ name, bytes }) => [name, bytes] as const);
  return {
    heap: size?.heap ?? 0,
    indexes: Object.fromEntries(byName),
    wal: await walPosition(database),
  };
}

async function insertGroups(database: Database, rows: readonly DecisionRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += GROUP) {
    await insertDecisions(database, rows.slice(at, at + GROUP));
  }
}

async function walPosition(database: Database): Promise<number> {
  const text = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as at`;
  const [row] = await database.query<{ at: number }>(text);
  return row?.at ?? 0;
}
