import type { PoolClient } from 'pg';
import type { Clock, Randomness } from '../../../app/ports/clock.ts';
import { uuidv7 } from '../../../domain/id.ts';

const BATCH = 5_000;
const KEY_BYTES = 32;

/** Gives each party that has none a pseudonym and a key of its own for keyed addresses. */
export async function openCustomers(
  client: PoolClient,
  deps: { readonly clock: Clock; readonly randomness: Randomness },
): Promise<void> {
  const createdAt = deps.clock.now();
  const found = await client.query<{ party_id: string }>(
    `select distinct party_id from pending_party p
      where not exists (select from customer c where c.party_id = p.party_id) order by party_id`,
  );
  const parties = found.rows.map((row) => row.party_id);
  for (let from = 0; from < parties.length; from += BATCH) {
    const some = parties.slice(from, from + BATCH);
    const ids = some.map(() => uuidv7(Date.parse(createdAt), deps.randomness.bytes(10)));
    const keys = some.map(() => Buffer.from(deps.randomness.bytes(KEY_BYTES)));
    await client.query(
      `insert into customer (id, party_id, address_key, created_at)
        select id, party_id, address_key, $4
        from unnest($1::uuid[], $2::text[], $3::bytea[]) as new (id, party_id, address_key)`,
      [ids, some, keys, createdAt],
    );
  }
}
