/**
 * What a stored decision costs, by codec: `NEXTBEST_DATA=<folder> node scripts/launch.mjs
 * bench/storage/storage-bench.ts`. Takes the decisions of a demo bank, writes them anew into a
 * scratch database of the same server, and drops that.
 */
import { env } from 'node:process';
import {
  CANONICAL_TEXT,
  type Dictionary,
  decodeBody,
  encodeBody,
  type StoredBody,
} from '../../src/adapters/postgres/bodies/body-codec.ts';
import { capsuleDictionary } from '../../src/adapters/postgres/bodies/capsule-dictionary.ts';
import { createDictionaryShelf } from '../../src/adapters/postgres/bodies/dictionary-shelf.ts';
import {
  factNamesOf,
  sheetDictionary,
} from '../../src/adapters/postgres/bodies/sheet-dictionary.ts';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import {
  columnTexts,
  type DecisionRow,
  insertDecisions,
} from '../../src/adapters/postgres/decisions/decision-append.ts';
import { ensurePartitions } from '../../src/adapters/postgres/decisions/decision-partitions.ts';
import { openDatabase } from '../../src/adapters/postgres/embedded/open-database.ts';
import { migrate } from '../../src/adapters/postgres/schema/migrate.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { Capsule } from '../../src/domain/decision.ts';
import { timeOfUuidv7 } from '../../src/domain/id.ts';
import type { ReleaseBody } from '../../src/domain/release.ts';

const MOST = 5_000;
const GROUP = 16;

/** A stored decision without its body, which the codecs write anew. */
type Row = Omit<DecisionRow, 'codec' | 'body'>;

interface Codec {
  readonly name: string;
  encode(row: Row, capsule: unknown): StoredBody;
}

const server = await openDatabase({
  databaseUrl: env.DATABASE_URL,
  dataFolder: env.NEXTBEST_DATA,
});
const options = { max: 1, applicationName: 'storage bench', statementTimeoutMs: 0 };
const source = createPool(server.url, options);
try {
  await measureDecisions();
  await measureSheets();
} finally {
  await source.close();
  await server.close();
}

async function measureDecisions(): Promise<void> {
  const stored = await source.query<Row & StoredBody>(
    `select id, customer_id as customer, release_id as "releaseId", caller,
       arguments_start as "argumentsDigest", capsule_address as "capsuleAddress",
       null as "requestId", tags, codec, body
     from decision order by id limit ${MOST}`,
  );
  const shelf = await createDictionaryShelf(source).forBodies(stored);
  const capsules = stored.map((row) => decodeBody<Capsule>(row, shelf, beside(row)));
  const rows: readonly Row[] = stored;
  const releases = await dictionariesOfReleases();
  const nothing = { code: 0, bytes: Buffer.from('{"likely":[],"words":[]}') };
  const codecs: readonly Codec[] = [
    { name: '0: canonical text', encode: (_, capsule) => textBody(capsule) },
    {
      name: '1: packed and deflated by release',
      encode: (row, capsule) =>
        encodeBody(capsule, releases.get(row.releaseId) ?? nothing, beside(row)),
    },
  ];
  console.log(`${rows.length} decisions, ${mean(rows.map((r) => r.tags.length))} tags each`);
  const known = new Map([...releases.values()].map(({ code, bytes }) => [code, bytes]));
  for (const codec of codecs) {
    const { bodies, encodeUs } = timeEncoding(codec, rows, capsules);
    const pairs = rows.flatMap((row, i) => ({ row, body: bodies[i] ?? textBody(null) }));
    const decodeUs = perItemUs(pairs, ({ row, body }) => decodeBody(body, known, beside(row)));
    const cost = await storeAll(pairs.map(({ row, body }) => ({ ...row, ...body })));
    const bytes = mean(bodies.map(({ body }) => body.length));
    console.log(codec.name, JSON.stringify({ bytes, ...cost, encodeUs, decodeUs }));
  }
}

function beside({ id, customer }: Row): readonly string[] {
  return columnTexts(id, customer);
}

async function dictionariesOfReleases(): Promise<ReadonlyMap<number, Dictionary>> {
  const text = 'select id, digest, body from release';
  const rows = await source.query<{ id: number; digest: string; body: string }>(text);
  return new Map(
    rows.map(({ id, digest, body }) => {
      const bytes = capsuleDictionary(JSON.parse(body) as ReleaseBody, digest);
      return [id, { code: id, bytes }];
    }),
  );
}

function textBody(value: unknown): StoredBody {
  return { codec: CANONICAL_TEXT, body: Buffer.from(canonicalText(value), 'utf8') };
}

function timeEncoding(codec: Codec, rows: readonly Row[], capsules: readonly Capsule[]) {
  const pairs = rows.map((row, i) => ({ row, capsule: capsules[i] }));
  const bodies = pairs.map(({ row, capsule }) => codec.encode(row, capsule));
  const encodeUs = perItemUs(pairs, ({ row, capsule }) => codec.encode(row, capsule));
  return { bodies, encodeUs };
}

/** CPU, not time on the clock, for the machine may be shared; the median of five passes. */
function perItemUs<T>(items: readonly T[], work: (item: T) => unknown): number {
  const some = items.slice(0, 1_000);
  const passes = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    for (const item of some) work(item);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / some.length;
  });
  return Math.round(passes.toSorted((a, b) => a - b)[2] ?? 0);
}

/**
 * Bytes a decision on disk, table and indexes, and of WAL, groups committed as online. What the
 * second half adds is counted: the first also pays for pages that are then used again.
 */
function storeAll(rows: readonly DecisionRow[]) {
  return inScratch(async (database) => {
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
    return {
      tableBytes: each(after.heap - before.heap),
      indexBytes: byIndex.reduce((sum, [, bytes]) => sum + bytes, 0),
      byIndex: Object.fromEntries(byIndex),
      walBytes: each(wal - before.wal),
    };
  });
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

async function inScratch<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const name = `bench_storage_${process.pid}`;
  await source.query(`create database ${name}`);
  const url = new URL(server.url);
  url.pathname = name;
  try {
    await migrate(url.href);
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

async function walPosition(database: Database): Promise<number> {
  const text = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as at`;
  const [row] = await database.query<{ at: number }>(text);
  return row?.at ?? 0;
}

/** Sheets and snapshots are stored once a change; here their bodies alone. */
async function measureSheets(): Promise<void> {
  const shelf = createDictionaryShelf(source);
  for (const table of ['fact_sheet', 'snapshot']) {
    const rows = await source.query<StoredBody>(`select codec, body from ${table} limit 1000`);
    const known = await shelf.forBodies(rows);
    const values = rows.map((row) => decodeBody<object>(row, known));
    const bytes = await sheetWords(shelf);
    const dictionary = { code: 1, bytes };
    const deflated = values.map((value) => encodeBody(value, dictionary));
    const encodeUs = perItemUs(values, (value) => encodeBody(value, dictionary));
    const decodeUs = perItemUs(deflated, (body) => decodeBody(body, new Map([[1, bytes]])));
    const text = mean(values.map((value) => textBody(value).body.length));
    const packed = mean(deflated.map(({ body }) => body.length));
    const wholeBytes = await rowBytes(table);
    const sizes = { codec0: text, codec1: packed, wholeBytes, encodeUs, decodeUs };
    console.log(table, JSON.stringify(sizes));
  }
}

/** Bytes a row of what is stored, with its index. */
async function rowBytes(table: string): Promise<number> {
  const [row] = await source.query<{ bytes: number }>(
    `select (pg_total_relation_size('${table}') / count(*))::int as bytes from ${table}`,
  );
  return row?.bytes ?? 0;
}

async function sheetWords(shelf: ReturnType<typeof createDictionaryShelf>): Promise<Uint8Array> {
  const [row] = await source.query<StoredBody>('select codec, body from fact_sheet limit 1');
  if (row === undefined) throw new Error('no fact sheet is stored: ask for a decision first');
  return sheetDictionary(factNamesOf(decodeBody(row, await shelf.forBodies([row]))));
}

function mean(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((sum, number) => sum + number, 0) / numbers.length);
}
