import { describe, expect, test } from '@jest/globals';
import { isUnique, kindOf } from './column-kind.ts';
import { columnProfiler } from './profile-column.ts';

function profileOf(cells: readonly string[], mostValues = 1_000) {
  const profiler = columnProfiler('c', mostValues);
  for (const cell of cells) profiler.take(cell);
  return profiler.profile();
}

describe('a column', () => {
  test.each<[readonly string[], string, string | undefined]>([
    [['2026-01-02', '2026-11-24'], 'day YYYY-MM-DD', undefined],
    [['24/11/2026', '05/06/2026'], 'day DD/MM/YYYY', undefined],
    [['5/6/2026', '24/11/2026'], 'day D/M/YYYY', undefined],
    [['05/06/2026', '07/08/2026'], 'day', 'DD/MM/YYYY or MM/DD/YYYY'],
    [['930226', '941231'], 'day or number', 'number or a day written YYMMDD'],
    [['930226', '941331'], 'number', undefined],
    [['930226 00:00:00'], 'day YYMMDD hh:mm:ss', 'first year'],
    [['1.50', '20'], 'number', undefined],
    [['1.500', '2.000'], 'number', 'groups of digits, or decimals'],
    [['1,500', '2,000'], 'number', 'groups of digits, or decimals'],
    [['1,500', '2,50'], 'number', undefined],
    [['1.500,25', '7'], 'number', undefined],
    [['5.00-', '7.00'], 'number', undefined],
    [['1', '2', '3', 'n/a'], 'mostly a number', '1 of 4 cells'],
    [['a', 'b'], 'text', undefined],
    [['', ' '], 'empty', undefined],
  ])('%j: %s', (cells, kind, question) => {
    const told = kindOf(profileOf(cells));
    expect(told.kind).toBe(kind);
    expect(told.questions).toEqual(
      question === undefined ? [] : [expect.stringContaining(question)],
    );
  });

  test.each<[readonly string[], boolean | null]>([
    [['1', '2', '3'], true],
    [['1', '2', '1'], false],
    [['1', '', '3'], false],
    [['1', '2', '3', '4', '5'], null],
    [['1', '2', '3', '4', '1'], false],
  ])('%j, held to three values, is unique: %p', (cells, expected) => {
    const profile = profileOf(cells, 3);
    expect(isUnique(profile)).toBe(expected);
    expect(profile.values.size).toBeLessThanOrEqual(3);
  });
});
