import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nextbest } from '../support/command.ts';

describe('an evaluation of a file', () => {
  let scratch: string;
  let csv: string;
  let text: string;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'nextbest-files-'));
    csv = join(scratch, 'rows.csv');
    const rows = Array.from({ length: 300 }, (_, k) => {
      return `${(k * 37) % 101},${k % 7},${k % 3 === 0 ? 'y' : 'n'}\n`;
    });
    text = `income,steady,bought\n${rows.join('')}`;
    await writeFile(csv, text);
    await writeFile(join(scratch, 'ragged.csv'), `${text}1,2\n`);
  });
  afterAll(() => rm(scratch, { recursive: true }));

  const evaluate = (...more: readonly string[]) =>
    nextbest(
      [
        ...['forest', 'evaluate', '--csv', csv, '--target', 'bought', '--positive', 'y'],
        ...['--no-tune', ...more],
      ],
      {},
    );

  test('writes a line for each row and seed', async () => {
    const path = join(scratch, 'said.csv');
    const { code } = await evaluate('--predictions', path, '--seeds', '1,2', '--trees', '40');
    expect(code).toBe(0);
    const [header, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(header).toBe('row_id,part,seed,raw,calibrated');
    expect(lines).toHaveLength(600);
    await rm(path);
  });

  test.each([
    ['the table as predictions', ['--predictions', '%/rows.csv'], 'BAD_OUTPUT: --predictions'],
    ['a folder that is not there', ['--predictions', '%/none/p'], 'BAD_OUTPUT: --predictions'],
    ['trees without end', ['--trees', '1000000000'], 'BAD_SPEC: --trees is 1000000000'],
    ['no row a leaf', ['--leaf', '0'], 'BAD_SPEC: --leaf is 0'],
    ['no share', ['--share', '0'], 'BAD_SPEC: --share is 0'],
    ['the target to ignore', ['--ignore', 'bought'], 'IGNORED_TARGET'],
    ['a short row', ['--csv', '%/ragged.csv'], 'BAD_ROW %/ragged.csv:302: there are 2 cells'],
  ])('given %s is refused in words and as JSON, and no file changes', async (_, more, words) => {
    const here = (one: string) => one.replace('%', scratch);
    const told = await evaluate(...more.map(here));
    expect({ code: told.code, stdout: told.stdout }).toEqual({ code: 1, stdout: '' });
    expect(told.stderr).toContain(`refused, ${here(words)}`);
    const { stdout } = await evaluate('--json', ...more.map(here));
    expect(JSON.parse(stdout)).toMatchObject({ error: told.stderr.trim() });
    expect(await readFile(csv, 'utf8')).toBe(text);
    expect((await readdir(scratch)).toSorted()).toEqual(['ragged.csv', 'rows.csv']);
  });

  test('tells a wrong option as JSON where JSON was asked for', async () => {
    const { code, stdout, stderr } = await evaluate('--json', '--seeds', 'one');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ details: { code: 'BAD_OPTION' } });
  });
});
