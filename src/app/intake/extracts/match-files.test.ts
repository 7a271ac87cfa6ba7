import { describe, expect, test } from '@jest/globals';
import { matches, matchFiles } from './match-files.ts';

describe('a mapped name', () => {
  test.each([
    ['a.csv', 'a.csv', true],
    ['a.csv', 'a.csv.gz', true],
    ['a-*.csv', 'a-2026.csv.gz', true],
    ['a.csv', 'axcsv', false],
    ['a.csv', 'b/a.csv', false],
    ['*', '../a.csv', false],
    ['a+b (1).csv', 'a+b (1).csv', true],
  ])('%s and the file %s: %s', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected);
  });
});

test('a pipe in the place of a mapped file is refused by name', () => {
  const mapping = { files: [{ name: 'a-*.csv', records: [] }] };
  const irregular = [
    { name: 'a-1.csv', what: 'a pipe' },
    { name: 'other', what: 'a socket' },
  ];
  const folder = { files: [], escaping: [], irregular, head: nobody, read: nobody };
  expect(matchFiles(mapping, folder)).toEqual({
    ok: false,
    refusal: {
      code: 'FILE_IRREGULAR',
      names: ['a-1.csv'],
      message: '`a-1.csv` is a pipe: put a file in its place',
    },
  });
});

function nobody(): never {
  throw new Error('it was read');
}
