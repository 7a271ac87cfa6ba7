import type pg from 'pg';
import { addMonths } from '../../../domain/business-date.ts';
import { timeOfUuidv7, type Uuid } from '../../../domain/id.ts';
import { dateOf, type Instant, startOfDay } from '../../../domain/instant.ts';
import { LOCKS } from '../connection/locks.ts';
import type { Database } from '../connection/pool.ts';

/** When a decision was made, as its id says. */
export function instantOfId(id: Uuid): Instant {
  return new Date(timeOfUuidv7(id)).toISOString();
}

/** The least version 7 UUID of an instant: a bound, not an id. */
export function uuidBoundOf(instant: Instant): Uuid {
  return uuidBoundAt(Date.parse(instant));
}

/** The least version 7 UUID of a time in ms since 1970, or the nearest where none has it. */
export function uuidBoundAt(timeMs: number): Uuid {
  const nearest = Math.min(Math.max(timeMs, 0), 2 ** 48 - 1);
  const hex = nearest.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/**
 * Sees that decisions of these months can be stored: from the month of `from`, so many; answers
 * the tables that it made. Safe to call often and by many at once.
 */
export async function ensurePartitions(
  database: Database,
  from: Instant,
  months: number,
): Promise<readonly string[]> {
  const wanted = partitionsFrom(from, months);
  const rows = await database.query<{ relname: string }>(ATTACHED, [
    wanted.map(({ name }) => name),
  ]);
  const there = new Set(rows.map(({ relname }) => relname));
  const missing = wanted.filter(({ name }) => !there.has(name));
  for (const partition of missing) await createPartition(database, partition);
  return missing.map(({ name }) => name);
}

/** The tables that decisions of a moment would need and that are not there. */
export async function missingPartitions(
  client: Pick<pg.Client, 'query'>,
  at: Instant,
): Promise<readonly string[]> {
  const names = partitionsFrom(at, 1).map(({ name }) => name);
  const { rows } = await client.query<{ relname: string }>(ATTACHED, [names]);
  const there = new Set(rows.map(({ relname }) => relname));
  return names.filter((name) => !there.has(name));
}

function partitionsFrom(from: Instant, months: number): readonly Partition[] {
  const first = `${from.slice(0, 7)}-01`;
  return Array.from({ length: months }, (_, i) => addMonths(first, i)).flatMap((month) =>
    PARTITIONED.map((table) => ({ table, month, name: partitionName(table, month) })),
  );
}

/** A decision and its row of the read model are of one month, since they have one id. */
const PARTITIONED = ['decision', 'decision_outcome'] as const;

interface Partition {
  readonly table: (typeof PARTITIONED)[number];
  readonly month: string;
  readonly name: string;
}

const ATTACHED = `
  select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = any(array['decision', 'decision_outcome']::regclass[])
    and c.relname = any($1)`;

function partitionName(table: string, monthStart: string): string {
  return `${table}_p${monthStart.slice(0, 4)}_${monthStart.slice(5, 7)}`;
}

/**
 * Attaches a table made beforehand: `create table ... partition of` would lock out every reader
 * and writer of decisions, attaching does not.
 */
function createPartition(database: Database, { table, month, name }: Partition): Promise<void> {
  const low = uuidBoundOf(startOfDay(month));
  const high = uuidBoundOf(startOfDay(dateOf(addMonths(month, 1))));
  return database.transaction(async (connection) => {
    await connection.query('select pg_advisory_xact_lock($1)', [LOCKS.partition]);
    if ((await connection.query(ATTACHED, [[name]])).length > 0) return;
    await connection.query(
      `create table ${name} (like ${table} including defaults including constraints)`,
    );
    await connection.query(
      `alter table ${table} attach partition ${name} for values from ('${low}') to ('${high}')`,
    );
  });
}
