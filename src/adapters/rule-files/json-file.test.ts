import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Problem } from '../../domain/result.ts';
import { readJsonFile } from './json-file.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rule-file-'));
  path = join(folder, 'rule.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file of a rule set', () => {
  test('is read where it is a link to a file of its folder', async () => {
    writeFileSync(join(folder, 'other.json'), '{"a": 1}');
    symlinkSync('other.json', path);
    const problems: Problem[] = [];
    const read = await readJsonFile(path, (problem) => problems.push(problem));
    expect([read?.value, problems]).toEqual([{ a: 1 }, []]);
  });

  test.each<[string, () => void, string, string]>([
    ['a pipe', () => execFileSync('mkfifo', [path]), 'NOT_A_FILE', 'put a file in its place'],
    ['a folder', () => mkdirSync(path), 'NOT_A_FILE', 'put a file in its place'],
    [
      'a link out of its folder',
      () => symlinkSync('/etc/hostname', path),
      'NOT_A_FILE',
      'copy the file into the folder',
    ],
    ['not there', () => {}, 'NO_FILE', 'there is no such file: add it'],
    [
      'in another encoding',
      () => writeFileSync(path, Buffer.from('"\xe9"', 'latin1')),
      'NOT_UTF8',
      'save it as UTF-8',
    ],
    [
      'too large',
      () => writeFileSync(path, ' '.repeat(1_048_577)),
      'TOO_LARGE',
      'split the file',
    ],
  ])('is refused by name where it is %s', async (_what, make, code, mend) => {
    make();
    const problems: Problem[] = [];
    expect(await readJsonFile(path, (problem) => problems.push(problem))).toBeUndefined();
    const message = expect.stringContaining(mend);
    expect(problems).toEqual([expect.objectContaining({ file: path, code, message })]);
  });
});
