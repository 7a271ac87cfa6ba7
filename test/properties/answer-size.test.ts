import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fits } from '../../src/graphql/bound-answers.ts';

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme-ascii' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

const { answer } = fc.letrec<{ answer: unknown }>((tie) => ({
  answer: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('answer'), { minLength: 1, maxLength: 5 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('answer'), { minKeys: 1, maxKeys: 5 }),
  ),
}));

describe('the bound of an answer', () => {
  test('counts the bytes that JSON has', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (value) => {
        const bytes = Buffer.byteLength(JSON.stringify(value));
        expect(await fits(value, bytes)).toBe(true);
        expect(await fits(value, bytes - 1)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
