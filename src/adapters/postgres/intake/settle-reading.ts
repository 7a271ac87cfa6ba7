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
import { ENTITY_SPECS } from '../../../domain/entity-fields.ts';
import { PART_OF } from '../../../domain/entity-parts.ts';
import { readingOrphanStatements } from './orphans.ts';
import { copyRows, fileNumbers } from './pending-rows.ts';
import {
  dropKnown,
  ENDINGS,
  endMissing,
  insertRead,
  NOTE_ANSWERED,
  NOTE_SPOILT,
  refuseRepeated,
} from './reading-statements.ts';
import { RECORD_TABLES, type RecordTable, recordTableOf } from './record-tables.ts';
import { moveWatermarks } from './watermarks.ts';

/** Settles a reading in one transaction over pending tables that are empty. */
export async function settleReading(
  client: PoolClient,
  reading: CoreReading,
): Promise<TakenReading> {
  const told = RECORD_TABLES.filter(({ entity }) => (reading.records[entity] ?? []).length > 0);
  for (const table of told) {
    const rows = rowsOf(reading.records, table.entity);
    await copyRows(client, table, { rows, files: fileNumbers() });
  }
  for (const table of told) await refuse(client, table);
  const dropped = await droppedOf(client, reading.records);
  const spoilt = spoiltBy(dropped, reading);
  const lost = new Set(spoilt.map(nameOf));
  const whole = reading.answered.filter((one) => !lost.has(nameOf(one)));
  const pending = [...told, ...(await endAll(client, reading.system, whole))];
  const written = await write(client, reading, [...new Set(pending)]);
  await noteParts(client, reading, { whole, spoilt });
  return { written, dropped, spoilt };
}

function rowsOf(records: CoreRecords, entity: Entity) {
  return (records[entity] ?? []).map((record, line) => ({
    record,
    place: { file: '', line },
  }));
}

async function refuse(client: PoolClient, table: RecordTable): Promise<void> {
  const { entity } = table;
  for (const [i, statement] of readingOrphanStatements(table).entries()) {
    // Again and again, for the parent of an orphan's child may be that orphan.
    for (let gone = 1; gone > 0; ) {
      gone = (await run(client, `orphans_${entity}_${i}`, statement)).rowCount ?? 0;
      if (entity !== 'arrangement') break;
    }
  }
  await run(client, `repeated_${entity}`, refuseRepeated(table));
}

async function droppedOf(
  client: PoolClient,
  records: CoreRecords,
): Promise<readonly DroppedRecord[]> {
  const text = 'select entity, line, code, message from refused order by entity, line';
  const found = await run(client, 'refused', text);
  return found.rows.map(({ entity: name, line, code, message }) => {
    const { entity } = recordTableOf(name);
    const record: object = records[entity]?.[line] ?? {};
    const key = ENTITY_SPECS[entity].key.map((field) => String(Reflect.get(record, field) ?? ''));
    const customerId: unknown = Reflect.get(record, 'partyId');
    return {
      customerId: typeof customerId === 'string' ? customerId : null,
      entity,
      key: key.join(' '),
      code,
      message,
    };
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
        PART_OF[one.entity] === part &&
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
  whole: readonly CustomerPart[],
): Promise<readonly RecordTable[]> {
  const ended: RecordTable[] = [];
  for (const ending of ENDINGS) {
    const { entity } = ending;
    const own = whole.filter(({ part }) => part === PART_OF[entity]);
    if (own.length === 0) continue;
    const table = recordTableOf(entity);
    const values = [own.map(({ customerId }) => customerId), system];
    const done = await run(client, `end_${entity}`, endMissing(table, ending), values);
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
  const changed: RecordTable[] = [];
  let written = 0;
  for (const table of pending) {
    await run(client, `known_${table.entity}`, dropKnown(table));
    const values = table.ofSystem ? [readAt, system] : [readAt];
    const done = await run(client, `insert_${table.entity}`, insertRead(table), values);
    if ((done.rowCount ?? 0) === 0) continue;
    written += done.rowCount ?? 0;
    changed.push(table);
  }
  const entities = changed.map(({ entity }) => entity);
  if (written > 0) {
    await run(client, `move_${entities.join('_')}`, moveWatermarks(entities), [system]);
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
    await run(client, 'note_answered', NOTE_ANSWERED, values);
  }
  if (spoilt.length > 0) {
    const values = [system, readAt, ...columns(spoilt)];
    await run(client, 'note_spoilt', NOTE_SPOILT, values);
  }
}

/** By name: the connection plans each once. */
function run(
  client: PoolClient,
  name: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<QueryResult> {
  return client.query({ name: shorten(name), text, values: [...values] });
}

/** The server cuts names after 63 characters, so that two long ones could fall together. */
function shorten(name: string): string {
  return name.length <= 63 ? name : createHash('sha256').update(name).digest('hex').slice(0, 63);
}
