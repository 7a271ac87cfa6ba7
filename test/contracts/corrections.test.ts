import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ImportBench, importBench } from '../support/import-bench.ts';
import { DAY, type Given, LATER, settleRecords } from '../support/settle-records.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const watermarks = async () => {
  const rows = await bench.rows('select party_id, part, version from watermark order by 1, 2');
  return rows.map((row) => `${row.party_id} ${row.part} ${row.version}`);
};

test('an import moves the parts of whoever a correction takes a record from', async () => {
  const hold = { holdId: 'h', kind: 'FRAUD', startsOn: '2026-01-01', recordedAt: DAY } as const;
  const posted = { transactionId: 't', arrangementId: 'loan-1' };
  const first: readonly Given[] = [
    ['party', { partyId: 'ann' }],
    ['party', { partyId: 'ben' }],
    ['arrangement', { arrangementId: 'loan-1' }],
    ['arrangement', { arrangementId: 'loan-2' }],
    ['role', { partyId: 'ann', arrangementId: 'loan-1' }],
    ['role', { partyId: 'ben', arrangementId: 'loan-2' }],
    ['transaction', posted],
    ['hold', { ...hold, partyId: 'ann' }],
    ['household_member', { householdId: 'h1', partyId: 'ann', recordedAt: DAY }],
    ['household_member', { householdId: 'h1', partyId: 'ben', recordedAt: DAY }],
  ];
  await settleRecords(bench.intake, first, {});
  const before = await watermarks();
  const second: readonly Given[] = [
    ['transaction', { ...posted, arrangementId: 'loan-2', recordedAt: LATER }],
    ['hold', { ...hold, partyId: 'ben', recordedAt: LATER }],
    ['household_member', { householdId: 'h2', partyId: 'ben', recordedAt: LATER }],
  ];
  await settleRecords(bench.intake, second, {});
  const moved = (await watermarks()).filter((watermark) => !before.includes(watermark));
  expect(moved).toEqual([
    'ann holds 2',
    'ann household 2',
    'ann transactions 2',
    'ben holds 1',
    'ben household 2',
    'ben transactions 2',
  ]);
});
