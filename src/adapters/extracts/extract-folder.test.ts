import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import type { ExtractRow } from '../../app/ports/extract.ts';
import { ENCODINGS, type Encoding } from '../../domain/mapping.ts';
import { extractFolders } from './extract-folder.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extract-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function readAll(name: string, encoding: Encoding = 'utf-8') {
  const opened = await extractFolders.open(folder);
  const file = opened?.files.find((candidate) => candidate.name === name);
  if (opened === undefined || file === undefined) throw new Error(`no ${name}`);
  const rows: ExtractRow[] = [];
  let bytes = 0;
  const format = { delimiter: ';', quote: '"', encoding };
  const onBytes = (read: number) => {
    bytes = read;
  };
  for await (const batch of opened.read(file, format, onBytes)) rows.push(...batch);
  return { rows, bytes, size: file.bytes };
}

describe('an extract folder', () => {
  test('that is none is undefined', async () => {
    expect(await extractFolders.open(join(folder, 'nowhere'))).toBeUndefined();
  });

  test('reads a packed file as the plain one, telling packed bytes', async () => {
    const text = Array.from({ length: 40_000 }, (_, i) => `${i};row ${i * 7919}`).join('\n');
    await writeFile(join(folder, 'a.csv'), text);
    await writeFile(join(folder, 'b.csv.gz'), gzipSync(text));
    const [plain, packed] = [await readAll('a.csv'), await readAll('b.csv.gz')];
    expect(packed.rows).toEqual(plain.rows);
    expect(plain.rows).toHaveLength(40_000);
    expect(packed.bytes).toBe(packed.size);
    expect(packed.size).toBeLessThan(plain.size);
  });

  test('says that a packed file breaks off', async () => {
    const bytes = gzipSync(Buffer.from('a;b\n'.repeat(100_000)));
    await writeFile(join(folder, 'cut.csv.gz'), bytes.subarray(0, bytes.length - 20));
    await expect(readAll('cut.csv.gz')).rejects.toMatchObject({ file: 'cut.csv.gz' });
  });

  test.each(ENCODINGS)('reads %s', async (encoding) => {
    const text =
      encoding === 'us-ascii' ? 'zluty' : encoding.match(/-(1|15|1252)$/) ? 'þý' : 'žlý';
    await writeFile(join(folder, `${encoding}.csv`), iconv.encode(`${text};b\n`, encoding));
    expect((await readAll(`${encoding}.csv`, encoding)).rows).toEqual([
      { line: 1, cells: [text, 'b'] },
    ]);
  });

  test('refuses the row, and only it, whose bytes are no characters', async () => {
    await writeFile(join(folder, 'bad.csv'), Buffer.from([0x61, 0x0a, 0xff, 0x0a, 0x62, 0x0a]));
    expect((await readAll('bad.csv')).rows).toMatchObject([
      { line: 1, cells: ['a'] },
      { line: 2, fault: { code: 'INVALID_CHARACTER' } },
      { line: 3, cells: ['b'] },
    ]);
  });

  test('leaves out a byte order mark', async () => {
    await writeFile(join(folder, 'bom.csv'), '\uFEFFid;b\n');
    expect((await readAll('bom.csv')).rows).toEqual([{ line: 1, cells: ['id', 'b'] }]);
  });

  test.each<[string, readonly number[], readonly Encoding[]]>([
    ['utf-8', [0xef, 0xbb, 0xbf], ['utf-8']],
    ['utf-16le', [0xff, 0xfe], ['utf-16le']],
    ['utf-16be', [0xfe, 0xff], []],
  ])('reads nothing of a file whose mark says %s where it is not declared', async (...row) => {
    const [mark, bytes, fitting] = row;
    await writeFile(join(folder, 'mark.csv'), Buffer.from([...bytes, 0x61, 0x0a]));
    for (const encoding of ENCODINGS.filter((one) => !fitting.includes(one))) {
      const message = expect.stringContaining(`the mark of ${mark}`);
      expect((await readAll('mark.csv', encoding)).rows).toEqual([
        { line: 1, fault: { code: 'OTHER_ENCODING', message } },
      ]);
    }
  });

  test('never reads through a link that leads out, even to a like-named neighbour', async () => {
    const neighbour = `${folder}-secret`;
    await writeFile(neighbour, 'x');
    await symlink(neighbour, join(folder, 'out.csv'));
    await symlink(join(folder, 'a.csv'), join(folder, 'in.csv'));
    await symlink('/nowhere/at/all', join(folder, 'broken.csv'));
    const opened = await extractFolders.open(folder);
    await rm(neighbour);
    expect(opened?.escaping).toEqual(['broken.csv', 'out.csv']);
    expect(opened?.files.map((file) => file.name)).toContain('in.csv');
  });

  test('tells pipes by name, and opens none', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
    await symlink('pipe.csv', join(folder, 'to-pipe.csv'));
    const opened = await extractFolders.open(folder);
    expect(opened?.irregular).toEqual([
      { name: 'pipe.csv', what: 'a pipe' },
      { name: 'to-pipe.csv', what: 'a pipe' },
    ]);
    expect(opened?.files.map((file) => file.name)).not.toContain('pipe.csv');
  });

  test.each(['a pipe', 'a link out'])(
    'reads nothing of %s that took the place of a file since it was listed',
    async (what) => {
      const path = join(folder, 'swapped.csv');
      await writeFile(path, 'a;b\n');
      const opened = await extractFolders.open(folder);
      const file = { name: 'swapped.csv', bytes: 4 };
      await rm(path);
      if (what === 'a pipe') execFileSync('mkfifo', [path]);
      else await symlink('/etc/hostname', path);
      const format = { delimiter: ';', quote: '"', encoding: 'utf-8' } as const;
      const reading = async () => {
        for await (const _ of opened?.read(file, format, () => {}) ?? []) throw new Error('read');
      };
      await expect(reading()).rejects.toMatchObject({ name: 'UnreadableFile' });
      await expect(opened?.head(file, 10)).rejects.toMatchObject({ name: 'UnreadableFile' });
      await rm(path);
    },
  );
});
