import type { PoolClient } from 'pg';
import type { Clock, Randomness } from '../../../app/ports/clock.ts';
import type { ReadingIntake } from '../../../app/ports/reading-intake.ts';
import { LOCKS } from '../connection/locks.ts';
import { codeOf } from '../connection/outage-of.ts';
import type { Database } from '../connection/pool.ts';
import { openCustomers } from './open-customers.ts';
import { createPending } from './pending-rows.ts';
import { settleReading } from './settle-reading.ts';

/** What pseudonyms and keys of new customers are made of. */
interface ReadingIntakeDeps {
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/**
 * Takes readings over a pool of one connection of its own: its pending tables are made once, and
 * its statements planned once, which is most of what a small reading would cost.
 */
export function createReadingIntake(
  connection: Database,
  deps: ReadingIntakeDeps,
): ReadingIntake {
  const prepared = new WeakSet<PoolClient>();
  return {
    declare: async ({ system, parts }, at) => {
      await connection.query(DECLARE, [system, parts, at]);
    },
    take: (reading, waitMs) =>
      connection.withClient(async (client) => {
        if (!prepared.has(client)) {
          await client.query(createPending('delete rows'));
          prepared.add(client);
        }
        try {
          if (!(await enter(client, waitMs))) return undefined;
          const taken = await settleReading(client, reading);
          await openCustomers(client, deps);
          await client.query('commit');
          return taken;
        } catch (error) {
          await client.query('rollback');
          throw error;
        }
      }),
  };
}

const DECLARE = `insert into source (part, system, delivered_at)
  select part, $1, $3 from unnest($2::text[]) part
  on conflict (part, system) do nothing`;

const LOCK_NOT_AVAILABLE = '55P03';

/** Begins, and waits for an import or another reading so long and no longer; false: no turn. */
async function enter(client: PoolClient, waitMs: number): Promise<boolean> {
  const limit = Math.max(1, Math.round(waitMs));
  try {
    await client.query(
      `begin; set local lock_timeout = ${limit}; select pg_advisory_xact_lock(${LOCKS.import})`,
    );
    return true;
  } catch (error) {
    if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error;
    await client.query('rollback');
    return false;
  }
}
