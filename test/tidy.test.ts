import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CHECKOUT, deadFiles, sourceFiles, textFiles } from './support/source-tree.ts';
import { type Source, sourceFindings, textFindings } from './support/tidy-rules.ts';

describe('the tree is tidy', () => {
  const sources = sourceFiles();

  test('there are sources to look at', () => {
    expect(sources.length).toBeGreaterThan(20);
  });

  test('files, functions, lines and parameter lists are short, and names say something', () => {
    expect(sources.flatMap(sourceFindings)).toEqual([]);
  });

  test('no marker of unfinished work and no path of one machine is left', () => {
    expect(textFiles().flatMap(textFindings)).toEqual([]);
  });

  test('every file is reached from an entry', () => {
    const manifest = readFileSync(join(CHECKOUT, 'package.json'), 'utf8');
    expect(deadFiles(sources, manifest)).toEqual([]);
  });

  test('the lockfile names no registry', () => {
    const lock = readFileSync(join(CHECKOUT, 'package-lock.json'), 'utf8');
    expect(lock).not.toContain('"resolved"');
  });
});

const LONG_BODY = 'work();\n'.repeat(60);

describe('what is untidy is found', () => {
  test.each([
    ['a long file', 'const a = 1;\n'.repeat(301), '301 lines'],
    ['a long line', `const a = '${'x'.repeat(100)}';`, '113 characters'],
    ['a long function', `function f() {\n${LONG_BODY}}`, 'a function of 62 lines'],
    ['a long arrow function', `const f = () => {\n${LONG_BODY}};`, 'a function of 62 lines'],
    ['many parameters', 'function f(a, b, c, d) {}', '4 parameters'],
    ['an empty name', 'class ReleaseManager {}', '`manager` says nothing'],
    ['an empty name of a value', 'const dateUtils = 1;', '`utils` says nothing'],
    ['a bare function', 'export async function read() {}', 'without a docstring'],
    ['a bare class', '// why\nexport class Refused {}', 'without a docstring'],
    ['a bare interface', 'export interface Row {}', 'without a docstring'],
    ['a bare type', 'export type Row = readonly string[];', 'without a docstring'],
    ['a bare constant', 'export const LIMIT = 3;', 'without a docstring'],
    ['a bare constant apart', '/** a */\nconst A = 1;\n\nexport const B = 2;', 'a.ts:4: '],
  ])('%s', (_, text, finding) => {
    const found = sourceFindings({ path: 'src/a.ts', text });
    expect(found).toEqual([expect.stringContaining(finding)]);
  });

  test('a file whose name says nothing', () => {
    expect(sourceFindings({ path: 'src/date-utils.ts', text: '' })).toHaveLength(1);
  });

  test.each([
    ['told', '/** Why. */\nexport function read() {}', 'src/a.ts'],
    ['told before a note', '/** Why. */\n// INVARIANT: so.\nexport const A = 1;', 'src/a.ts'],
    ['of one list', '/** Why. */\nexport const A = 1;\nexport const B = 2;', 'src/a.ts'],
    ['an element of a list', 'export type Role = (typeof ROLES)[number];', 'src/a.ts'],
    ['a key of a table', 'export type Name = keyof typeof NAMES;', 'src/a.ts'],
    ['of a test', 'export const LIMIT = 3;', 'src/a.test.ts'],
    ['of generated code', 'export const LIMIT = 3;', 'src/graphql/generated/types.ts'],
    ['of support for tests', 'export const LIMIT = 3;', 'test/support/a.ts'],
    ['of nobody else', 'const LIMIT = 3;', 'src/a.ts'],
  ])('an export stands that is %s', (_, text, path) => {
    expect(sourceFindings({ path, text })).toEqual([]);
  });

  test('a long suite is a list and stands', () => {
    const inSuite = `describe('a', () => {\n${LONG_BODY}});`;
    const declared = `function contract() {\ndescribe('a', () => {});\n${LONG_BODY}}`;
    for (const text of [inSuite, declared]) {
      expect(sourceFindings({ path: 'src/a.test.ts', text })).toEqual([]);
    }
  });

  test.each([
    ['a marker', `// ${'TO'}DO: later`],
    ['a test left alone', `test.${'only'}('a', f)`],
    ['a path of one machine', `const a = '/${'ho'}me/me/bank'`],
  ])('%s', (_, text) => {
    expect(textFindings({ path: 'src/a.ts', text })).toHaveLength(1);
  });

  test('a file that only its own unit test knows is dead, and one that is started is not', () => {
    const sources: readonly Source[] = [
      { path: 'src/cli/nextbest.ts', text: "import { a } from '../a.ts';" },
      { path: 'src/a.ts', text: "new Worker(new URL('./worker.ts', import.meta.url));" },
      { path: 'src/worker.ts', text: '' },
      { path: 'src/dead.ts', text: '' },
      { path: 'src/dead.test.ts', text: "import { dead } from './dead.ts';" },
    ];
    expect(deadFiles(sources, 'node src/cli/nextbest.ts')).toEqual(['src/dead.ts']);
  });
});
