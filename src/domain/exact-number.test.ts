import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isExact, toldRounded } from './exact-number.ts';

describe('a number as it is written', () => {
  test.each(['0', '-0', '0.0', '0e5', '1', '-17.99', '0.1', '1.10', '1e2', '1E+2', '12300'])(
    '%s is what a double holds',
    (literal) => expect(isExact(literal)).toBe(true),
  );

  test.each([
    '1e-400',
    '1e400',
    '17.99999999999999999999',
    '9007199254740993',
    '0.30000000000000000001',
    '1e-99999999999999999999',
    `0.${'0'.repeat(400)}1`,
  ])('%s is not', (literal) => expect(isExact(literal)).toBe(false));

  test('is held where the platform wrote it, in any spelling', () => {
    const noEnds = { noNaN: true, noDefaultInfinity: true };
    fc.assert(
      fc.property(fc.double(noEnds), fc.nat(20), (value, zeros) => {
        const text = JSON.stringify(value);
        const [digits = '', power] = text.split('e');
        const long = `${digits}${digits.includes('.') ? '' : '.'}${'0'.repeat(zeros + 1)}`;
        return isExact(text) && isExact(power === undefined ? long : `${long}e${power}`);
      }),
    );
  });

  test('of up to 15 digits is always held', () => {
    const digits = fc.bigInt(1n, 999_999_999_999_999n);
    fc.assert(
      fc.property(digits, fc.integer({ min: -280, max: 280 }), (whole, power) =>
        isExact(`${whole}e${power}`),
      ),
    );
  });

  test.each([
    ['1e-400', '`1e-400` would be rounded to 0: write 0'],
    ['17.99999999999999999999', '`17.99999999999999999999` would be rounded to 18: write 18'],
    ['1e400', '`1e400` is more than any number that can be read: write a smaller one'],
  ])('%s is told with its mend', (literal, message) => {
    expect(toldRounded(literal)).toBe(message);
    expect(toldRounded(`1${'0'.repeat(99)}1`).length).toBeLessThan(100);
  });
});
