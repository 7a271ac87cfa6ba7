/**
 * What stored bodies cost, packed and by simpler forms: `NEXTBEST_DATA=<folder> node
 * scripts/launch.mjs bench/storage/storage-bench.ts`. Takes decisions, fact sheets and snapshots
 * of a demo bank, reads each again by every form, writes them into a scratch database of the same
 * server, and drops that.
 */
import { env } from 'node:process';
import { decodeBody, type StoredBody } from '../../src/adapters/postgres/bodies/body-codec.ts';
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
} from '../../src/adapters/postgres/decisions/decision-append.ts';
import { openDatabase } from '../../src/adapters/postgres/embedded/open-database.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { FactSheet } from '../../src/domain/fact.ts';
import type { ReleaseBody } from '../../src/domain/release.ts';
import { FORMS, type Likely, type MeasuredForm } from './body-forms.ts';
import { inScratch, type SheetRow, storeDecisions, storeSheets } from './stored-sizes.ts';
import { capsulePreset, sheetPreset } from './text-presets.ts';

const MOST = 5_000;
const TIMED = 500;
const PASSES = 7;

const server = await openDatabase({
  databaseUrl: env.DATABASE_URL,
  dataFolder: env.NEXTBEST_DATA,
});
const options = { max: 1, applicationName: 'storage bench', statementTimeoutMs: 0 };
const source = createPool(server.administratorUrl, options);
try {
  await measureDecisions();
  for (const table of ['fact_sheet', 'snapshot'] as const) await measureSheets(table);
} finally {
  await source.close();
  await server.close();
}

/** A body to write, with the texts that stand in the columns beside it. */
interface Item {
  readonly value: unknown;
  readonly columns: readonly string[];
  readonly likely: Likely;
}

async function measureDecisions(): Promise<void> {
  const rows = await source.query<DecisionRow>(
    `select id, customer_id as customer, release_id as "releaseId", caller,
       arguments_start as "argumentsDigest", capsule_address as "capsuleAddress",
       null as "requestId", tags, codec, body
     from decision order by id limit ${MOST}`,
  );
  const shelf = await createDictionaryShelf(source).forBodies(rows);
  const releases = await likelyOfReleases();
  const items = rows.map((row): Item => {
    const columns = columnTexts(row.id, row.customer);
    const likely = releases.get(row.releaseId);
    if (likely === undefined) throw new Error(`release ${row.releaseId} is not stored`);
    return { value: decodeBody(row, shelf, columns), columns, likely };
  });
  console.log(`${rows.length} decisions, ${mean(rows.map((r) => r.tags.length))} tags each`);
  await measure(items, (database, bodies) =>
    storeDecisions(
      database,
      rows.map((row, i) => ({ ...row, codec: 1, body: bodies[i] ?? row.body })),
    ),
  );
}

async function likelyOfReleases(): Promise<ReadonlyMap<number, Likely>> {
  const text = 'select id, digest, body from release';
  const rows = await source.query<{ id: number; digest: string; body: string }>(text);
  return new Map(
    rows.map(({ id, digest, body }) => {
      const release = JSON.parse(body) as ReleaseBody;
      const likely: Likely = {
        dictionary: () => capsuleDictionary(release, digest),
        preset: () => capsulePreset(release, digest),
      };
      return [id, likely];
    }),
  );
}

/** Sheets and snapshots are stored once a change. */
async function measureSheets(table: 'fact_sheet' | 'snapshot'): Promise<void> {
  const rows = await source.query<StoredBody & SheetRow>(
    `select customer_id as customer, address, codec, body from ${table} limit 1000`,
  );
  const shelf = await createDictionaryShelf(source).forBodies(rows);
  const names = await factNames();
  const likely = { dictionary: () => sheetDictionary(names), preset: () => sheetPreset(names) };
  const items = rows.map((row) => ({ value: decodeBody(row, shelf), columns: [], likely }));
  console.log(`${rows.length} rows of ${table}`);
  await measure(items, async (database, bodies) => ({
    diskBytes: await storeSheets(
      database,
      table,
      rows.map((row, i) => ({ ...row, body: bodies[i] ?? row.body })),
    ),
  }));
}

async function factNames(): Promise<readonly string[]> {
  const [row] = await source.query<StoredBody>('select codec, body from fact_sheet limit 1');
  if (row === undefined) throw new Error('no fact sheet is stored: ask for a decision first');
  const shelf = await createDictionaryShelf(source).forBodies([row]);
  return factNamesOf(decodeBody<FactSheet>(row, shelf));
}

type Store = (database: Database, bodies: readonly Uint8Array[]) => Promise<object>;

async function measure(items: readonly Item[], store: Store): Promise<void> {
  const works = FORMS.map((form) => workOf(form, items));
  const times = takingTurns(works.flatMap(({ encode, decode }) => [encode, decode]));
  for (const [i, { name, bodies, dictionaryBytes, openMs }] of works.entries()) {
    const stored = await inScratch(source, server.administratorUrl, (database) =>
      store(database, bodies),
    );
    const sizes = bodies.map((body) => body.length).toSorted((a, b) => a - b);
    const body = { mean: mean(sizes), median: sizes[sizes.length >> 1] };
    const us = { encodeUs: times[2 * i], decodeUs: times[2 * i + 1] };
    console.log(name, JSON.stringify({ body, ...stored, ...us, dictionaryBytes, openMs }));
  }
}

function workOf(form: MeasuredForm, items: readonly Item[]) {
  const likelies = [...new Set(items.map(({ likely }) => likely))];
  const opened = new Map(likelies.map((likely) => [likely, form.open(likely)]));
  const opening = () => likelies.map((likely) => form.open(likely)).length;
  const openMs = medianOf(Array.from({ length: PASSES }, () => cpuUs(opening))) / 1_000;
  const pairs = items.map(({ value, columns, likely }) => {
    const of = opened.get(likely) ?? form.open(likely);
    const body = of.encode(value, columns);
    if (canonicalText(of.decode(body, columns)) !== canonicalText(value)) {
      throw new Error(`${form.name} does not read what it wrote`);
    }
    return { of, value, columns, body };
  });
  const some = pairs.slice(0, TIMED);
  return {
    name: form.name,
    bodies: pairs.map(({ body }) => body),
    dictionaryBytes: [...opened.values()].map((one) => one.dictionaryBytes)[0],
    openMs: Math.round((openMs / likelies.length) * 10) / 10,
    encode: () => some.map(({ of, value, columns }) => of.encode(value, columns)).length,
    decode: () => some.map(({ of, body, columns }) => of.decode(body, columns)).length,
  };
}

/** Microseconds an item of each work, which take turns pass by pass; medians. */
function takingTurns(works: readonly (() => number)[]): readonly number[] {
  const passes = Array.from({ length: PASSES }, () => works.map((work) => cpuUs(work) / TIMED));
  return works.map((_, i) => Math.round(medianOf(passes.map((pass) => pass[i] ?? 0))));
}

/** CPU, not time on the clock, for the machine may be shared. */
function cpuUs(work: () => number): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

function mean(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((sum, number) => sum + number, 0) / numbers.length);
}
