import type { PoolClient } from 'pg';
import type { Delivery } from '../../../app/ports/record-intake.ts';
import type { Entity } from '../../../domain/bank-record.ts';
import type { Instant } from '../../../domain/instant.ts';
import { findRepeated, repeatedStatements } from './key-conflicts.ts';
import { MERGE_STATEMENTS } from './merge-conflicts.ts';
import { orphanStatements } from './orphans.ts';
import type { FileNumbers } from './pending-rows.ts';
import { RECORD_TABLES, type RecordTable } from './record-tables.ts';
import { refuseRest } from './refuse-rows.ts';
import { changed, rows } from './run-statement.ts';
import {
  findMore,
  refuseAgainstStored,
  refuseLateMore,
  refuseMoved,
} from './stored-conflicts.ts';
import { type ToldColumns, toldColumns } from './told-columns.ts';

/** One connection inside the import's transaction, with what it counted while adding. */
export interface Settling {
  readonly client: PoolClient;
  readonly files: FileNumbers;
  readonly pending: ReadonlyMap<Entity, number>;
}

/** A table with pending rows, and what sifting found of them. */
export interface Sifted {
  readonly table: RecordTable;
  readonly told: ToldColumns;
  readonly anyStored: boolean;
  /** Keys stood more than once: what is left of them must be merged. */
  readonly hasRepeated: boolean;
  /** Rows state more than what is stored of their version. */
  readonly hasMore: boolean;
  readonly refused: number;
}

/**
 * Refuses what cannot stand beside the others, before anything is written: a row goes with all its
 * records, so that again others may lack theirs, until nothing more is found.
 */
export async function siftDelivery(
  settling: Settling,
  delivery: Delivery,
): Promise<{ readonly sifted: readonly Sifted[]; readonly latest: Instant | null }> {
  const { client, files, pending } = settling;
  const numbers = delivery.historyFiles.map((file) => files.numberOf(file));
  let sifted: Sifted[] = [];
  for (const table of RECORD_TABLES) {
    if (!pending.has(table.entity) || table.entity === 'coverage') continue;
    await rows(client, `analyze ${table.pending}`);
    const anyStored = (await changed(client, `select from ${table.stored} b limit 1`)) > 0;
    const told = toldColumns(table, delivery.told, files);
    const found = { hasRepeated: false, hasMore: false, refused: 0 };
    sifted.push({ table, told, anyStored, ...found });
  }
  for (;;) {
    const latest = await latestOf(client, sifted);
    const by = { numbers, asOf: delivery.asOf ?? latest };
    const next: Sifted[] = [];
    for (const one of sifted) next.push(await siftTable(client, one, by));
    const before = refusedIn(sifted);
    sifted = next;
    if (refusedIn(sifted) === before) return { sifted, latest };
    for (const [i, one] of sifted.entries()) {
      const gone = await changed(client, refuseRest(one.table));
      sifted[i] = { ...one, refused: one.refused + gone };
    }
  }
}

interface SiftingBy {
  /** Of the files that hold history. */
  readonly numbers: readonly number[];
  readonly asOf: Instant | null;
}

async function siftTable(client: PoolClient, one: Sifted, by: SiftingBy): Promise<Sifted> {
  const { table } = one;
  let refused = await refuseOrphans(client, table);
  const repeated = await refuseRepeated(client, one, by.numbers);
  refused += repeated.refused;
  const hasRepeated = repeated.keys > 0;
  if (table.entity === 'party_merge') {
    for (const { text, ofFiles } of MERGE_STATEMENTS) {
      refused += await changed(client, text, ofFiles ? [by.numbers] : []);
    }
  }
  let hasMore = false;
  if (one.anyStored) {
    const moved = refuseMoved(table);
    if (moved !== null) refused += await changed(client, moved);
    refused += await changed(client, refuseAgainstStored(table, one.told, hasRepeated));
    hasMore = (await changed(client, findMore(table))) > 0;
    if (hasMore) refused += await changed(client, refuseLateMore(table), [by.asOf]);
  }
  return { ...one, hasRepeated, hasMore, refused: one.refused + refused };
}

/** Again and again, for the parent of an orphan's child may be that orphan. */
async function refuseOrphans(client: PoolClient, table: RecordTable): Promise<number> {
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

async function refuseRepeated(
  client: PoolClient,
  { table, told }: Sifted,
  numbers: readonly number[],
): Promise<{ readonly keys: number; readonly refused: number }> {
  const keys = await changed(client, findRepeated(table));
  let refused = 0;
  if (keys > 0) {
    for (const { text, ofFiles } of repeatedStatements(table, told)) {
      refused += await changed(client, text, ofFiles ? [numbers] : []);
    }
  }
  await rows(client, 'drop table repeated');
  return { keys, refused };
}

async function latestOf(client: PoolClient, sifted: readonly Sifted[]): Promise<Instant | null> {
  if (sifted.length === 0) return null;
  const each = sifted.map(({ table }) => `select max(recorded_at) as at from ${table.pending}`);
  const found = await rows(
    client,
    `select max(at) as latest from (${each.join(' union all ')}) m`,
  );
  const latest: unknown = found.rows[0]?.latest;
  return typeof latest === 'string' ? latest : null;
}

function refusedIn(sifted: readonly Sifted[]): number {
  return sifted.reduce((sum, { refused }) => sum + refused, 0);
}
