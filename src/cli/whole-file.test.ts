import { execFileSync } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openWhole, writeWhole } from './whole-file.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const output = (name: string) => ({ path: at(name), option: '--predictions' });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whole-'));
  writeFileSync(at('rows.csv'), 'source');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a file written whole', () => {
  test('has its name once it is kept, and no part is left', () => {
    const file = openWhole(output('new'));
    file.write('a');
    expect(readdirSync(folder)).not.toContain('new');
    file.write('b');
    file.keep();
    file.drop();
    expect(readFileSync(at('new'), 'utf8')).toBe('ab');
    expect(readdirSync(folder).toSorted()).toEqual(['new', 'rows.csv']);
  });

  test('that is dropped leaves what was there', () => {
    const file = openWhole(output('rows.csv'));
    file.write('x');
    file.drop();
    expect(readFileSync(at('rows.csv'), 'utf8')).toBe('source');
    expect(readdirSync(folder)).toEqual(['rows.csv']);
  });

  test('goes through a link and keeps the rights of what it replaces', () => {
    writeFileSync(at('real'), 'old', { mode: 0o600 });
    symlinkSync(at('real'), at('link'));
    writeWhole(output('link'), 'new');
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('real'), 'utf8')).toBe('new');
    expect(statSync(at('real')).mode & 0o777).toBe(0o600);
  });

  test.each<[string, () => void, RegExp]>([
    ['a pipe', () => execFileSync('mkfifo', [at('bad')]), /no regular file/],
    ['a device', () => symlinkSync('/dev/full', at('bad')), /no regular file/],
    ['a folder', () => mkdirSync(at('bad')), /no regular file/],
    ['a link to nothing', () => symlinkSync(at('gone'), at('bad')), /a link to nothing/],
    ['an input by another link', () => linkSync(at('rows.csv'), at('bad')), /is read from it/],
    ['an input by a soft link', () => symlinkSync(at('rows.csv'), at('bad')), /is read from it/],
    ['in a file', () => symlinkSync(at('rows.csv/x'), at('bad')), /another name/],
  ])('is refused as %s, and names its option', (_, make, why) => {
    make();
    const open = () => openWhole({ ...output('bad'), inputs: [at('rows.csv')] });
    expect(open).toThrow(why);
    expect(open).toThrow('BAD_OUTPUT: --predictions `');
    expect(readFileSync(at('rows.csv'), 'utf8')).toBe('source');
    expect(readdirSync(folder).toSorted()).toEqual(['bad', 'rows.csv']);
  });

  test('is refused without its folder', () => {
    expect(() => openWhole(output('none/new'))).toThrow(/its folder is not there: make it/);
  });
});
