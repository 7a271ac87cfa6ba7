import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { collectRefusals } from './refusal-groups.ts';

const refusal = (line: number, more: object = {}) => ({
  place: { file: 'a.csv', line },
  column: 'born',
  code: 'NOT_A_DATE',
  message: `\`31.12.${1000 + line}\` is no day`,
  ...more,
});

describe('refused rows', () => {
  test('that differ by their cells alone are a group: the first five, and how many', () => {
    const collector = collectRefusals();
    for (let line = 2; line < 1_000_002; line += 1) collector.add(refusal(line));
    const { refusals, groups } = collector.kept();
    expect(refusals.map(({ place }) => place.line)).toEqual([2, 3, 4, 5, 6]);
    expect(groups).toEqual([
      {
        file: 'a.csv',
        column: 'born',
        code: 'NOT_A_DATE',
        message: '`31.12.1002` is no day',
        count: 1_000_000,
        lines: [2, 3, 4, 5, 6],
      },
    ]);
  });

  test.each([
    ['file', { place: { file: 'b.csv', line: 3 } }],
    ['column', { column: 'since' }],
    ['code', { code: 'NO_TIME' }],
    ['words', { message: '`31.12.1003` is beyond the calendar' }],
  ])('of another %s are another group', (_what, more) => {
    const collector = collectRefusals();
    collector.add(refusal(2));
    collector.add(refusal(3, more));
    expect(collector.kept().groups.map(({ count }) => count)).toEqual([1, 1]);
  });

  test('are counted once, though one cell fails for several fields', () => {
    const collector = collectRefusals();
    for (const line of [2, 2, 3, 3]) collector.add(refusal(line));
    expect(collector.kept().groups).toMatchObject([{ count: 2, lines: [2, 3] }]);
  });

  test('that settling counted and did not name count too', () => {
    const collector = collectRefusals();
    collector.add(refusal(2), 81);
    expect(collector.kept().groups).toMatchObject([{ count: 82, lines: [2] }]);
  });

  test('are all counted, and what is kept of them stays small, whatever they say', () => {
    const words = fc.record({
      column: fc.constantFrom('a', 'b', null),
      code: fc.constantFrom('X', 'Y'),
      message: fc.string({ minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(words, { minLength: 300, maxLength: 2_000 }), (all) => {
        const collector = collectRefusals();
        for (const [i, more] of all.entries()) collector.add(refusal(i + 2, more));
        const { refusals, groups } = collector.kept();
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
        expect(groups.length).toBeLessThanOrEqual(202);
        expect(refusals.length).toBeLessThanOrEqual(5 * groups.length);
      }),
      { numRuns: 20 },
    );
  });
});
