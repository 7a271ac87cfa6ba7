import { createBook } from '../../src/adapters/postgres/bank/book.ts';
import { createCustomerDirectory } from '../../src/adapters/postgres/bank/customer-directory.ts';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import { createMomentReader } from '../../src/adapters/postgres/moments/moment-reader.ts';
import type { BankRecords, Entity } from '../../src/domain/bank-record.ts';
import { PART_NAMES } from '../../src/domain/customer360.ts';
import { fakeBook } from '../support/fakes/fake-book.ts';
import { fakeCustomerSource } from '../support/fakes/fake-customer-source.ts';
import { fakeDirectory } from '../support/fakes/fake-directory.ts';
import { fakeMoments } from '../support/fakes/fake-moments.ts';
import { fakeRecords } from '../support/fakes/fake-records.ts';
import {
  MERGED_RECORDS,
  MERGED_SOURCE,
  MERGED_WATERMARKS,
  mergedNumbersContract,
  NUMBERS,
} from './merged-numbers.contract.ts';
import { give, giveCustomers, openRig, TODAY } from './postgres-rig.ts';

const GIVEN = Object.entries(MERGED_RECORDS) as readonly (readonly [
  Entity,
  readonly BankRecords[Entity][],
])[];
const { system, asOf } = MERGED_SOURCE;

mergedNumbersContract('in PostgreSQL', async () => {
  const rig = await openRig();
  await giveCustomers(rig.database, NUMBERS);
  for (const [entity, records] of GIVEN) await give(rig.database, entity, records);
  await rig.database.query(
    'insert into source (part, system, as_of) select part, $2, $3 from unnest($1::text[]) part',
    [PART_NAMES, system, asOf],
  );
  await rig.database.query(
    `insert into watermark (party_id, part, system, version)
     select id, 'holds', $3, version from unnest($1::text[], $2::bigint[]) w (id, version)`,
    [
      MERGED_WATERMARKS.map(([id]) => id),
      MERGED_WATERMARKS.map(([, version]) => version),
      system,
    ],
  );
  return {
    book: createBook(rig.database),
    directory: createCustomerDirectory(rig.database),
    moments: createMomentReader(rig.pool(1)),
    source: createCustomerSource(rig.database),
    close: rig.close,
  };
});

mergedNumbersContract('in memory', async () => {
  const records = fakeRecords();
  for (const id of NUMBERS) records.openCustomer(id);
  for (const [entity, given] of GIVEN) records.give(entity, given);
  for (const part of PART_NAMES) records.setSource(part, MERGED_SOURCE);
  for (const [id, version] of MERGED_WATERMARKS) {
    records.setWatermark(id, { part: 'holds', system, version });
  }
  const book = fakeBook(MERGED_RECORDS.relationship_manager ?? [], TODAY, () =>
    records.of('party_merge'),
  );
  const bank = { mode: 'BANK', businessDate: TODAY, records } as const;
  return {
    book,
    directory: fakeDirectory(records, book),
    moments: fakeMoments({ ...bank, activeRelease: async () => undefined }).moments,
    source: fakeCustomerSource(records),
    close: async () => {},
  };
});
