import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { extractFolders } from '../../src/adapters/extracts/extract-folder.ts';
import { loadMappingFile } from '../../src/adapters/extracts/mapping-file.ts';
import { draftMapping, type MappingDraft } from '../../src/app/intake/drafting/draft-mapping.ts';
import type { Mapping } from '../../src/domain/mapping.ts';
import { demoFiles } from '../support/demo-extract.ts';

const ROOT = join(import.meta.dirname, '../..');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draft-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function drafted(name: string): Promise<MappingDraft> {
  const draft = await draftMapping(name, extractFolders);
  if (draft === undefined) throw new Error('no folder');
  return draft;
}

const ofFixture = (name: string) => drafted(join(ROOT, 'test/fixtures', name));
const columnOf = ({ files }: MappingDraft, name: string) =>
  files.flatMap((file) => file.columns).find((column) => column.name === name);

// Every file of the demo bank is read.
jest.setTimeout(120_000);

describe('a draft of a mapping', () => {
  test('of the demo bank is its mapping, but for what no file can tell', async () => {
    const files = demoFiles();
    for (const [name, text] of files) await writeFile(join(folder, name), text);
    const text = await readFile(join(ROOT, 'seeds/demo/mapping.json'), 'utf8');
    const shipped: Mapping = JSON.parse(text);
    const draft = await drafted(folder);
    const { files: entries } = draft.mapping as Mapping;
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    for (const { name, records } of shipped.files) {
      expect([name, byName.get(name)]).toEqual([name, { name, records }]);
    }
    expect(draft.questions).toContain(
      'transactions.csv: from which day on are the rows complete (`coverage`)?',
    );
    expect(draft.questions.filter((question) => question.includes('which record'))).toEqual([]);
  });

  test('of a made-up bank tells delimiter, days and references', async () => {
    const berka = await ofFixture('berka');
    expect(columnOf(berka, 'issued')?.kind).toBe('day YYMMDD hh:mm:ss');
    expect(columnOf(berka, 'disp_id')?.refersTo).toContain('disp.asc disp_id');
    expect(berka.questions).toContain(
      'account.asc: column `date`: is it a number or a day written YYMMDD?',
    );
    const { files } = berka.mapping as Mapping;
    expect(files.map(({ format }) => format?.delimiter)).toEqual([
      ...Array(8).fill(';'),
      undefined,
    ]);
  });

  test('names cells that do not fit the rest of their column', async () => {
    const { questions } = await ofFixture('quoted');
    expect(questions).toEqual(
      expect.arrayContaining([
        'customers.csv: line 9 is no row: are its quotes right?',
        'postings.csv: column `Amount`: is it a number, and are 1 of 9 cells wrong?',
      ]),
    );
  });

  test('tells two forms of a day apart, and asks for an encoding', async () => {
    const draft = await ofFixture('branches');
    expect(columnOf(draft, 'Kunde seit')?.kind).toBe('day MM/DD/YYYY');
    expect(columnOf(draft, 'geboren')?.kind).toBe('mostly a day DD/MM/YYYY');
    expect(draft.questions.filter((question) => question.includes('`encoding`'))).toHaveLength(3);
  });

  test('sees preamble and trailer, and asks for a key where none is', async () => {
    const draft = await ofFixture('cards');
    expect(draft.questions).toEqual(
      expect.arrayContaining([
        'statement-03.txt: are the first 3 lines no rows?',
        'statement-03.txt: line 13 has 3 cells, unlike the others: is it a trailer?',
        'statement-03.txt: no single column is a key: do several make one, or `$line`?',
      ]),
    );
    const { files } = draft.mapping as Mapping;
    expect(files[2]).toMatchObject({ format: { delimiter: '|', preambleLines: 3 } });
  });

  test('asks once of a file without rows, and of a key that stands twice', async () => {
    const own = join(folder, 'core');
    await mkdir(own);
    const ids = ['1', '2', '3', '4', '5', '5'];
    const rows = ids.map((id, i) => `${id};${i % 2 === 0 ? '1.234,50' : '7,10'};${i % 2},25;x;x`);
    await writeFile(join(own, 'a.csv'), ['no;sum;rate;kind;way', ...rows, ''].join('\n'));
    await writeFile(join(own, 'b.csv'), 'no;sum\n');
    await writeFile(join(own, 'c.csv'), '');
    const { mapping, questions } = await drafted(own);
    const noRows = 'it has no rows: did its export fail, or may it come so (`mayBeEmpty`)?';
    expect(questions.slice(2)).toEqual([
      'a.csv: which record is a row, and which field `no`, `sum`, `rate`, `kind`, `way`?',
      'a.csv: is `no` the key, and do 1 of 6 cells wrongly repeat another?',
      'b.csv: which record is a row, and which field `no`, `sum`?',
      `b.csv: ${noRows}`,
      `c.csv: ${noRows}`,
    ]);
    const format = { delimiter: ';', decimalMark: ',', groupMark: '.' };
    expect((mapping as Mapping).files[0]).toMatchObject({ format });
  });

  test('is refused by the importer where it is still to be answered', async () => {
    const { mapping } = await ofFixture('berka');
    await writeFile(join(folder, 'mapping.json'), JSON.stringify(mapping));
    const loaded = await loadMappingFile(join(folder, 'mapping.json'));
    if (loaded.ok) throw new Error('it was taken');
    expect(loaded.refusal.map(({ at }) => at)).toEqual(
      expect.arrayContaining([
        '/bank/name',
        '/bank/mode',
        '/bank/reportingCurrency',
        '/source/name',
      ]),
    );
  });

  test('of no folder is none', async () => {
    expect(await draftMapping(join(folder, 'nowhere'), extractFolders)).toBeUndefined();
  });
});
