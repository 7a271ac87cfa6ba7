import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { prepareDatabase } from '../../src/main/prepare-database.ts';
import { type ClonedDatabase, cloneDatabase } from './database.ts';

/** A migrated database in which commands can do their duties: months, queues and rights too. */
export async function clonePrepared(): Promise<ClonedDatabase> {
  const clone = await cloneDatabase();
  await prepareDatabase(clone.url, { at: systemClock.now(), months: 3 });
  return clone;
}
