import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import type { Database } from '../../src/adapters/postgres/connection/pool.ts';
import { PART_NAMES } from '../../src/domain/customer360.ts';
import { fakeCustomerSource } from '../support/fakes/fake-customer-source.ts';
import { fakeRecords } from '../support/fakes/fake-records.ts';
import { customerSourceContract } from './customer-source.contract.ts';
import { give, giveCustomers, openRig, type Rig } from './postgres-rig.ts';

const AS_OF = '2026-11-23T22:00:00.000Z';

customerSourceContract('in PostgreSQL', async () => {
  const rig = await openRig();
  await giveCustomers(rig.database, ['A', 'B', 'C']);
  await giveLineage(rig.database);
  return {
    source: createCustomerSource(rig.as('SERVICE', 4)),
    recent: createCustomerSource(rig.as('SERVICE', 4), { transactionMonths: 24 }),
    give: (entity, records) => give(rig.database, entity, records),
    close: rig.close,
  };
});

customerSourceContract('in memory', async () => {
  const records = fakeRecords();
  for (const partyId of ['A', 'B', 'C']) records.openCustomer(partyId);
  for (const part of PART_NAMES) records.setSource(part, { system: 'extract:test', asOf: AS_OF });
  const declared = { asOf: null, deliveredAt: '2026-01-01T00:00:00.000Z' };
  records.setSource('holds', { system: 'core:cards', ...declared });
  const told = '2026-02-01T12:34:56.789Z';
  const core = { part: 'holds', system: 'core:cards', version: 2 } as const;
  records.setWatermark('A', { ...core, asOf: told, readAt: told, answeredSince: told });
  const profile = { part: 'profile', system: 'extract:test' } as const;
  records.setWatermark('A', { ...profile, version: 3 });
  records.setWatermark('B', { ...profile, version: 1 });
  return {
    source: fakeCustomerSource(records),
    recent: fakeCustomerSource(records, '2024-11-24T00:00:00.000Z'),
    give: async (entity, given) => records.give(entity, given),
    close: async () => {},
  };
});

async function giveLineage(database: Database): Promise<void> {
  await database.query(
    `insert into source (part, system, as_of)
     select p, 'extract:test', '${AS_OF}' from unnest($1::text[]) p`,
    [PART_NAMES],
  );
  await database.query(
    `insert into source (part, system, as_of, delivered_at)
     values ('holds', 'core:cards', null, '2026-01-01T00:00:00Z')`,
  );
  await database.query(
    `insert into watermark values ('A', 'holds', 2, 'core:cards', '2026-02-01T12:34:56.789Z',
       '2026-02-01T12:35:00Z', '2026-02-01T12:34:56.789Z')`,
  );
  await database.query(`insert into watermark (party_id, part, system, version)
     values ('A', 'profile', 'extract:test', 3), ('B', 'profile', 'extract:test', 1)`);
}

describe('the customer source in PostgreSQL', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
    await giveCustomers(rig.database, ['A', 'B']);
  });
  afterAll(() => rig.close());

  test('reads one customer and fifty at the same cost, one statement a part', async () => {
    const source = createCustomerSource(rig.database);
    const readAll = async (ids: readonly string[]) => {
      rig.statements();
      await Promise.all(Object.values(source).map((read) => read(ids)));
      return rig.statements().length;
    };
    const fifty = Array.from({ length: 50 }, (_, i) => `X${i}`);
    expect(await readAll(['A'])).toBe(12);
    expect(await readAll(['A', 'B', 'nobody', ...fifty])).toBe(12);
  });
});
