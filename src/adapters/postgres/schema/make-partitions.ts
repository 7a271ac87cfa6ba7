import type { Instant } from '../../../domain/instant.ts';
import { createPool } from '../connection/pool.ts';
import { ensurePartitions } from '../decisions/decision-partitions.ts';

/** Makes places for decisions ahead, as the owner, and answers the names of those it made. */
export async function makePartitions(
  url: string,
  from: Instant,
  months: number,
): Promise<readonly string[]> {
  const database = createPool(url, { max: 1, applicationName: 'nextbest prepare' });
  try {
    return await ensurePartitions(database, from, months);
  } finally {
    await database.close();
  }
}
