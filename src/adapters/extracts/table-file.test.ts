import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { readTable } from './table-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'table-'));

function written(content: string | Uint8Array, name = 'a.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function cellsOf(read: Awaited<ReturnType<typeof readTable>>) {
  return read.ok ? read.value.names.map((name) => read.value.cellsOf(name)) : [];
}

describe('a table', () => {
  test.each([
    ['commas', 'a,b\n1,"x, y"\n2,z\n'],
    ['semicolons', 'a;b\n1;"x, y"\n2;z\n'],
    ['tabs', 'a\tb\n1\tx, y\n2\tz'],
    ['returns alone', 'a,b\r1,"x, y"\r2,z\r'],
    ['bars and returns', 'a|b\r\n1|"x, y"\r\n2|z\r\n'],
    ['a mark of its encoding', '\uFEFFa;b\n1;x, y\n2;z\n'],
  ])('with %s is read', async (_, text) => {
    const read = await readTable(written(text));
    expect(read).toMatchObject({ ok: true, value: { names: ['a', 'b'], rows: 2 } });
    expect(cellsOf(read)).toEqual([
      ['1', '2'],
      ['x, y', 'z'],
    ]);
  });

  test('that is a pipe or a device is refused by its kind, and nobody waits', async () => {
    const pipe = join(folder, 'pipe.csv');
    execFileSync('mkfifo', [pipe]);
    for (const [path, what] of [
      [pipe, 'a pipe'],
      ['/dev/zero', 'a device'],
      [folder, 'a folder'],
    ] as const) {
      const message = `\`${path}\` is ${what}: name a file`;
      expect(await readTable(path)).toMatchObject({ refusal: { code: 'NO_FILE', message } });
    }
  });

  test('that is packed is read by its content, whatever its name', async () => {
    const read = await readTable(written(gzipSync('a,b\n1,2\n')));
    expect(read).toMatchObject({ ok: true, value: { rows: 1 } });
  });

  test('of many pieces is read whole, each row at its line', async () => {
    const rows = Array.from({ length: 90_000 }, (_, k) => `${k},"Genève, ${k % 300}",é${k % 7}`);
    const read = await readTable(written(`a,b,c\n${rows.join('\n')}`));
    const [a, b, c] = cellsOf(read);
    expect(rows.findIndex((row, k) => row !== `${a?.[k]},"${b?.[k]}",${c?.[k]}`)).toBe(-1);
    expect(read).toMatchObject({ ok: true, value: { rows: 90_000 } });
    expect(read.ok && read.value.lines[89_999]).toBe(90_001);
  });

  test('is read no further than its rows may take', async () => {
    const path = written(`a,b\n${'1,2\n'.repeat(2_000_000)}`);
    const seen: number[] = [];
    const read = await readTable(path, ({ rows, columns, heldBytes }) => {
      seen.push(rows);
      expect({ columns, isHeld: heldBytes >= 2 * rows }).toEqual({ columns: 2, isHeld: true });
      return rows > 500_000 ? 'too many' : null;
    });
    const refusal = { code: 'TOO_MUCH_MEMORY', at: path, message: 'too many' };
    expect(read).toEqual({ ok: false, refusal });
    expect(seen.at(-1)).toBeLessThan(800_000);
  });

  test('of one column is one', async () => {
    const read = await readTable(written('a\n1\n2\n'));
    expect(read).toMatchObject({ ok: true, value: { names: ['a'] } });
    expect(cellsOf(read)).toEqual([['1', '2']]);
  });

  test.each([
    ['nothing', '', 'EMPTY_FILE'],
    ['blank lines', '\n \n', 'EMPTY_FILE'],
    ['a header alone', 'a,b\n', 'NO_ROWS'],
    ['a nameless column', 'a,,c\n1,2,3\n', 'BAD_HEADER'],
    ['a column twice', 'a,b,a\n1,2,3\n', 'DUPLICATE_COLUMN'],
    ['a short row', 'a,b\n1,2\n3\n', 'BAD_ROW'],
    ['an open quote', 'a,b\n1,"2\n', 'BAD_ROW'],
    ['another encoding', Buffer.from('a,b\n1,2\n', 'utf16le'), 'BAD_HEADER'],
    ['UTF-16 with its mark', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'UNREADABLE'],
    ['Latin letters in one byte', Buffer.from('a,b\n1,\xe9\n', 'latin1'), 'BAD_ROW'],
    ['half a packed file', gzipSync('a,b\n1,2\n').subarray(0, 15), 'UNREADABLE'],
  ])('of %s is refused', async (_, content, code) => {
    expect(await readTable(written(content))).toMatchObject({ ok: false, refusal: { code } });
  });

  test('that is not there is refused', async () => {
    const read = await readTable(join(folder, 'none.csv'));
    expect(read).toMatchObject({ ok: false, refusal: { code: 'NO_FILE' } });
  });
});
