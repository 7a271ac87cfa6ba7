import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import { DAY, type Given, LATER, settleRecords } from '../support/settle-records.ts';

let rig: ImportRig;
beforeEach(async () => {
  rig = await importRig();
});
afterEach(() => rig.close());

const watermarks = async () => {
  const rows = await rig.rows('select party_id, part, version from watermark order by 1, 2');
  return rows.map((row) => `${row.party_id} ${row.part} ${row.version}`);
};

test('a correction takes no record from anybody: of both it is unknown then', async () => {
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
  await settleRecords(rig.intake, first, {});
  const before = await watermarks();
  const second: readonly Given[] = [
    ['transaction', { ...posted, arrangementId: 'loan-2', recordedAt: LATER }],
    ['hold', { ...hold, partyId: 'ben', recordedAt: LATER }],
    ['household_member', { householdId: 'h2', partyId: 'ben', recordedAt: LATER }],
  ];
  const settled = await settleRecords(rig.intake, second, {});
  expect(settled.refusals).toMatchObject([
    { entity: 'transaction', field: 'arrangementId', code: 'CONFLICTS_WITH_STORED' },
    { entity: 'hold', field: 'partyId', code: 'CONFLICTS_WITH_STORED' },
  ]);
  const spoilt = `select party_id || ' ' || part as of, spoilt_since from watermark
    where spoilt_since is not null order by 1`;
  expect(await rig.rows(spoilt)).toEqual(
    ['ann holds', 'ann transactions', 'ben holds', 'ben transactions'].map((of) => ({
      of,
      spoilt_since: LATER,
    })),
  );
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

test('an identity has the versions of its record, in a table of its own', async () => {
  const ann = { partyId: 'ann', givenName: 'Ann', birthDate: '1990-05-06' };
  const versions: readonly Given[] = [
    ['party', { ...ann, city: 'Brno' }],
    ['party', { ...ann, city: 'Brno', email: 'ann@example.com', recordedAt: LATER }],
    ['party', { partyId: 'nobody' }],
  ];
  const history = { historyFiles: ['f.csv'] };
  await settleRecords(rig.intake, versions, history);
  const again = await settleRecords(rig.intake, versions, history);
  expect(again.counts.get('party')).toEqual({ written: 0, merged: 3, refused: 0 });
  const parties = 'select party_id, city, birth_month, recorded_at from bank_party order by 1, 4';
  const known = { party_id: 'ann', city: 'Brno', birth_month: '1990-05-01' };
  expect(await rig.rows(parties)).toEqual([
    { ...known, recorded_at: DAY },
    { ...known, recorded_at: LATER },
    { party_id: 'nobody', city: null, birth_month: null, recorded_at: DAY },
  ]);
  const who =
    'select given_name, birth_date, email, recorded_at from bank_party_identity order by 4';
  const named = { given_name: 'Ann', birth_date: '1990-05-06' };
  expect(await rig.rows(who)).toEqual([
    { ...named, email: null, recorded_at: DAY },
    { ...named, email: 'ann@example.com', recorded_at: LATER },
  ]);
  const other = await settleRecords(rig.intake, [['party', { ...ann, givenName: 'Eva' }]], {});
  expect(other.refusals).toMatchObject([{ field: 'givenName', code: 'CONFLICTS_WITH_STORED' }]);
});

test("one system's deliveries neither age nor close what another delivers", async () => {
  const base: readonly Given[] = [
    ['party', { partyId: 'ann' }],
    ['arrangement', { arrangementId: 'loan-1' }],
    ['role', { partyId: 'ann', arrangementId: 'loan-1' }],
  ];
  const window = (to: string): Given => [
    'coverage',
    { entity: 'transaction', from: '2025-12-01', to, recordedAt: DAY } as Given[1],
  ];
  await settleRecords(rig.intake, [...base, window('2026-01-31')], {});
  await settleRecords(rig.intake, [...base, window('2026-01-15')], {
    system: 'extract:cards',
    asOf: DAY,
  });
  const coverage = 'select system, covered_to from bank_coverage order by 1';
  expect(await rig.rows(coverage)).toEqual([
    { system: 'extract:cards', covered_to: '2026-01-15' },
    { system: 'extract:test', covered_to: '2026-01-31' },
  ]);
  const sources = `select system, as_of from source where part = 'arrangements' order by 1`;
  expect(await rig.rows(sources)).toEqual([
    { system: 'extract:cards', as_of: DAY },
    { system: 'extract:test', as_of: LATER },
  ]);
  const moved = 'select system, part, version from watermark order by 1, 2';
  expect(await rig.rows(moved)).toEqual([
    { system: 'extract:cards', part: 'transactions', version: 1 },
    { system: 'extract:test', part: 'arrangements', version: 1 },
    { system: 'extract:test', part: 'profile', version: 1 },
    { system: 'extract:test', part: 'transactions', version: 1 },
  ]);
});
