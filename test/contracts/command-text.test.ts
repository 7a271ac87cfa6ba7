import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nextbest } from '../support/command.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  writeFileSync(join(folder, 'latin'), Buffer.from('query A { a } # \xe9', 'latin1'));
  writeFileSync(join(folder, 'escape'), 'query A {\n  a # \u001b[2J\n}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command says that fails before it opens a database. */
const failing = async (...args: readonly string[]) => {
  const began = performance.now();
  const { code, stderr } = await nextbest(args, {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x',
  });
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(code).toBe(1);
  return stderr.replaceAll(folder, '');
};

describe('a command', () => {
  test.each(['a\u007f', 'a\u009b2J', '\u001b[2J', '\ufffd'])(
    'refuses an argument that is not well formed: %j',
    async (argument) => {
      expect(await failing('decide', argument)).toBe(
        'argument 2 is not well-formed text: write whole characters in UTF-8\n',
      );
    },
  );

  test.each([
    [['operations', 'add', 'pipe'], '/pipe: it is a pipe: name a file\n'],
    [['operations', 'add', 'latin'], '/latin: it is not UTF-8: save it as UTF-8\n'],
    [['operations', 'add', 'escape'], '/escape: line 2 holds a control character: remove it\n'],
    [['operations', 'add', 'none'], '/none: it cannot be read: check the path\n'],
    [['forest', 'import', '--as', 'a', 'pipe'], '`/pipe`: it is a pipe: name a file\n'],
    [['forest', 'import', '--as', 'a', 'latin'], '`/latin`: it is not UTF-8: save it as UTF-8\n'],
    [['import', '--mapping', 'pipe', '.'], '`/pipe` is a pipe: name a file'],
  ])('refuses a file that is none, and does not wait: %j', async (args, told) => {
    const named = args.map((one) =>
      /^(pipe|latin|escape|none)$/.test(one) ? join(folder, one) : one,
    );
    expect(await failing(...named)).toContain(told);
  });
});
