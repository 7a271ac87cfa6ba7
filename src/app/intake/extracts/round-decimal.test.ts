import { describe, expect, test } from '@jest/globals';
import type { RoundingRule } from '../../../domain/mapping.ts';
import { roundDecimal } from './round-decimal.ts';

describe('rounding', () => {
  test.each<[RoundingRule, string, number, string | undefined]>([
    ['zerosOnly', '20.000', 2, '20.00'],
    ['zerosOnly', '20.001', 2, undefined],
    ['halfEven', '0.125', 2, '0.12'],
    ['halfEven', '0.135', 2, '0.14'],
    ['halfEven', '0.1250001', 2, '0.13'],
    ['halfEven', '-0.125', 2, '-0.12'],
    ['halfAwayFromZero', '0.125', 2, '0.13'],
    ['halfAwayFromZero', '-0.125', 2, '-0.13'],
    ['halfAwayFromZero', '0.1249', 2, '0.12'],
    ['halfAwayFromZero', '9.995', 2, '10.00'],
    ['halfAwayFromZero', '99.5', 0, '100'],
    ['towardZero', '-0.129', 2, '-0.12'],
    ['towardZero', '1.9', 0, '1'],
    ['halfEven', '12.5', 2, '12.5'],
    ['halfEven', '12', 0, '12'],
    ['halfEven', 'x', 2, undefined],
  ])('%s takes %s to %i decimals: %s', (rule, text, decimals, expected) => {
    expect(roundDecimal(text, rule, decimals)).toBe(expected);
  });
});
