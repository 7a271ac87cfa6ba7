import { describe, expect, test } from '@jest/globals';
import { formatDecimal, formatMoney, parseDecimal, parseMoney } from './money.ts';

describe('money', () => {
  test.each([
    ['50000.00 EUR', 5_000_000],
    ['-0.30 EUR', -30],
    ['7 CZK', 700],
    ['1500 JPY', 1500],
    ['1500 XOF', 1500],
    ['1.5 KWD', 1500],
    ['1.001 IQD', 1001],
    ['1.0001 CLF', 10_001],
    ['0.10 EUR', 10],
    ['1.500 EUR', 150],
  ])('%s is %d minor units', (text, amountMinor) => {
    expect(parseMoney(text)).toEqual({ amountMinor, currency: text.slice(-3) });
  });

  test.each(['1.5 JPY', '1.001 EUR', '1,5 EUR', '1.5EUR', 'EUR 1.5', '1e3 EUR', '.5 EUR', ''])(
    '`%s` is no money',
    (text) => {
      expect(parseMoney(text)).toBeUndefined();
    },
  );

  test.each([
    [5, 'EUR', '0.05'],
    [-5, 'EUR', '-0.05'],
    [1500, 'JPY', '1500'],
    [1, 'OMR', '0.001'],
    [12, 'UYW', '0.0012'],
  ])('%d minor units of %s are written %s', (amountMinor, currency, text) => {
    expect(formatDecimal({ amountMinor, currency })).toBe(text);
  });

  test('what is written reads back', () => {
    for (const currency of ['EUR', 'JPY', 'TND', 'CLF']) {
      for (const amountMinor of [0, 1, -1, 99, 100_000, -123_456_789]) {
        const money = { amountMinor, currency };
        expect(parseMoney(formatMoney(money))).toEqual(money);
      }
    }
  });

  test('more than a safe integer holds is refused, and no zero is negative', () => {
    expect(parseDecimal('9999999999999', 4)).toBeUndefined();
    expect(parseDecimal('-0.00', 2)).toBe(0);
  });
});
