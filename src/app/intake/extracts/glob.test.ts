import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { globMatcher } from './glob.ts';

describe('a pattern', () => {
  test.each([
    ['SAL*', 'SALARY 06', true],
    ['SAL*', 'xSALARY', false],
    ['*fee*', 'a fee of', true],
    ['A?C', 'ABC', true],
    ['A?C', 'AC', false],
    ['*', '', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXbYbZ', false],
    ['[a-z]+', 'abc', false],
    ['.*', 'anything', false],
    ['', 'x', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(globMatcher([pattern])(text)).toBe(expected);
  });

  test('of many, one is enough', () => {
    expect(globMatcher(['x*', '*y'])('ay')).toBe(true);
  });

  test('agrees with the expression that it stands for', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, letters, (glob, text) => {
        const regex = new RegExp(`^${glob.replace(/\*+/g, '.*').replaceAll('?', '.')}$`);
        expect(globMatcher([glob])(text)).toBe(regex.test(text));
      }),
    );
  });

  test('of many stars against the longest row takes no time to speak of', () => {
    const matches = globMatcher([`${'*a'.repeat(100)}b`]);
    const started = performance.now();
    expect(matches('a'.repeat(65_536))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
