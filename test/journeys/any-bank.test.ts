import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ImportReport } from '../../src/app/intake/extracts/import-report.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
let rig: ImportRig;
beforeEach(async () => {
  rig = await importRig();
});
afterEach(() => rig.close());

async function load(name: string, skipRefused: boolean) {
  const folder = join(FIXTURES, name);
  const result = await rig.load(join(folder, 'mapping.json'), folder, { skipRefused });
  if (result.ok) return result.value;
  if (result.refusal.code !== 'ROWS_REFUSED') throw new Error(JSON.stringify(result.refusal));
  return result.refusal.report;
}

const named = (report: ImportReport) =>
  report.refusals.map(({ place, column, code }) => [place.file, place.line, column, code]);

const toldAt = (report: ImportReport, file: string, line: number) =>
  report.refusals.find(({ place }) => place.file === file && place.line === line)?.message;

/** What the database holds, by account: how many, and their sum. */
async function sums() {
  const rows = await rig.rows(`select arrangement_id as of, count(*)::int as n,
    sum(amount_minor)::text as sum from bank_transaction group by 1 order by 1`);
  return rows.map(({ of, n, sum }) => [of, n, sum]);
}

describe('files as banks write them are imported by a mapping alone:', () => {
  test('decimals beyond the currency, cells of several lines', async () => {
    const refused = await load('quoted', false);
    expect(refused.written).toBe(false);
    expect(named(refused)).toEqual([
      ['customers.csv', 5, 'Customer Since', 'OUT_OF_BOUNDS'],
      ['customers.csv', 6, 'Date of Birth', 'OUT_OF_ORDER'],
      ['customers.csv', 9, null, 'MALFORMED_QUOTES'],
      ['postings.csv', 6, 'Amount', 'NOT_A_NUMBER'],
      ['postings.csv', 12, 'Booked', 'NOT_A_DATE'],
    ]);
    await load('quoted', true);
    // 1500.0050 - 20.0000 - 0.0150, each to the even cent: 1500.00 - 20.00 - 0.02.
    // 1200.5000 - 301.5000 to the even yen: 1200 - 302. 10.1235 - 3.0005: 10.124 - 3.000.
    expect(await sums()).toEqual([
      ['A-10', 3, '147998'],
      ['A-11', 2, '898'],
      ['A-40', 2, '7124'],
    ]);
    const at = await rig.rows(`select transaction_id as id, category, effective_at as at
      from bank_transaction where transaction_id in ('P-1', 'P-5', 'P-7') order by 1`);
    expect(at.map((row) => [row.id, row.category, row.at])).toEqual([
      ['P-1', 'SALARY\nMARCH', '2026-02-28T23:15:00.000Z'],
      ['P-5', 'GIFT\nfrom\nhome', '2026-03-04T00:00:00.000Z'],
      ['P-7', 'SALARY', '2026-03-28T23:30:00.000Z'],
    ]);
  });

  test('a refused cell says what to look at next', async () => {
    const refused = await load('branches', false);
    expect(toldAt(refused, 'clients.txt', 6)).toContain('no day in DD/MM/YYYY: correct it');
    expect(toldAt(refused, 'movements.txt', 5)).toContain('state an amount: empty one');
    expect(toldAt(refused, 'movements.txt', 8)).toContain('check `decimalMark` and `groupMark`');
  });

  test('two forms of a day, keys of two columns, blank, repeated and orphaned', async () => {
    const refused = await load('branches', false);
    expect(named(refused)).toEqual([
      ['accounts.txt', 4, 'Filiale', 'ORPHAN'],
      ['clients.txt', 3, 'Kundennr', 'REQUIRED'],
      ['clients.txt', 6, 'geboren', 'NOT_A_DATE'],
      ['clients.txt', 7, 'Name', 'DUPLICATE_KEY'],
      ['movements.txt', 4, 'Datum', 'NOT_A_DATE'],
      ['movements.txt', 5, 'Soll', 'TWO_AMOUNTS'],
      ['movements.txt', 7, 'Konto', 'ORPHAN'],
      ['movements.txt', 8, 'Soll', 'NOT_AN_AMOUNT'],
    ]);
    await load('branches', true);
    expect(await sums()).toEqual([
      ['77-1', 2, String(250_000 - 104_990)],
      ['77-2', 2, String(3_333 - 1_000_001)],
    ]);
    const people = await rig.rows(`select p.party_id as id, i.family_name as name,
      i.birth_date::text as born, p.customer_since::text as since from bank_party p
      join bank_party_identity i using (party_id, recorded_at) where p.party_id like '%/0001'
      order by 1`);
    expect(people.map(({ id, name, born, since }) => [id, name, born, since])).toEqual([
      ['10/0001', 'Jürgen Ähre', '1970-06-05', '1999-06-05'],
      ['20/0001', 'Käthe Übel', '1961-08-07', '1995-08-07'],
    ]);
    const categories = await rig.rows(
      'select transaction_id as id, category from bank_transaction order by 1',
    );
    expect(categories.map(({ id, category }) => `${id} ${category}`)).toEqual([
      '1 GEHALT 03',
      '2 MIETE',
      '5 GEHALT 03',
      '8 null',
    ]);
  });

  test('turned signs, currencies and groups, a time in four columns, no keys', async () => {
    const refused = await load('cards', false);
    const time = 'day + month + year + time';
    expect(named(refused)).toEqual([
      ['statement-03.txt', 8, time, 'NOT_A_DATE'],
      ['statement-03.txt', 10, 'spent', 'NOT_AN_AMOUNT'],
    ]);
    await load('cards', true);
    expect(await sums()).toEqual([
      ['9001', 4, String(-8_000 - 124_900 + 3_000 + 3_000)],
      ['9002', 3, String(-1_500 + 750 - 5)],
    ]);
    const at = await rig.rows(`select transaction_id as id, effective_at as at
      from bank_transaction where arrangement_id = '9002' order by 2`);
    expect(at.map((row) => [row.id, row.at])).toEqual([
      ['statement-03.txt:7', '2026-03-29T01:30:00.000Z'],
      ['statement-03.txt:9', '2026-03-30T07:00:00.000Z'],
      ['statement-03.txt:11', '2026-03-31T07:01:00.000Z'],
    ]);
  });

  test.each([
    ['that was cut', (text: string) => text.slice(0, text.indexOf('TOTAL')), 'NO_TRAILER'],
    ['that lost a row', (text: string) => text.replace(/9002.*FEE\n/, ''), 'COUNT_DIFFERS'],
    ['of another amount', (text: string) => text.replace('|0,05', '|0,06'), 'SUM_DIFFERS'],
  ])('a file %s is refused, whatever is skipped', async (_title, change, code) => {
    const folder = join(FIXTURES, 'cards');
    const text = (name: string) => readFileSync(join(folder, name), 'utf8');
    const files = {
      'holders.txt': text('holders.txt'),
      'statement-03.txt': change(text('statement-03.txt')),
    };
    const mapping = JSON.parse(text('mapping.json'));
    const result = await rig.loadFiles(mapping, files, { skipRefused: true });
    expect(result).toMatchObject({
      refusal: { code: 'FILES_DO_NOT_FIT', problems: [{ file: 'statement-03.txt', code }] },
    });
    expect(await rig.rows('select * from bank_transaction')).toEqual([]);
  });
});
