import { expect, test } from '@jest/globals';
import { createSpentMandates } from '../../src/adapters/postgres/operations/spent-mandates.ts';
import { fakeMandates } from '../support/fakes/fake-mandates.ts';
import { openRig } from './postgres-rig.ts';
import { spentMandatesContract } from './spent-mandates.contract.ts';

spentMandatesContract('in memory', async () => ({
  spent: fakeMandates(),
  close: async () => {},
}));

spentMandatesContract('in PostgreSQL', async () => {
  const rig = await openRig();
  return { spent: createSpentMandates(rig.database), close: rig.close };
});

test('a spent mandate stays on record with who let whom do what', async () => {
  const rig = await openRig();
  const [operation, variables] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
  const mandate = { id: 'kept', subject: 'ada', client: 'bot', operation, variables };
  await createSpentMandates(rig.database).spend(mandate, '2026-11-24T09:30:00.000Z');
  const rows = await rig.database.query('select * from spent_mandate');
  expect(rows).toEqual([{ ...mandate, spent_at: expect.anything() }]);
  await rig.close();
});
