import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createCustomerIdentities } from '../../src/adapters/postgres/bank/customer-identities.ts';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import { createReadingIntake } from '../../src/adapters/postgres/intake/reading-intake.ts';
import { createRecordIntake } from '../../src/adapters/postgres/intake/record-intake.ts';
import { createMomentReader } from '../../src/adapters/postgres/moments/moment-reader.ts';
import { settleRecords } from '../support/settle-records.ts';
import { openRig } from './postgres-rig.ts';
import { readingIntakeContract } from './reading-intake.contract.ts';

readingIntakeContract('in PostgreSQL', async () => {
  const rig = await openRig();
  const clock = { now: () => '2026-11-24T09:30:00.000Z' };
  const deps = { clock, randomness: { bytes: (length: number) => randomBytes(length) } };
  const imports = createRecordIntake(rig.as('WORKER'), deps);
  const service = rig.as('SERVICE', 4);
  return {
    intake: createReadingIntake(rig.as('SERVICE'), deps),
    source: createCustomerSource(service),
    identities: createCustomerIdentities(service),
    moments: createMomentReader(rig.as('SERVICE')),
    holdWayIn: async () => (await imports.begin()).rollback,
    close: rig.close,
  };
});

test('an extract brings back what a reading withdrew, by a later version alone', async () => {
  const rig = await openRig();
  const deps = {
    clock: { now: () => '2026-11-24T09:30:00.000Z' },
    randomness: { bytes: (length: number) => randomBytes(length) },
  };
  try {
    const imports = createRecordIntake(rig.as('WORKER'), deps);
    const readings = createReadingIntake(rig.as('SERVICE'), deps);
    const goal = { goalId: 'g', partyId: 'A', kind: 'HOME' };
    const give = (recordedAt: string) =>
      settleRecords(imports, [['goal', { ...goal, recordedAt }]], { system: 'core:one' });
    await settleRecords(imports, [['party', { partyId: 'A' }]], { system: 'core:one' });
    await give('2026-01-01T00:00:00.000Z');
    const readAt = '2026-11-24T10:00:00.000Z';
    const answered = [{ customerId: 'A', part: 'goals' as const, asOf: readAt }];
    const silent = { system: 'core:one', readAt, records: {}, answered, spoilt: [] };
    expect((await readings.take(silent, 1_000))?.written).toBe(1);
    const versions = async () => (await rig.database.query('select from bank_goal')).length;
    await give('2026-01-01T00:00:00.000Z');
    expect(await versions()).toBe(2);
    await give('2026-11-25T00:00:00.000Z');
    expect(await versions()).toBe(3);
  } finally {
    await rig.close();
  }
});
