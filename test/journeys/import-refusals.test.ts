import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ImportRefusal } from '../../src/app/intake/extracts/import-report.ts';
import { isWellFormed } from '../../src/domain/id.ts';
import { type ImportRig, importRig } from '../support/import-rig.ts';
import { describeWithShared } from '../support/shared-data.ts';

let rig: ImportRig;
beforeEach(async () => {
  rig = await importRig();
});
afterEach(() => rig.close());

const recordedAt = { column: 'known', transforms: ['endOfDay'] };
const PEOPLE = {
  name: 'people.csv',
  records: [
    {
      entity: 'party',
      fields: {
        partyId: { column: 'id' },
        kind: { constant: 'PERSON' },
        givenName: { column: 'name' },
        birthDate: { column: 'born' },
        recordedAt,
      },
    },
  ],
};
const HOLDS = {
  name: 'holds-*.csv',
  optional: true,
  mayBeEmpty: true,
  records: [
    {
      entity: 'hold',
      fields: {
        holdId: { column: 'hold' },
        partyId: { column: 'of' },
        kind: { constant: 'FRAUD' },
        startsOn: { column: 'known' },
        recordedAt,
      },
    },
  ],
};
const MAPPING = {
  name: 'small',
  bank: {
    name: 'Small',
    mode: 'BANK',
    reportingCurrency: 'EUR',
    businessDate: { fromData: 'latest recordedAt' },
  },
  source: { name: 'extract:small', extractedAt: { fromData: 'latest recordedAt' } },
  files: [PEOPLE, HOLDS],
};
const GOOD = 'id,name,born,known\n1,Ann,1990-02-01,2026-01-05\n2,Ben,1985-03-04,2026-03-01\n';

function refusalOf(result: Awaited<ReturnType<ImportRig['load']>>): ImportRefusal {
  if (result.ok) throw new Error('it was imported');
  return result.refusal;
}

async function nothingWritten(): Promise<void> {
  for (const table of ['bank', 'bank_party', 'customer', 'source', 'import_run']) {
    expect(await rig.rows(`select * from ${table}`)).toEqual([]);
  }
}

describe('an import', () => {
  test('takes its dates from the data where the mapping says so', async () => {
    const result = await rig.loadFiles(MAPPING, { 'people.csv': GOOD });
    expect(result).toMatchObject({
      ok: true,
      value: { written: true, rowsRead: 2, bank: { businessDate: '2026-03-01' } },
    });
    const sources = await rig.rows('select part, as_of from source order by 1');
    expect(sources).toEqual([{ part: 'profile', as_of: '2026-03-01T23:59:59.999Z' }]);
    expect(await rig.rows('select actor, rows_read, rows_written from import_run')).toEqual([
      { actor: 'tester', rows_read: 2, rows_written: 2 },
    ]);
  });

  test('calls a part known only when all that it is made of was handed over', async () => {
    const sources = async () => {
      const rows = await rig.rows('select part, as_of::date::text as day from source order by 1');
      return rows.map(({ part, day }) => `${part} ${day}`);
    };
    await rig.loadFiles(MAPPING, { 'people.csv': GOOD, 'holds-1.csv': 'hold,of,known\n' });
    expect(await sources()).toEqual(['holds 2026-03-01', 'profile 2026-03-01']);
    const later = `${GOOD}3,Cid,,2026-04-01\n`;
    await rig.loadFiles(MAPPING, { 'people.csv': later });
    expect(await sources()).toEqual(['holds 2026-03-01', 'profile 2026-04-01']);
    const regions = {
      name: 'regions.csv',
      optional: true,
      records: [
        {
          entity: 'region',
          fields: { regionCode: { column: 'code' }, name: { column: 'name' }, recordedAt },
        },
      ],
    };
    const both = { ...MAPPING, files: [PEOPLE, regions] };
    await rig.loadFiles(both, { 'people.csv': `${later}4,Dan,,2026-05-01\n` });
    expect(await sources()).toEqual(['holds 2026-03-01', 'profile 2026-04-01']);
  });

  const BAD = `${GOOD}3,Cid,1990-02-31,2026-01-05\n4,Dan\n5,"Eve"x,,2026-01-05\n6,,,2026-01-05\n`;
  const HOLD = 'hold,of,known\nh1,1,2026-01-09\nh2,77,2026-01-09\n';

  test('with refused rows writes nothing and lists each by file, line and column', async () => {
    const refusal = refusalOf(
      await rig.loadFiles(MAPPING, { 'people.csv': BAD, 'holds-1.csv': HOLD }),
    );
    if (refusal.code !== 'ROWS_REFUSED') throw new Error(refusal.code);
    const { report } = refusal;
    expect(report).toMatchObject({ written: false, rowsRead: 8, rowsRefused: 4 });
    expect(
      report.refusals.map(({ place, column, code }) => [place.file, place.line, column, code]),
    ).toEqual([
      ['holds-1.csv', 3, 'of', 'ORPHAN'],
      ['people.csv', 4, 'born', 'NOT_A_DATE'],
      ['people.csv', 5, null, 'COLUMN_COUNT'],
      ['people.csv', 6, null, 'MALFORMED_QUOTES'],
    ]);
    await nothingWritten();
  });

  test('told to skip them writes the others and lists them all the same', async () => {
    const files = { 'people.csv': BAD, 'holds-1.csv': HOLD };
    const result = await rig.loadFiles(MAPPING, files, { skipRefused: true });
    expect(result).toMatchObject({
      ok: true,
      value: {
        written: true,
        rowsRefused: 4,
        recordsWritten: 4,
        entities: { party: { written: 3 }, hold: { written: 1, refused: 1 } },
      },
    });
    expect(await rig.rows('select rows_refused from import_run')).toEqual([{ rows_refused: 4 }]);
  });

  test('never moves the business date back', async () => {
    await rig.loadFiles(MAPPING, { 'people.csv': GOOD });
    await rig.rows("update bank set business_date = '2027-01-01'");
    await rig.loadFiles(MAPPING, { 'people.csv': GOOD });
    expect(await rig.rows('select business_date from bank')).toEqual([
      { business_date: '2027-01-01' },
    ]);
  });

  test.each([{ name: 'Other' }, { mode: 'DEMO' }, { reportingCurrency: 'CZK' }])(
    'of another bank (%j) into a database that holds one is refused',
    async (change) => {
      await rig.loadFiles(MAPPING, { 'people.csv': GOOD });
      const other = { ...MAPPING, bank: { ...MAPPING.bank, ...change } };
      const refusal = refusalOf(await rig.loadFiles(other, { 'people.csv': GOOD }));
      expect(refusal).toMatchObject({ code: 'ANOTHER_BANK', held: { name: 'Small' } });
    },
  );

  test.each<[string, { readonly [name: string]: string | Uint8Array }, ImportRefusal['code']]>([
    ['without a file', {}, 'FILES_MISSING'],
    [
      'with a file twice',
      { 'people.csv': GOOD, 'people.csv.gz': gzipSync(GOOD) },
      'FILE_AMBIGUOUS',
    ],
    [
      'with a file that breaks off',
      { 'people.csv.gz': gzipSync(GOOD).subarray(0, 40) },
      'FILE_UNREADABLE',
    ],
    ['with a file without a column', { 'people.csv': 'id,name\n' }, 'FILES_DO_NOT_FIT'],
    ['with an empty file', { 'people.csv': '' }, 'FILES_DO_NOT_FIT'],
    ['without a row', { 'people.csv': 'id,name,born,known\n' }, 'FILES_DO_NOT_FIT'],
  ])('%s is refused and writes nothing', async (_title, files, code) => {
    const refusal = refusalOf(await rig.loadFiles(MAPPING, files, { skipRefused: true }));
    expect(refusal.code).toBe(code);
    await nothingWritten();
  });

  const HEADLESS = { ...PEOPLE, columns: ['id', 'name', 'born', 'known'] };
  const NO_HOLDS = { ...HOLDS, name: 'holds.csv', mayBeEmpty: false };

  test.each<[string, object, { readonly [name: string]: string | Uint8Array }, string]>([
    ['of no bytes', PEOPLE, { 'people.csv': '' }, 'NO_HEADER'],
    ['of no bytes, packed', PEOPLE, { 'people.csv.gz': gzipSync('') }, 'NO_HEADER'],
    ['of no bytes that needs no header', HEADLESS, { 'people.csv': '' }, 'NO_ROWS'],
    ['of a header alone', PEOPLE, { 'people.csv': 'id,name,born,known\n' }, 'NO_ROWS'],
    [
      'of a header alone, though it need not come',
      NO_HOLDS,
      { 'people.csv': GOOD, 'holds.csv': 'hold,of,known\n' },
      'NO_ROWS',
    ],
    [
      'of no bytes that may be empty, for its header tells that it was written',
      { ...NO_HOLDS, mayBeEmpty: true },
      { 'people.csv': GOOD, 'holds.csv': '' },
      'NO_HEADER',
    ],
  ])('with a file %s is no delivery', async (_title, file, files, code) => {
    const beside = 'holds.csv' in files ? [PEOPLE] : [];
    const mapping = { ...MAPPING, files: [...beside, file] };
    const refusal = refusalOf(await rig.loadFiles(mapping, files));
    expect(refusal).toMatchObject({ code: 'FILES_DO_NOT_FIT', problems: [{ code }] });
    await nothingWritten();
  });

  test('with none of files that all may be missing is no delivery', async () => {
    const mapping = { ...MAPPING, files: [{ ...PEOPLE, optional: true }, HOLDS] };
    const refusal = refusalOf(await rig.loadFiles(mapping, { 'other.csv': GOOD }));
    expect(refusal).toMatchObject({
      code: 'FILES_MISSING',
      names: ['people.csv', 'holds-*.csv'],
    });
  });

  test('tells of each file how many rows it had, and which did not come', async () => {
    const empty = { 'people.csv': GOOD, 'holds-1.csv': 'hold,of,known\n' };
    expect(await rig.loadFiles(MAPPING, empty)).toMatchObject({
      value: {
        files: [
          { name: 'people.csv', rowsRead: 2, rowsRefused: 0 },
          { name: 'holds-1.csv', rowsRead: 0, rowsRefused: 0 },
        ],
        filesNotDelivered: [],
      },
    });
    expect(await rig.loadFiles(MAPPING, { 'people.csv': GOOD })).toMatchObject({
      value: { files: [{ name: 'people.csv' }], filesNotDelivered: ['holds-*.csv'] },
    });
  });

  test('through a link that leads out of the folder is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'import-link-'));
    await symlink('/etc/passwd', join(folder, 'people.csv'));
    const mappingFile = join(folder, 'mapping.json');
    await writeFile(mappingFile, JSON.stringify(MAPPING));
    const refusal = refusalOf(await rig.load(mappingFile, folder));
    await rm(folder, { recursive: true });
    expect(refusal).toMatchObject({ code: 'FILE_OUTSIDE_FOLDER', names: ['people.csv'] });
  });

  test('of a text that another encoding left is refused by line and column', async () => {
    const text = `${GOOD}3,Jos\u009ae,,2026-01-05\n`;
    const refusal = refusalOf(await rig.loadFiles(MAPPING, { 'people.csv': text }));
    if (refusal.code !== 'ROWS_REFUSED') throw new Error(refusal.message);
    expect(refusal.report.refusals).toMatchObject([
      { place: { file: 'people.csv', line: 4 }, column: 'name', code: 'NOT_TEXT' },
    ]);
  });

  test('through a mapping with a mistake is refused before anything is read', async () => {
    const mapping = { ...MAPPING, format: { dateFormats: ['YYMMDD'] } };
    const refusal = refusalOf(await rig.loadFiles(mapping, { 'people.csv': GOOD }));
    expect(refusal).toMatchObject({
      code: 'MAPPING_INVALID',
      problems: [{ at: '/files/0/format' }, {}],
    });
  });
});

describeWithShared('the list of naughty strings', ['corpora/blns/blns.json'], (path) => {
  test('is kept as names, each as it stands', async () => {
    const strings: readonly string[] = JSON.parse(readFileSync(path, 'utf8'));
    // A replacement character is how a byte of no character reads: such rows are refused.
    const names = strings.filter((text) => isWellFormed(text) && !text.includes('\uFFFD'));
    expect(strings.length - names.length).toBeLessThan(10);
    const rows = names.map((name, i) => `${i},"${name.replaceAll('"', '""')}",,2026-01-05`);
    const text = `id,name,born,known\n${rows.join('\n')}\n`;
    const result = await rig.loadFiles(MAPPING, { 'people.csv': text }, { skipRefused: true });
    if (!result.ok) throw new Error(result.refusal.message);
    const found = await rig.rows(`select party_id, given_name from bank_party
      left join bank_party_identity using (party_id, recorded_at)`);
    const stored = new Map(found.map((row) => [Number(row.party_id), row.given_name]));
    const refused = new Set(result.value.refusals.map(({ code }) => code));
    expect([...refused].filter((code) => code !== 'TOO_LONG')).toEqual([]);
    const expected = names.flatMap((name, i) => {
      const cell = name.trim();
      return cell.length > 500 ? [] : [[i, cell === '' ? null : cell]];
    });
    expect([...stored].toSorted(([a], [b]) => a - b)).toEqual(expected);
    expect(stored.size).toBeGreaterThan(400);
  });
});
