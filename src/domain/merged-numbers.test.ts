import { describe, expect, test } from '@jest/globals';
import type { PartyMergeRecord } from './bank-record.ts';
import { mergesKnownAt, numbersMergedInto, oneSince, survivorOf } from './merged-numbers.ts';

const day = (date: number) => `2026-01-0${date}T00:00:00.000Z`;
/** `1 a b`: on the first, a was merged into b. */
const told = (...lines: readonly string[]): readonly PartyMergeRecord[] =>
  lines.map((line) => {
    const [date, partyId = '', survivorId = ''] = line.split(' ');
    return { partyId, survivorId, recordedAt: day(Number(date)) };
  });

describe('the numbers of a customer', () => {
  const versions = told('1 a b', '3 b c', '2 d c', '5 a e');

  test.each<[number, readonly string[], string]>([
    [1, ['b: a', 'c: ', 'e: '], 'b'],
    [2, ['b: a', 'c: d', 'e: '], 'b'],
    [3, ['b: ', 'c: a b d', 'e: '], 'c'],
    [5, ['b: ', 'c: b d', 'e: a'], 'e'],
  ])('on day %i are as they were known then', (date, expected, survivor) => {
    const merges = mergesKnownAt(versions, day(date));
    const found = ['b', 'c', 'e'].map(
      (id) => `${id}: ${numbersMergedInto(id, merges).join(' ')}`,
    );
    expect(found).toEqual(expected);
    expect(survivorOf('a', merges)).toBe(survivor);
    expect(mergesKnownAt(versions.toReversed(), day(date))).toEqual(new Map(merges));
  });

  test('of a loop, which no door lets in, are found all the same', () => {
    const merges = mergesKnownAt(told('1 a b', '1 b a'), day(1));
    expect(survivorOf('a', merges)).toBe('b');
  });
});

test.each<[string, string, number | null]>([
  ['a', 'b', 1],
  ['a', 'c', 3],
  ['a', 'd', 3],
  ['d', 'c', 2],
  ['b', 'd', 3],
  ['c', 'c', null],
])('%s and %s are one since day %p', (one, other, date) => {
  const merges = mergesKnownAt(told('1 a b', '3 b c', '2 d c'), day(9));
  const expected = date === null ? '' : day(date);
  expect([oneSince(one, other, merges), oneSince(other, one, merges)]).toEqual([
    expected,
    expected,
  ]);
});
