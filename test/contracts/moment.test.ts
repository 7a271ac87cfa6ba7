import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createMomentReader } from '../../src/adapters/postgres/moments/moment-reader.ts';
import { createSnapshotStore } from '../../src/adapters/postgres/moments/snapshot-store.ts';
import { createReleaseStore } from '../../src/adapters/postgres/registry/release-store.ts';
import { customerUuid } from '../support/customer-uuid.ts';
import { fakeMoments } from '../support/fakes/fake-moments.ts';
import { fakeRecords } from '../support/fakes/fake-records.ts';
import { momentContract } from './moment.contract.ts';
import type { MomentWorld } from './moment-world.ts';
import { give, giveCustomers, openRig, type Rig, TODAY } from './postgres-rig.ts';
import { giveReleases, STAMP } from './sample-release.ts';
import { snapshotContract } from './snapshot.contract.ts';

const openInPostgres = async (): Promise<MomentWorld> => {
  const rig = await openRig();
  await giveCustomers(rig.database, ['A', 'B', 'C', 'D', 'E', 'F']);
  return {
    moments: createMomentReader(rig.as('SERVICE')),
    snapshots: createSnapshotStore(rig.as('SERVICE', 4)),
    give: (entity, records) => give(rig.database, entity, records),
    setWatermark: async (partyId, moved) => {
      const { part, system, version, asOf = null, readAt = null, answeredSince = null } = moved;
      await rig.database.query(
        `insert into watermark (party_id, part, system, version, as_of, read_at, answered_since)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [partyId, part, system, version, asOf, readAt, answeredSince],
      );
    },
    setSource: async (part, { system, asOf, deliveredAt = null }) => {
      await rig.database.query(
        `insert into source (part, system, as_of, delivered_at) values ($1, $2, $3, $4)
         on conflict (part, system) do update
           set as_of = excluded.as_of, delivered_at = excluded.delivered_at`,
        [part, system, asOf, deliveredAt],
      );
    },
    eraseKey: async (partyId) => {
      await rig.database.query('update customer set address_key = null where id = $1', [
        customerUuid(partyId),
      ]);
    },
    close: rig.close,
  };
};

const openInMemory = async (): Promise<MomentWorld> => {
  const records = fakeRecords();
  for (const partyId of ['A', 'B', 'C', 'D', 'E', 'F']) records.openCustomer(partyId);
  const bank = { mode: 'BANK', businessDate: TODAY, records } as const;
  const fake = fakeMoments({ ...bank, activeRelease: async () => undefined });
  return {
    ...fake,
    give: async (entity, given) => records.give(entity, given),
    setWatermark: async (partyId, moved) => records.setWatermark(partyId, moved),
    setSource: async (part, told) => records.setSource(part, told),
    eraseKey: async (partyId) => fake.eraseKey(partyId),
    close: async () => {},
  };
};

momentContract('in PostgreSQL', openInPostgres);
momentContract('in memory', openInMemory);
snapshotContract('in PostgreSQL', openInPostgres);
snapshotContract('in memory', openInMemory);

describe('the moment reader in PostgreSQL', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
    await giveCustomers(rig.database, ['A', 'B']);
  });
  afterAll(() => rig.close());

  test('asks once for all who came while a statement was out', async () => {
    const moments = createMomentReader(rig.pool(1));
    const first = moments.readMoments(['A']);
    await new Promise((resolve) => setImmediate(resolve));
    const others = Array.from({ length: 50 }, () => moments.readMoments(['B']));
    rig.statements();
    await Promise.all([first, ...others]);
    expect(rig.statements().length).toBe(1);
  });

  test('sees at once which release is in force', async () => {
    const moments = createMomentReader(rig.pool(1));
    const store = createReleaseStore(rig.registry);
    for (const digest of await giveReleases(rig.registry)) {
      await store.activate(digest, STAMP);
      expect((await moments.readMoments(['A'])).get('A')?.activeRelease).toBe(digest);
    }
  });
});
