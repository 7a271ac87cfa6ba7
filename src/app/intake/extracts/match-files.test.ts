import { describe, expect, test } from '@jest/globals';
import { matches } from './match-files.ts';

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
