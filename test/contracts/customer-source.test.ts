import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCustomerDirectory } from '../../src/adapters/postgres/bank/customer-directory.ts';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import type { Database } from '../../src/adapters/postgres/connection/pool.ts';
import type { CustomerQuery } from '../../src/app/ports/customer-source.ts';
import { PART_NAMES } from '../../src/domain/customer360.ts';
import { person } from '../support/customer-history.ts';
import { customerSourceContract } from './customer-source.contract.ts';
import { give, giveCustomers, openRig, type Rig } from './postgres-rig.ts';

customerSourceContract('in PostgreSQL', async () => {
  const rig = await openRig();
  await giveCustomers(rig.database, ['A', 'B', 'C']);
  await giveLineage(rig.database);
  return {
    source: createCustomerSource(rig.database),
    recent: createCustomerSource(rig.database, { transactionMonths: 24 }),
    give: (entity, records) => give(rig.database, entity, records),
    statements: () => rig.statements().length,
    close: rig.close,
  };
});

async function giveLineage(database: Database): Promise<void> {
  await database.query(
    `insert into source (part, system, as_of)
     select p, 'extract:test', '2026-11-23T22:00:00Z' from unnest($1::text[]) p`,
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

describe('the customer directory in PostgreSQL', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
    await giveCustomers(rig.database, ['10', '11', '2', '2%', '20']);
    const early = { recordedAt: '2026-01-01T00:00:00.000Z', segment: 'MASS' };
    await give(rig.database, 'party', [
      person({ partyId: '10', ...early }),
      person({
        partyId: '10',
        ...early,
        segment: 'PRIME',
        recordedAt: '2026-02-01T00:00:00.000Z',
      }),
      person({ partyId: '11', ...early }),
      person({ partyId: '2', ...early, kind: 'ORGANISATION' }),
      person({ partyId: '2%', ...early }),
      person({ partyId: '20', ...early }),
    ]);
  });
  afterAll(() => rig.close());

  test.each<[Partial<CustomerQuery>, readonly string[], boolean]>([
    [{}, ['10', '11', '2', '2%', '20'], false],
    [{ first: 2 }, ['10', '11'], true],
    [{ first: 2, after: '11' }, ['2', '2%'], true],
    [{ after: '20' }, [], false],
    [{ idPrefix: '2%' }, ['2%'], false],
    [{ kind: 'ORGANISATION' }, ['2'], false],
    [{ segment: 'PRIME' }, ['10'], false],
    [{ segment: 'MASS', kind: 'PERSON', idPrefix: '1' }, ['11'], false],
  ])('pages %j', async (query, customerIds, hasMore) => {
    const directory = createCustomerDirectory(rig.database);
    const page = await directory.page({ after: null, first: 10, ...query });
    expect(page).toEqual({ customerIds, hasMore });
  });

  test('counts its customers', async () => {
    expect(await createCustomerDirectory(rig.database).count()).toBe(5);
  });
});
