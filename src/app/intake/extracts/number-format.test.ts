import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CellFormat } from '../../../domain/mapping.ts';
import { numberReader } from './number-format.ts';

const GERMAN: CellFormat = { decimalMark: ',', groupMark: '.' };
const SPACED: CellFormat = { decimalMark: ',', groupMark: ' ' };
const COMMAS: CellFormat = { groupMark: ',' };
const LEDGER: CellFormat = {
  groupMark: ',',
  negatives: ['leading', 'trailing', 'parentheses'],
  currencySigns: { '€': 'EUR', $: 'USD', Kč: 'CZK', CZK: 'CZK' },
};

function read(format: CellFormat, text: string) {
  const reader = numberReader(format);
  if (typeof reader === 'string') throw new Error(reader);
  return reader(text);
}

describe('a number', () => {
  test.each<[CellFormat, string, string, string | undefined]>([
    [{}, '-12.50', '-12.50', undefined],
    [{ decimalMark: ',' }, '12,50', '12.50', undefined],
    [GERMAN, '1.234.567,89', '1234567.89', undefined],
    [GERMAN, '20.000', '20000', undefined],
    [GERMAN, '1234,5', '1234.5', undefined],
    [SPACED, '1 234,50', '1234.50', undefined],
    [SPACED, '1\u00A0234\u202F567', '1234567', undefined],
    [{ groupMark: "'" }, "1'234.50", '1234.50', undefined],
    [COMMAS, '12,34,567.00', '1234567.00', undefined],
    [LEDGER, '12.50-', '-12.50', undefined],
    [LEDGER, '(1,234.50)', '-1234.50', undefined],
    [LEDGER, '€ 1,234.50', '1234.50', 'EUR'],
    [LEDGER, '-$5', '-5', 'USD'],
    [LEDGER, '$-5', '-5', 'USD'],
    [LEDGER, '($5.00)', '-5.00', 'USD'],
    [LEDGER, '1,234.50 Kč-', '-1234.50', 'CZK'],
    [LEDGER, '(5) CZK', '-5', 'CZK'],
    [LEDGER, '+7', '7', undefined],
  ])('in the way of %j: %s is %s', (format, text, plain, currency) => {
    expect(read(format, text)).toEqual(currency === undefined ? { plain } : { plain, currency });
  });

  test.each<[CellFormat, string, string]>([
    [{}, '1,234.50', 'groups that nobody declared'],
    [{ decimalMark: ',' }, '20.000', 'a point that is neither mark'],
    [GERMAN, '12.50', 'a group of two'],
    [GERMAN, '1.2345', 'a group of four'],
    [GERMAN, '1234.567', 'a first group of four'],
    [GERMAN, '.123', 'no first group'],
    [COMMAS, '1,234,56', 'a last group of two'],
    [{}, '5-', 'a minus behind that nobody declared'],
    [{}, '(5)', 'parentheses that nobody declared'],
    [LEDGER, '(-5)', 'two signs'],
    [LEDGER, '-5-', 'two signs'],
    [LEDGER, '$$5', 'a sign twice'],
    [LEDGER, '£5', 'a sign that nobody declared'],
    [LEDGER, '', 'nothing'],
    [{}, '1e5', 'an exponent'],
    [{}, '0x10', 'another base'],
  ])('in the way of %j is not %s: %s', (format, text) => {
    expect(read(format, text)).toBeUndefined();
  });

  test.each<[CellFormat, string]>([
    [{ groupMark: '.' }, 'the same character'],
    [{ groupMark: '1' }, 'cannot group'],
    [{ currencySigns: { '-': 'EUR' } }, 'means something'],
  ])('cannot be written as %j', (format, why) => {
    expect(numberReader(format)).toMatch(why);
  });

  test('reads back whatever Intl writes', () => {
    const pairs = [
      ['en-US', COMMAS],
      ['de-DE', GERMAN],
      ['cs-CZ', SPACED],
      ['en-IN', COMMAS],
    ] as const;
    const cents = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
    fc.assert(
      fc.property(fc.constantFrom(...pairs), cents, ([locale, format], amount) => {
        const text = (amount / 100).toLocaleString(locale, {
          minimumFractionDigits: 2,
          maximumFractionDigits: 2,
        });
        const plain = read(format, text.replace('\u2212', '-'))?.plain;
        expect(Math.round(Number(plain) * 100)).toBe(amount);
      }),
    );
  });
});
