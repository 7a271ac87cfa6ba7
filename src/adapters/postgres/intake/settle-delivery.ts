import type { PoolClient, QueryResult } from 'pg';
import type {
  Delivery,
  EntityCounts,
  Settled,
  SettledRefusal,
} from '../../../app/ports/record-intake.ts';
import type { Entity } from '../../../domain/bank-record.ts';
import { ENTITY_ORDER } from '../../../domain/entity-fields.ts';
import { PART_OF } from '../../../domain/entity-parts.ts';
import type { Instant } from '../../../domain/instant.ts';
import {
  dropKnownWindows,
  dropStored,
  dropUnchanged,
  findTwice,
  insertRest,
  laterVersions,
  mergeTwice,
  refuseAgainstStored,
  refuseAmongPending,
} from './merge-versions.ts';
import { orphanStatements } from './orphans.ts';
import type { FileNumbers } from './pending-rows.ts';
import { fieldOf, RECORD_TABLES, type RecordTable, recordTableOf } from './record-tables.ts';
import { MOVE_SOURCES, moveWatermarks } from './watermarks.ts';

/** One connection inside the import's transaction, with what it counted while adding. */
export interface Settling {
  readonly client: PoolClient;
  readonly files: FileNumbers;
  readonly pending: ReadonlyMap<Entity, number>;
}

/** Settles entity by entity, parents first, each in a handful of statements over whole tables. */
export async function settleDelivery(settling: Settling, delivery: Delivery): Promise<Settled> {
  await addCoverage(settling, delivery);
  const counts = new Map<Entity, EntityCounts>();
  let latest: Instant | null = null;
  for (const table of RECORD_TABLES) {
    if (!settling.pending.has(table.entity) && table.entity !== 'coverage') continue;
    const settled = await settleTable(settling.client, table, delivery);
    if (settled === null) continue;
    counts.set(table.entity, settled.counts);
    if (latest === null || (settled.latest !== null && settled.latest > latest)) {
      latest = settled.latest;
    }
  }
  await rows(settling.client, moveWatermarks(ENTITY_ORDER), [delivery.system]);
  const partsOf = (entities: readonly Entity[]) =>
    new Set(entities.flatMap((entity) => PART_OF[entity] ?? []));
  const parts = partsOf(delivery.entities).difference(partsOf(delivery.missing));
  const asOf = delivery.asOf ?? latest;
  if (asOf !== null)
    await rows(settling.client, MOVE_SOURCES, [[...parts], delivery.system, asOf]);
  return { counts, refusals: await refusalsOf(settling), latestRecordedAt: latest };
}

async function addCoverage({ client, files }: Settling, delivery: Delivery): Promise<void> {
  for (const { file, until } of delivery.coverageByKey) {
    const back = until === 'dayBeforeLastRow' ? 1 : 0;
    await rows(client, ADD_COVERAGE, [files.numberOf(file), back]);
  }
  await rows(client, 'update pending_coverage set system = $1', [delivery.system]);
}

/** A window is known from its first day on, as what lies in it is. */
const ADD_COVERAGE = `with last as (
    select arrangement_id, max((effective_at at time zone 'UTC')::date) - $2::int as last_day
    from pending_transaction where file_no = $1 group by 1
  ), opening as (
    select arrangement_id, min(opened_on) as opened_on from (
      select arrangement_id, opened_on from pending_arrangement
      union all select arrangement_id, opened_on from bank_arrangement
    ) both_sides group by 1
  )
  insert into pending_coverage
    (entity, arrangement_id, covered_from, covered_to, system, recorded_at, file_no, line)
  select 'transaction', arrangement_id, opened_on, last_day, '',
    opened_on::timestamp at time zone 'UTC', $1, 0
  from last join opening using (arrangement_id) where last_day >= opened_on`;

async function settleTable(
  client: PoolClient,
  table: RecordTable,
  { asOf, system }: Delivery,
): Promise<{ readonly counts: EntityCounts; readonly latest: Instant | null } | null> {
  const before = await count(client, `select count(*)::int as n from ${table.pending}`);
  if (before === 0) return null;
  await rows(client, `analyze ${table.pending}`);
  let refused = await refuseOrphans(client, table);
  const anyStored = (await changed(client, `select from ${table.stored} b limit 1`)) > 0;
  if (table.entity === 'coverage' && anyStored) await postpone(client, asOf);
  if (anyStored) refused += await againstStored(client, table, asOf);
  refused += await amongPending(client, table);
  const latest = await latestOf(client, table);
  if (anyStored) await rows(client, dropStored(table));
  if (anyStored || (await hasVersions(client, table))) await rows(client, dropUnchanged(table));
  let written = 0;
  for (const [i, { text, values }] of insertRest(table, system).entries()) {
    const inserted = await changed(client, text, values);
    // Of a record whose identity lies apart the entity's own table counts.
    if (i === 0) written = inserted;
  }
  if (written > 0) for (const { name } of table.written) await rows(client, `analyze ${name}`);
  return { counts: { written, refused, merged: before - refused - written }, latest };
}

/** A window that a later import brings was not known before that extract: the past stands. */
async function postpone(client: PoolClient, asOf: Instant | null): Promise<void> {
  await rows(client, dropKnownWindows());
  if (asOf !== null) await rows(client, POSTPONE_COVERAGE, [asOf]);
}

const POSTPONE_COVERAGE =
  'update pending_coverage set recorded_at = greatest(recorded_at, $1::timestamptz)';

/** Again and again, for the parent of an orphan's child may be that orphan. */
async function refuseOrphans(client: PoolClient, table: RecordTable): Promise<number> {
  if (table.entity === 'coverage') {
    // A window is no row of the bank's: where its arrangement was refused it goes without a word.
    const missing = `select from bank_arrangement a where a.arrangement_id = s.arrangement_id`;
    await rows(
      client,
      `delete from pending_coverage s
      where arrangement_id <> '' and not exists (${missing})`,
    );
    return 0;
  }
  let refused = 0;
  for (const statement of orphanStatements(table)) {
    for (let gone = 1; gone > 0; ) {
      gone = await changed(client, statement);
      refused += gone;
      if (table.entity !== 'arrangement') break;
    }
  }
  return refused;
}

async function againstStored(
  client: PoolClient,
  table: RecordTable,
  asOf: Instant | null,
): Promise<number> {
  const refuse = refuseAgainstStored(table);
  let refused = refuse === null ? 0 : await changed(client, refuse);
  const later = laterVersions(table);
  if (later === null || asOf === null) return refused;
  const moved = await changed(client, later, [asOf]);
  if (moved > 0 && refuse !== null) refused += await changed(client, refuse);
  return refused;
}

async function amongPending(client: PoolClient, table: RecordTable): Promise<number> {
  await rows(client, findTwice(table));
  const refuse = refuseAmongPending(table);
  let refused = 0;
  if ((await changed(client, 'select from twice limit 1')) > 0) {
    if (refuse !== null) refused = await changed(client, refuse);
    await rows(client, mergeTwice(table));
  }
  await rows(client, 'drop table twice');
  return refused;
}

async function hasVersions(client: PoolClient, table: RecordTable): Promise<boolean> {
  const key = table.key.join(', ');
  const several = `select from ${table.pending} group by ${key} having count(*) > 1 limit 1`;
  return (await changed(client, several)) > 0;
}

async function latestOf(client: PoolClient, table: RecordTable): Promise<Instant | null> {
  // What a window says of itself is no news of the bank's.
  if (table.entity === 'coverage') return null;
  const found = await rows(client, `select max(recorded_at) as latest from ${table.pending}`);
  const latest: unknown = found.rows[0]?.latest;
  return typeof latest === 'string' ? latest : null;
}

async function refusalsOf({ client, files }: Settling): Promise<readonly SettledRefusal[]> {
  const found = await rows(
    client,
    `select entity, column_name, file_no, line, code, message from refused
      order by file_no, line, entity, column_name`,
  );
  return found.rows.map((row) => {
    const table = recordTableOf(row.entity);
    return {
      entity: table.entity,
      field: fieldOf(table, row.column_name),
      place: { file: files.nameOf(row.file_no), line: row.line },
      code: row.code,
      message: row.message,
    };
  });
}

async function count(client: PoolClient, sql: string): Promise<number> {
  const found = await rows(client, sql);
  return Number(found.rows[0]?.n ?? 0);
}

async function changed(
  client: PoolClient,
  sql: string,
  values: readonly unknown[] = [],
): Promise<number> {
  return (await rows(client, sql, values)).rowCount ?? 0;
}

/** Settling may take longer than a query of the service ever may. */
const STATEMENT_TIMEOUT_MS = 3_600_000;

function rows(
  client: PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<QueryResult> {
  const query = { text, values: [...values], query_timeout: STATEMENT_TIMEOUT_MS };
  return client.query(query);
}
