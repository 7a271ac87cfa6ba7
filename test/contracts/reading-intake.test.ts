import { randomBytes } from 'node:crypto';
import { createCustomerIdentities } from '../../src/adapters/postgres/bank/customer-identities.ts';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import { createReadingIntake } from '../../src/adapters/postgres/intake/reading-intake.ts';
import { createRecordIntake } from '../../src/adapters/postgres/intake/record-intake.ts';
import { createMomentReader } from '../../src/adapters/postgres/moments/moment-reader.ts';
import { openRig } from './postgres-rig.ts';
import { readingIntakeContract } from './reading-intake.contract.ts';

readingIntakeContract('in PostgreSQL', async () => {
  const rig = await openRig();
  const clock = { now: () => '2026-11-24T09:30:00.000Z' };
  const deps = { clock, randomness: { bytes: (length: number) => randomBytes(length) } };
  const imports = createRecordIntake(rig.database, deps);
  return {
    intake: createReadingIntake(rig.pool(1), deps),
    source: createCustomerSource(rig.database),
    identities: createCustomerIdentities(rig.database),
    moments: createMomentReader(rig.pool(1)),
    holdWayIn: async () => (await imports.begin()).rollback,
    close: rig.close,
  };
});
