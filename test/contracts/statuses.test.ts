import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createCustomerSource } from '../../src/adapters/postgres/bank/customer-source.ts';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import { ARRANGEMENT_STATUSES } from '../../src/domain/arrangement-status.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import { bankOf, rowsAbout, TAKEN, wholeFiles, wholeMapping } from '../support/whole-bank.ts';

let rig: ImportRig;
beforeEach(async () => {
  rig = await importRig();
});
afterEach(() => rig.close());

test('every status is imported, stored and read again', async () => {
  const { party, region } = bankOf('ann');
  const { arrangement, role } = rowsAbout('ann');
  const rows = {
    party,
    region,
    arrangement: ARRANGEMENT_STATUSES.map((status) => ({
      ...arrangement,
      arrangementId: status,
      status,
    })),
    role: ARRANGEMENT_STATUSES.map((status) => ({ ...role, arrangementId: status })),
    balance: [],
  };
  const loaded = await rig.loadFiles(wholeMapping(), wholeFiles(rows));
  expect(loaded).toMatchObject({ ok: true });
  const source = createCustomerSource(rig.database);
  const history = await createCustomerLoaders(source, { now: () => TAKEN }).historyOf('ann');
  const { arrangements } = knownAt(history, { businessDate: '2026-02-01', knownAt: TAKEN });
  if (arrangements.state === 'FAILED') throw new Error(arrangements.reason);
  const told = arrangements.value.map((one) => [
    one.arrangement.arrangementId,
    one.arrangement.status,
  ]);
  expect(told).toEqual(ARRANGEMENT_STATUSES.toSorted().map((status) => [status, status]));
});
