import type { NotReadyReason } from '../../../app/ports/readiness.ts';
import { codeOf } from './outage-of.ts';
import type { Database } from './pool.ts';

/**
 * Writes as a decision does, and leaves nothing behind; throws where the database refuses. A
 * temporary table that is empty must be given a block of the disk, a message writes to the log and
 * waits until that is durable, and the table is refused where nothing may be written. A message
 * needs no right, while locking a row would need that to change it.
 */
export async function tryWrite(database: Database): Promise<void> {
  await database.transaction(async (connection) => {
    await connection.query(
      'create temp table if not exists write_probe (filler text) on commit delete rows',
    );
    await connection.query("insert into pg_temp.write_probe values ('probe')");
    await connection.query("select pg_logical_emit_message(true, 'nextbest', 'probe')");
  });
}

/** What an error of a write says of the database; undefined where it is an error of its own. */
export function refusedWrite(error: unknown): NotReadyReason | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  return STATES.get(code);
}

const STATES: ReadonlyMap<string, NotReadyReason> = new Map([
  ['25006', 'DATABASE_READ_ONLY'],
  ['53100', 'DISK_FULL'],
  ['42501', 'NOT_PERMITTED'],
  // The server's own system error: a disk that fails, or a quota.
  ['58030', 'WRITES_REFUSED'],
]);
