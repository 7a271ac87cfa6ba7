import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NotRegular, openInside, openRegular, readWhole, TooManyBytes } from './regular-file.ts';

let folder = '';
let outside = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regular-'));
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'secret'), 'secret');
});
afterEach(() => {
  for (const one of [folder, outside]) rmSync(one, { recursive: true });
});

const at = (name: string) => join(folder, name);
const textOf = async (path: string) => String(await readWhole(await openInside(path), 100));

describe('a file of a folder', () => {
  test('is read by itself, and by a link that stays within', async () => {
    writeFileSync(at('a'), 'plain');
    mkdirSync(at('..data'));
    writeFileSync(at('..data/b'), 'mounted');
    symlinkSync('..data/b', at('b'));
    symlinkSync(at('a'), at('c'));
    expect(await Promise.all(['a', 'b', 'c'].map((name) => textOf(at(name))))).toEqual([
      'plain',
      'mounted',
      'plain',
    ]);
  });

  test.each([
    ['a link out of its folder', () => symlinkSync(join(outside, 'secret'), at('x'))],
    [
      'a link out of its folder',
      () => symlinkSync(`../${outside.split('/').at(-1)}/secret`, at('x')),
    ],
    ['a link that leads nowhere', () => symlinkSync('nowhere', at('x'))],
    ['a folder', () => mkdirSync(at('x'))],
    ['a pipe', () => execFileSync('mkfifo', [at('x')])],
    [
      'a pipe',
      () => {
        execFileSync('mkfifo', [at('y')]);
        symlinkSync('y', at('x'));
      },
    ],
    ['a link out of its folder', () => symlinkSync('/dev/zero', at('x'))],
  ])('is refused at once where it is %s', async (what, make) => {
    make();
    const began = performance.now();
    await expect(openInside(at('x'))).rejects.toEqual(new NotRegular(what));
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test('is refused where it is a socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('x'), resolve));
    await expect(openInside(at('x'))).rejects.toEqual(new NotRegular('a socket'));
    await new Promise((resolve) => server.close(resolve));
  });

  test('is what lay there, however often it is exchanged meanwhile', async () => {
    writeFileSync(at('x'), 'inside');
    const seen = new Set<string>();
    for (let round = 0; round < 200; round += 1) {
      const reading = textOf(at('x')).catch((error: Error) => error.message);
      // Between any two steps of the opening, a link out of the folder takes its place.
      for (let turn = 0; turn < round % 7; turn += 1) await new Promise(setImmediate);
      symlinkSync(join(outside, 'secret'), at('link'));
      renameSync(at('link'), at('x'));
      seen.add(await reading);
      writeFileSync(at('file'), 'inside');
      renameSync(at('file'), at('x'));
    }
    expect(seen).not.toContain('secret');
    expect(await textOf(at('x'))).toBe('inside');
  });
});

describe('a file that somebody named', () => {
  test('may be reached by any link, and is a file in the end', async () => {
    symlinkSync(join(outside, 'secret'), at('x'));
    expect(String(await readWhole(await openRegular(at('x')), 100))).toBe('secret');
    await expect(openRegular('/dev/zero')).rejects.toEqual(new NotRegular('a device'));
    await expect(openRegular(at('nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('is read up to so many bytes', async () => {
    writeFileSync(at('x'), 'x'.repeat(100));
    expect(await textOf(at('x'))).toBe('x'.repeat(100));
    writeFileSync(at('x'), 'x'.repeat(101));
    await expect(textOf(at('x'))).rejects.toEqual(new TooManyBytes(101));
    // Some files tell no size and have an end all the same.
    expect(String(await readWhole(await openRegular('/proc/self/stat'), 10_000))).toContain('(');
  });
});
