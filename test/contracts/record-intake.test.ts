import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Settled } from '../../src/app/ports/record-intake.ts';
import type { Entity } from '../../src/domain/bank-record.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import {
  DAY,
  type Given,
  LATER,
  type SettleRecordsOptions,
  settleRecords,
} from '../support/settle-records.ts';

let rig: ImportRig;
beforeEach(async () => {
  rig = await importRig();
});
afterEach(() => rig.close());

/** Adds, settles and commits in the rig's intake. */
function settle(given: readonly Given[], options: SettleRecordsOptions = {}): Promise<Settled> {
  return settleRecords(rig.intake, given, options);
}

const ANN: Given = ['party', { partyId: 'ann' }];
const BEN: Given = ['party', { partyId: 'ben' }];
const LOAN: Given = ['arrangement', { arrangementId: 'loan-1' }];
const ROLE: Given = ['role', { partyId: 'ann', arrangementId: 'loan-1' }];
const BASE = [ANN, BEN, LOAN, ROLE];

const counts = (settled: Settled, entity: Entity) => settled.counts.get(entity);
const watermarks = async () => {
  const rows = await rig.rows('select party_id, part, version from watermark order by 1, 2');
  return rows.map((row) => `${row.party_id} ${row.part} ${row.version}`);
};

describe('the record intake', () => {
  test('keeps every cell as it came, whatever it holds', async () => {
    const hostile = 'a\tb\nc\\d\re\\N "\'; drop table bank_party; -- {{x}} $1 \\. 𝒳';
    await settle([['party', { partyId: hostile, givenName: '\\N', city: '' }]]);
    const found = await rig.rows('select party_id, city, sex from bank_party');
    expect(found).toEqual([{ party_id: hostile, city: '', sex: null }]);
    const names = await rig.rows('select party_id, given_name, email from bank_party_identity');
    expect(names).toEqual([{ party_id: hostile, given_name: '\\N', email: null }]);
  });

  test('opens a customer with a key of its own for each party, once', async () => {
    await settle([ANN, BEN]);
    const sql = 'select id, party_id, address_key from customer order by party_id';
    const first = await rig.rows(sql);
    await settle([ANN, ['party', { partyId: 'ben', city: 'Brno', recordedAt: LATER }]]);
    expect(await rig.rows(sql)).toEqual(first);
    expect(first.map((row) => row.party_id)).toEqual(['ann', 'ben']);
    const keys = first.map((row) => Buffer.from(row.address_key as Uint8Array).toString('hex'));
    expect(keys.map((key) => key.length)).toEqual([64, 64]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  test('shows nothing when rolled back', async () => {
    await settle(BASE, { end: 'rollback' });
    for (const table of ['bank', 'bank_party', 'customer', 'watermark', 'source', 'import_run']) {
      expect(await rig.rows(`select * from ${table}`)).toEqual([]);
    }
  });

  test('writes nothing and moves no watermark the second time', async () => {
    const all: readonly Given[] = [
      ...BASE,
      ['transaction', { transactionId: 't', arrangementId: 'loan-1' }],
    ];
    await settle(all);
    const before = await watermarks();
    const again = await settle(all);
    expect([...again.counts.values()].map(({ written }) => written)).toEqual([0, 0, 0, 0]);
    expect(await watermarks()).toEqual(before);
    expect(before).toEqual([
      'ann arrangements 1',
      'ann profile 1',
      'ann transactions 1',
      'ben profile 1',
    ]);
  });

  test('merges a later record that says the same, and keeps one that does not', async () => {
    await settle([ANN]);
    const same = await settle([['party', { partyId: 'ann', recordedAt: LATER }]]);
    expect(counts(same, 'party')).toEqual({ written: 0, merged: 1, refused: 0 });
    const other = await settle([['party', { partyId: 'ann', city: 'Brno', recordedAt: LATER }]]);
    expect(counts(other, 'party')).toEqual({ written: 1, merged: 0, refused: 0 });
    expect(await watermarks()).toEqual(['ann profile 2']);
  });

  test('compares the versions of a file that holds history with each other too', async () => {
    const at = (month: number, city: string): Given => [
      'party',
      { partyId: 'ann', city, recordedAt: `2026-0${month}-01T00:00:00.000Z` },
    ];
    const versions = [at(3, 'Brno'), at(1, 'Brno'), at(2, 'Brno'), at(4, 'Plzen')];
    const settled = await settle(versions, { historyFiles: ['f.csv'] });
    expect(counts(settled, 'party')).toEqual({ written: 2, merged: 2, refused: 0 });
    const months = await rig.rows('select recorded_at, city from bank_party order by 1');
    expect(months.map((row) => row.city)).toEqual(['Brno', 'Plzen']);
  });

  test('merges rows of one key whose shared fields agree into all that they state', async () => {
    const settled = await settle([
      ['party', { partyId: 'ann', city: 'Brno', recordedAt: DAY }],
      ['party', { partyId: 'ann', phone: '1', recordedAt: DAY }],
      ['party', { partyId: 'ann', city: 'Brno', recordedAt: DAY }],
    ]);
    expect(counts(settled, 'party')).toEqual({ written: 1, merged: 2, refused: 0 });
    const both = `select city, phone from bank_party
      join bank_party_identity using (party_id, recorded_at)`;
    expect(await rig.rows(both)).toEqual([{ city: 'Brno', phone: '1' }]);
  });

  test('refuses a row that differs from the first of its key', async () => {
    const settled = await settle([
      ['party', { partyId: 'ann', city: 'Brno' }],
      ['party', { partyId: 'ann', city: 'Plzen' }],
    ]);
    expect(settled.refusals).toMatchObject([
      {
        entity: 'party',
        field: 'city',
        code: 'DUPLICATE_KEY',
        place: { file: 'f.csv', line: 3 },
      },
    ]);
    expect(await rig.rows('select city from bank_party')).toEqual([{ city: 'Brno' }]);
  });

  test('refuses a row that differs from what is stored for the same moment', async () => {
    await settle([['party', { partyId: 'ann', city: 'Brno' }]]);
    const settled = await settle([['party', { partyId: 'ann', city: 'Plzen' }]]);
    expect(settled.refusals).toMatchObject([
      { field: 'city', code: 'CONFLICTS_WITH_STORED', place: { line: 2 } },
    ]);
    expect(await rig.rows('select city from bank_party')).toEqual([{ city: 'Brno' }]);
    // What the refused row says is unknown now, so a snapshot that knew it is built again.
    expect(await watermarks()).toEqual(['ann profile 2']);
  });

  test('keeps what a later extract adds as a version known from its day on', async () => {
    await settle([ANN]);
    const more: readonly Given[] = [['party', { partyId: 'ann', city: 'Brno' }]];
    await settle(more);
    await settle(more);
    expect(await rig.rows('select recorded_at, city from bank_party order by 1')).toEqual([
      { recorded_at: DAY, city: null },
      { recorded_at: LATER, city: 'Brno' },
    ]);
  });

  test.each<[string, Given, string]>([
    ['a role without a party', ['role', { partyId: 'x', arrangementId: 'loan-1' }], 'partyId'],
    [
      'a role without an arrangement',
      ['role', { partyId: 'ann', arrangementId: 'x' }],
      'arrangementId',
    ],
    [
      'a transaction without one',
      ['transaction', { transactionId: 't', arrangementId: 'x' }],
      'arrangementId',
    ],
    [
      'a card without its account',
      ['arrangement', { arrangementId: 'c', parentId: 'x' }],
      'parentId',
    ],
    [
      'a member without a party',
      ['household_member', { householdId: 'h', partyId: 'x' }],
      'partyId',
    ],
    [
      'a response without a contact',
      ['response', { responseId: 'r', contactId: 'x' }],
      'contactId',
    ],
  ])('refuses %s', async (_title, orphan, field) => {
    const settled = await settle([...BASE, orphan]);
    expect(settled.refusals).toEqual([
      expect.objectContaining({
        entity: orphan[0],
        field,
        code: 'ORPHAN',
        place: { file: 'f.csv', line: 6 },
      }),
    ]);
  });

  test('refuses what hangs on an orphan as well', async () => {
    const settled = await settle([
      ANN,
      ['arrangement', { arrangementId: 'c2', parentId: 'c1' }],
      ['arrangement', { arrangementId: 'c1', parentId: 'x' }],
      ['role', { partyId: 'ann', arrangementId: 'c2' }],
    ]);
    expect(settled.refusals.map(({ place }) => place.line)).toEqual([3, 4, 5]);
    expect(await rig.rows('select * from bank_arrangement')).toEqual([]);
  });

  test('moves the parts of everybody whom a record concerns', async () => {
    await settle([...BASE, ['role', { partyId: 'ben', arrangementId: 'loan-1', role: 'JOINT' }]]);
    await settle([['transaction', { transactionId: 't', arrangementId: 'loan-1' }]]);
    expect(await watermarks()).toEqual([
      'ann arrangements 1',
      'ann profile 1',
      'ann transactions 2',
      'ben arrangements 1',
      'ben profile 1',
      'ben transactions 2',
    ]);
  });

  test('covers each arrangement from its opening until its last row', async () => {
    const at = (day: string): Given => [
      'transaction',
      { transactionId: day, arrangementId: 'loan-1', effectiveAt: `${day}T23:59:59.999Z` },
    ];
    const covered = (until: 'lastRow' | 'dayBeforeLastRow') =>
      settle([...BASE, at('2025-12-20'), at('2026-01-09')], {
        coverageByKey: [{ file: 'f.csv', until }],
      });
    const window =
      'select arrangement_id, covered_from, covered_to from bank_coverage order by 3';
    await covered('dayBeforeLastRow');
    const short = {
      arrangement_id: 'loan-1',
      covered_from: '2025-12-01',
      covered_to: '2026-01-08',
    };
    expect(await rig.rows(window)).toEqual([short]);
    await covered('lastRow');
    await covered('lastRow');
    expect(await rig.rows(window)).toEqual([short, { ...short, covered_to: '2026-01-09' }]);
    const known = await rig.rows('select recorded_at from bank_coverage order by covered_to');
    expect(known).toEqual([{ recorded_at: '2025-12-01T00:00:00.000Z' }, { recorded_at: LATER }]);
  });

  test('names a source for what it keeps, row or none, and never an earlier day', async () => {
    await settle([ANN], { entities: ['party', 'hold'] });
    await settle([ANN], { entities: ['party'], asOf: DAY });
    expect(await rig.rows('select part, system, as_of from source order by 1')).toEqual([
      { part: 'holds', system: 'extract:test', as_of: LATER },
      { part: 'profile', system: 'extract:test', as_of: LATER },
    ]);
  });

  test('a part that comes after the first import was not known before its extract', async () => {
    await settle([ANN]);
    await settle([['goal', { goalId: 'g', partyId: 'ann', kind: 'HOME', recordedAt: DAY }]]);
    await settle([ANN], { entities: ['party', 'goal'], asOf: '2026-03-01T00:00:00.000Z' });
    expect(await rig.rows('select part, delivered_at from source order by 1')).toEqual([
      { part: 'goals', delivered_at: LATER },
      { part: 'profile', delivered_at: null },
    ]);
  });

  test('a window that a later import brings was not known before its extract', async () => {
    const window = (from: string, recordedAt = `${from}T00:00:00.000Z`): Given => [
      'coverage',
      { entity: 'transaction', from, recordedAt } as Given[1],
    ];
    await settle([...BASE, window('2025-12-01')]);
    for (const _again of [1, 2]) {
      await settle([...BASE, window('2025-12-01'), window('2025-06-01'), window('2026-05-01')]);
    }
    const sql = 'select covered_from, recorded_at from bank_coverage order by 1';
    expect(await rig.rows(sql)).toEqual([
      { covered_from: '2025-06-01', recorded_at: LATER },
      { covered_from: '2025-12-01', recorded_at: '2025-12-01T00:00:00.000Z' },
      { covered_from: '2026-05-01', recorded_at: '2026-05-01T00:00:00.000Z' },
    ]);
  });

  test('lets one import wait for another', async () => {
    const first = await rig.intake.begin();
    const order: string[] = [];
    const second = rig.intake.begin().then((transaction) => {
      order.push('second begins');
      return transaction.rollback();
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    order.push('first ends');
    await first.rollback();
    await second;
    expect(order).toEqual(['first ends', 'second begins']);
  });
});
