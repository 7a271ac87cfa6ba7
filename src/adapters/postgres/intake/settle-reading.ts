import { createHash } from 'node:crypto';
import type { PoolClient, QueryResult } from 'pg';
import type {
  AnsweredPart,
  CoreRecords,
  CustomerPart,
  DroppedRecord,
} from '../../../app/ports/core-reader.ts';
import type { CoreReading, TakenReading } from '../../../app/ports/reading-intake.ts';
import type { Entity } from '../../../domain/bank-record.ts';
import { PART_OF, toldWith } from '../../../domain/entity-parts.ts';
import { ENDINGS, endMissing } from './endings.ts';
import { MERGE_STATEMENTS } from './merge-conflicts.ts';
import { insertRest } from './merge-versions.ts';
import { droppedRecord, oncePerKey } from './once-per-key.ts';
import { readingOrphanStatements } from './orphans.ts';
import { copyRows, fileNumbers } from './pending-rows.ts';
import { dropKnown, NOTE_ANSWERED, NOTE_SPOILT, stampRead } from './reading-statements.ts';
import { RECORD_TABLES, type RecordTable, recordTableOf } from './record-tables.ts';
import { refuseMoved } from './stored-conflicts.ts';
import { moveWatermarks } from './watermarks.ts';

/** The records of an entity that an answer holds once each. */
interface Told {
  readonly table: RecordTable;
  readonly records: readonly object[];
}

/** Settles a reading in one transaction over pending tables that are empty. */
export async function settleReading(
  client: PoolClient,
  reading: CoreReading,
): Promise<TakenReading> {
  const { told, unfit } = sortOut(reading);
  for (const { table, records } of told) {
    const rows = records.map((record, line) => ({ record, place: { file: '', line } }));
    await copyRows(client, table, { rows, files: fileNumbers() });
  }
  const dropped = [...unfit, ...(await dropMisfits(client, told))];
  const spoilt = spoiltBy(dropped, reading);
  const lost = new Set(spoilt.map(nameOf));
  const whole = reading.answered.filter((one) => !lost.has(nameOf(one)));
  const ended = await endAll(client, reading.system, { whole, spoilt });
  const written = await write(client, reading, [
    ...new Set([...told.map(({ table }) => table), ...ended]),
  ]);
  await noteParts(client, reading, { whole, spoilt });
  return { written, dropped, spoilt };
}

function sortOut({ system, records }: CoreReading) {
  const { coverage, lost } = ownWindows(system, records.coverage ?? []);
  const told: Told[] = [];
  const unfit: DroppedRecord[] = [...lost];
  for (const table of RECORD_TABLES) {
    const { entity } = table;
    const rows: readonly object[] = entity === 'coverage' ? coverage : (records[entity] ?? []);
    if (rows.length === 0) continue;
    const { kept, dropped } = oncePerKey(entity, rows);
    told.push({ table, records: kept });
    unfit.push(...dropped);
  }
  return { told, unfit };
}

/** A window of all arrangements would speak of customers whom nobody asked for. */
function ownWindows(system: string, windows: NonNullable<CoreRecords['coverage']>) {
  const named = windows.filter(({ arrangementId = '' }) => arrangementId !== '');
  const message = 'the window names no arrangement: tell one of each that was told whole';
  const why = { code: 'WINDOW_OF_ALL', message };
  return {
    coverage: named.map((window) => ({ ...window, system })),
    lost: windows
      .filter((window) => !named.includes(window))
      .map((window) => droppedRecord('coverage', window, why)),
  };
}

/** What has no parent, and what would be taken from whose it is stored to be. */
async function dropMisfits(
  client: PoolClient,
  told: readonly Told[],
): Promise<readonly DroppedRecord[]> {
  for (const { table } of told) {
    const { entity } = table;
    const moved = refuseMoved(table);
    const merges = entity === 'party_merge' ? MERGE_STATEMENTS : [];
    const statements = [
      ...readingOrphanStatements(table).map((text) => ({ text, ofFiles: false })),
      ...(moved === null ? [] : [{ text: moved, ofFiles: false }]),
      ...merges,
    ];
    for (const [i, { text, ofFiles }] of statements.entries()) {
      // A reading is no history.
      const values = ofFiles ? [[]] : [];
      // Again and again, for the parent of an orphan's child may be that orphan.
      for (let gone = 1; gone > 0; ) {
        const statement = { name: `misfits_${entity}_${i}`, text, values };
        gone = (await run(client, statement)).rowCount ?? 0;
        if (entity !== 'arrangement') break;
      }
    }
  }
  return refusedOf(client, told);
}

async function refusedOf(
  client: PoolClient,
  told: readonly Told[],
): Promise<readonly DroppedRecord[]> {
  const text = 'select entity, line, code, message from refused order by entity, line';
  const found = await run(client, { name: 'refused', text });
  return found.rows.flatMap(({ entity, line, code, message }) => {
    const { table, records } = told.find((one) => one.table.entity === entity) ?? {};
    const record = records?.[line];
    if (table === undefined || record === undefined) return [];
    return [droppedRecord(table.entity, record, { code, message })];
  });
}

/** A part that lost a record, of one customer or of everybody whose it may be. */
function spoiltBy(
  dropped: readonly DroppedRecord[],
  { answered, spoilt }: CoreReading,
): readonly CustomerPart[] {
  const lost = answered.filter(({ customerId, part }) =>
    dropped.some(
      (one) =>
        toldWith(one.entity) === part &&
        (one.customerId === null || one.customerId === customerId),
    ),
  );
  return [...spoilt, ...lost.map(({ customerId, part }) => ({ customerId, part }))];
}

function nameOf({ customerId, part }: CustomerPart): string {
  return `${part} ${customerId}`;
}

/** The tables in which something was ended. */
async function endAll(
  client: PoolClient,
  system: string,
  parts: { readonly whole: readonly CustomerPart[]; readonly spoilt: readonly CustomerPart[] },
): Promise<readonly RecordTable[]> {
  const ended: RecordTable[] = [];
  for (const ending of ENDINGS) {
    const { entity } = ending;
    const customersOf = (some: readonly CustomerPart[]) =>
      some.filter(({ part }) => part === PART_OF[entity]).map(({ customerId }) => customerId);
    const own = customersOf(parts.whole);
    if (own.length === 0) continue;
    const table = recordTableOf(entity);
    const text = endMissing(table, ending);
    const values = [own, system, customersOf(parts.spoilt)];
    const done = await run(client, { name: `end_${entity}`, text, values });
    if ((done.rowCount ?? 0) > 0) ended.push(table);
  }
  return ended;
}

/** Parents first, as the tables stand; then the watermarks of whoever is concerned. */
async function write(
  client: PoolClient,
  { system, readAt }: CoreReading,
  pending: readonly RecordTable[],
): Promise<number> {
  const changed: Entity[] = [];
  let written = 0;
  for (const table of pending) {
    const { entity } = table;
    await run(client, { name: `known_${entity}`, text: dropKnown(table) });
    const stamp = { name: `stamp_${entity}`, text: stampRead(table), values: [readAt] };
    const rows = (await run(client, stamp)).rowCount ?? 0;
    if (rows === 0) continue;
    for (const [i, { text, values }] of insertRest(table, system).entries()) {
      await run(client, { name: `insert_${entity}_${i}`, text, values });
    }
    written += rows;
    changed.push(entity);
  }
  if (written > 0) {
    const text = moveWatermarks(changed);
    await run(client, { name: `move_${changed.join('_')}`, text, values: [system] });
  }
  return written;
}

async function noteParts(
  client: PoolClient,
  { system, readAt }: CoreReading,
  {
    whole,
    spoilt,
  }: {
    readonly whole: readonly AnsweredPart[];
    readonly spoilt: readonly CustomerPart[];
  },
): Promise<void> {
  const columns = (parts: readonly CustomerPart[]) => [
    parts.map(({ customerId }) => customerId),
    parts.map(({ part }) => part),
  ];
  if (whole.length > 0) {
    const [asOf, versions] = [
      whole.map((one) => one.asOf),
      whole.map(({ version }) => version ?? null),
    ];
    const values = [system, readAt, ...columns(whole), asOf, versions];
    await run(client, { name: 'note_answered', text: NOTE_ANSWERED, values });
  }
  if (spoilt.length > 0) {
    const values = [system, readAt, ...columns(spoilt)];
    await run(client, { name: 'note_spoilt', text: NOTE_SPOILT, values });
  }
}

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** By name: the connection plans each once. */
function run(client: PoolClient, { name, text, values = [] }: Statement): Promise<QueryResult> {
  return client.query({ name: shorten(name), text, values: [...values] });
}

/** The server cuts names after 63 characters, so that two long ones could fall together. */
function shorten(name: string): string {
  return name.length <= 63 ? name : createHash('sha256').update(name).digest('hex').slice(0, 63);
}
