import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fits } from './bound-answers.ts';

describe('the size of an answer', () => {
  test('is counted as it is written, to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const written = Buffer.byteLength(JSON.stringify(value));
        expect(await fits(value, written - 1)).toBe(false);
        expect(await fits(value, written)).toBe(true);
      }),
    );
  });

  test('is counted in turns with others', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `field${i}`);
    const entry = Object.fromEntries(
      names.map((name) => [name, `a text that is no number ${name}`]),
    );
    const large = Array.from({ length: 40_000 }, () => entry);
    let turns = 0;
    const other = setInterval(() => {
      turns += 1;
    }, 1);
    expect(await fits(large, Number.POSITIVE_INFINITY)).toBe(true);
    clearInterval(other);
    expect(turns).toBeGreaterThan(2);
  });
});
