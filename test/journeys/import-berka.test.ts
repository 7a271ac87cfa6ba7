import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  ImportProgress,
  ImportReport,
} from '../../src/app/intake/extracts/import-report.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import { describeWithShared } from '../support/shared-data.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MAPPING = join(ROOT, 'seeds/berka/mapping.json');

/** A transaction as the raw files state it, read without any of our code. */
interface RawTransaction {
  readonly id: number;
  readonly account: string;
  readonly day: string;
  readonly order: number;
  readonly amount: number;
  readonly balance: number;
}

function rawLines(folder: string, name: string): string[][] {
  const file = readdirSync(folder).find((found) => found === name || found === `${name}.gz`);
  const bytes = readFileSync(join(folder, file ?? name));
  const text = (file?.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  return lines.slice(1).map((line) => line.replaceAll('"', '').split(/[;,]/));
}

function rawTransactions(folder: string): readonly RawTransaction[] {
  const cents = (text = '') => Math.round(Number(text) * 100);
  const both = [
    ...rawLines(folder, 'trans_1993-01_1994-03.asc'),
    ...rawLines(folder, 'trans_first11_per_account.csv'),
  ];
  const byId = new Map(
    both.map(([id = '', account = '', date = '', type = '', _operation, amount, balance]) => {
      const day = date.length === 6 ? `19${date.match(/../g)?.join('-')}` : date;
      const order = ['PRIJEM', 'VYBER', 'VYDAJ'].indexOf(type);
      const signed = order === 0 ? cents(amount) : -cents(amount);
      const raw = {
        id: Number(id),
        account,
        day,
        order,
        amount: signed,
        balance: cents(balance),
      };
      return [id, raw];
    }),
  );
  return [...byId.values()];
}

/** By account: the sum of all amounts, and the balance after the last row of its last day. */
function rawSums(folder: string): ReadonlyMap<string, { sum: number; last: number }> {
  const rows = rawTransactions(folder).toSorted(
    (a, b) =>
      a.day.localeCompare(b.day) || a.order - b.order || (String(a.id) < String(b.id) ? -1 : 1),
  );
  const sums = new Map<string, { sum: number; last: number }>();
  for (const { account, amount, balance } of rows) {
    sums.set(account, { sum: (sums.get(account)?.sum ?? 0) + amount, last: balance });
  }
  return sums;
}

const STORED_SUMS = `select replace(arrangement_id, 'account-', '') as account,
  sum(amount_minor)::bigint as sum,
  (array_agg(running_balance_minor
    order by effective_at desc, sequence desc, transaction_id collate "C" desc))[1] as last
  from bank_transaction group by 1`;

const COUNTS = `select
  (select count(*) from bank_party) as parties,
  (select count(*) from customer) as customers,
  (select count(*) from bank_region) as regions,
  (select count(*) from bank_arrangement where product_kind = 'CURRENT_ACCOUNT') as accounts,
  (select count(*) from bank_arrangement where product_kind = 'LOAN') as loans,
  (select count(*) from bank_arrangement where product_kind = 'CARD') as cards,
  (select count(*) from bank_transaction) as transactions`;

interface Loaded {
  readonly folder: string;
  readonly rig: ImportRig;
  readonly report: ImportReport;
  readonly progress: readonly ImportProgress[];
}

/** What holds of any folder in Berka's format. */
function defineBerka(folder: string, counts: object, merged: number): void {
  let loaded: Loaded;
  beforeAll(async () => {
    const rig = await importRig();
    const progress: ImportProgress[] = [];
    const onProgress = (step: ImportProgress) => progress.push(step);
    const result = await rig.load(MAPPING, folder, { onProgress });
    if (!result.ok) throw new Error(result.refusal.message);
    loaded = { folder, rig, report: result.value, progress };
  }, 60_000);
  afterAll(() => loaded.rig.close());

  defineContent(() => loaded, { counts, merged });
  defineRun(() => loaded);
}

function defineContent(
  loaded: () => Loaded,
  expected: { readonly counts: object; readonly merged: number },
): void {
  test('every row is read, none refused, and the overlap of the slices merges', () => {
    const at = loaded();
    expect(at.report).toMatchObject({
      written: true,
      rowsRefused: 0,
      recordsMerged: expected.merged,
    });
    expect(at.report.refusals).toEqual([]);
    expect(at.report.notImported.map((file) => file.name)).toContain('order.asc');
  });

  test('the counts come out', async () => {
    const at = loaded();
    expect(await at.rig.rows(COUNTS)).toEqual([expected.counts]);
  });

  test('each account’s sum and last running balance equal an independent reading', async () => {
    const at = loaded();
    const stored = await at.rig.rows(STORED_SUMS);
    const sums = stored.map(
      (row) => [String(row.account), { sum: row.sum, last: row.last }] as const,
    );
    expect(new Map(sums)).toEqual(rawSums(at.folder));
  });

  test('a row is known at the end of its own day, and no loan’s end is told', async () => {
    const at = loaded();
    const early = `select count(*) as early from bank_transaction
      where recorded_at <> effective_at + interval '1 day' - interval '1 millisecond'`;
    expect(await at.rig.rows(early)).toEqual([{ early: 0 }]);
    const loans = await at.rig.rows(`select distinct status, closed_on from bank_arrangement`);
    expect(loans).toEqual([{ status: 'OPEN', closed_on: null }]);
  });

  test('the windows of first transactions end before the day that may be cut', async () => {
    const at = loaded();
    const late = `select count(*) as late from bank_coverage c
      where arrangement_id <> '' and covered_to >= (
        select max(effective_at)::date from bank_transaction t
        where t.arrangement_id = c.arrangement_id)`;
    expect(await at.rig.rows(late)).toEqual([{ late: 0 }]);
    const range = `select covered_from, covered_to from bank_coverage where arrangement_id = ''`;
    expect(await at.rig.rows(range)).toEqual([
      { covered_from: '1993-01-01', covered_to: '1994-03-31' },
    ]);
  });
}

function defineRun(loaded: () => Loaded): void {
  test('progress grows to the whole', () => {
    const at = loaded();
    const last = at.progress.at(-1);
    expect(last).toMatchObject({ activity: 'SETTLING', rowsRead: at.report.rowsRead });
    expect(last?.bytesRead).toBe(last?.bytesTotal);
    const rows = at.progress.map((step) => step.rowsRead);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(at.progress.every((step) => step.bytesRead <= step.bytesTotal)).toBe(true);
  });

  test('the second time all merges and nothing moves', async () => {
    const at = loaded();
    const state = async () => [
      await at.rig.rows('select * from watermark order by party_id, part'),
      await at.rig.rows('select * from source order by part'),
      await at.rig.rows('select * from bank'),
      await at.rig.rows('select * from customer order by id'),
    ];
    const before = await state();
    const again = await at.rig.load(MAPPING, at.folder);
    const records = at.report.recordsWritten + at.report.recordsMerged;
    expect(again).toMatchObject({
      ok: true,
      value: { recordsWritten: 0, recordsMerged: records, rowsRefused: 0 },
    });
    expect(await state()).toEqual(before);
  }, 60_000);
}

describe('an invented bank in Berka’s format', () => {
  const counts = { parties: 50, customers: 50, regions: 8, accounts: 42, loans: 11, cards: 9 };
  defineBerka(join(ROOT, 'test/fixtures/berka'), { ...counts, transactions: 1005 }, 176);
});

describeWithShared('Berka itself', ['data/berka'], (folder) => {
  const people = { parties: 5369, customers: 5369, regions: 77, accounts: 4500 };
  const counts = { ...people, loans: 682, cards: 892, transactions: 86_078 };
  defineBerka(folder, counts, 12_521);
});
