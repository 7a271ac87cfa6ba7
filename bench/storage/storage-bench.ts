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
} from '../../src/adapters/postgres/body-codec.ts';
import { capsuleDictionary } from '../../src/adapters/postgres/capsule-dictionary.ts';
import { ensurePartitions } from '../../src/adapters/postgres/decision-partitions.ts';
import { createDictionaryShelf } from '../../src/adapters/postgres/dictionary-shelf.ts';
import { openDatabase } from '../../src/adapters/postgres/embedded/open-database.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { createPool, type Database } from '../../src/adapters/postgres/pool.ts';
import { factNamesOf, sheetDictionary } from '../../src/adapters/postgres/sheet-dictionary.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { Capsule } from '../../src/domain/decision.ts';
import { timeOfUuidv7 } from '../../src/domain/id.ts';
import type { ReleaseBody } from '../../src/domain/release.ts';

const MOST = 5_000;
const GROUP = 16;

interface Row extends StoredBody {
  readonly id: string;
  readonly customer_id: string;
  readonly release_id: number;
  readonly caller: string;
  readonly arguments_digest: Uint8Array;
  readonly tags: readonly number[];
}

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
  const rows = await source.query<Row>(
    `select id, customer_id, release_id, caller, arguments_digest, tags, codec, body
     from decision order by id limit ${MOST}`,
  );
  const shelf = createDictionaryShelf(source);
  const stored = await shelf.forBodies(rows);
  const capsules = rows.map((row) => decodeBody<Capsule>(row, stored));
  const releases = await dictionariesOfReleases();
  const nothing = { code: 0, bytes: Buffer.alloc(0) };
  const codecs: readonly Codec[] = [
    { name: '0: canonical text', encode: (_, capsule) => textBody(capsule) },
    {
      name: '1: deflated by release',
      encode: (row, capsule) => encodeBody(capsule, releases.get(row.release_id) ?? nothing),
    },
  ];
  console.log(`${rows.length} decisions, ${mean(rows.map((r) => r.tags.length))} tags each`);
  const known = new Map([...releases.values()].map(({ code, bytes }) => [code, bytes]));
  for (const codec of codecs) {
    const { bodies, encodeUs } = timeEncoding(codec, rows, capsules);
    const decodeUs = perItemUs(bodies, (body) => decodeBody(body, known));
    const cost = await storeAll(rows, bodies);
    const bytes = mean(bodies.map(({ body }) => body.length));
    console.log(codec.name, JSON.stringify({ bytes, ...cost, encodeUs, decodeUs }));
  }
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
function storeAll(rows: readonly Row[], bodies: readonly StoredBody[]) {
  return inScratch(async (database) => {
    const [first] = rows;
    if (first === undefined) throw new Error('no decision is stored: ask for some first');
    const from = new Date(timeOfUuidv7(first.id)).toISOString();
    await ensurePartitions(database, from, 2);
    const half = Math.floor(rows.length / 2);
    await insertGroups(database, rows.slice(0, half), bodies.slice(0, half));
    const before = await sizesOf(database);
    await insertGroups(database, rows.slice(half), bodies.slice(half));
    const wal = await walPosition(database);
    const after = await sizesOf(database);
    const each = (bytes: number) => Math.round(bytes / (rows.length - half));
    return {
      tableBytes: each(after.heap - before.heap),
      indexBytes: each(after.indexes - before.indexes),
      walBytes: each(wal - before.wal),
    };
  });
}

/** Vacuumed first, which brings the pending entries of the tags' index into their lasting form. */
async function sizesOf(database: Database) {
  await database.query('vacuum decision');
  await database.query('checkpoint');
  const [size] = await database.query<{ heap: number; indexes: number }>(
    `select sum(pg_table_size(inhrelid))::bigint as heap,
       sum(pg_indexes_size(inhrelid))::bigint as indexes
     from pg_inherits where inhparent = 'decision'::regclass`,
  );
  return { heap: size?.heap ?? 0, indexes: size?.indexes ?? 0, wal: await walPosition(database) };
}

async function insertGroups(
  database: Database,
  rows: readonly Row[],
  bodies: readonly StoredBody[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += GROUP) {
    await insertGroup(database, rows.slice(at, at + GROUP), bodies.slice(at, at + GROUP));
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

async function insertGroup(
  database: Database,
  rows: readonly Row[],
  bodies: readonly StoredBody[],
): Promise<void> {
  const column = <K extends keyof Row>(name: K) => rows.map((row) => row[name]);
  await database.query(
    `insert into decision (id, customer_id, release_id, caller, arguments_digest, tags, codec, body)
     select i, c, r, w, g, t::int[], n, b from unnest($1::uuid[], $2::uuid[], $3::int[],
       $4::text[], $5::bytea[], $6::text[], $7::smallint[], $8::bytea[])
       as a(i, c, r, w, g, t, n, b)`,
    [
      column('id'),
      column('customer_id'),
      column('release_id'),
      column('caller'),
      column('arguments_digest'),
      rows.map(({ tags }) => `{${tags.join(',')}}`),
      bodies.map(({ codec }) => codec),
      bodies.map(({ body }) => body),
    ],
  );
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
    console.log(table, JSON.stringify({ codec0: text, codec1: packed, encodeUs, decodeUs }));
  }
}

async function sheetWords(shelf: ReturnType<typeof createDictionaryShelf>): Promise<Uint8Array> {
  const [row] = await source.query<StoredBody>('select codec, body from fact_sheet limit 1');
  if (row === undefined) throw new Error('no fact sheet is stored: ask for a decision first');
  return sheetDictionary(factNamesOf(decodeBody(row, await shelf.forBodies([row]))));
}

function mean(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((sum, number) => sum + number, 0) / numbers.length);
}
