import { describe, expect, test } from '@jest/globals';
import { addMonths, monthEndBefore, monthsBetween } from './business-date.ts';

describe('a month', () => {
  test.each([
    ['2026-06-30', 1, '2026-05-31'],
    ['2026-06-30', 4, '2026-02-28'],
    ['2026-06-30', 6, '2025-12-31'],
    ['2026-06-29', 1, '2026-05-29'],
    ['2026-03-29', 1, '2026-02-28'],
    ['2025-02-28', 12, '2024-02-29'],
    ['2024-02-28', 12, '2023-02-28'],
    ['2024-02-29', 12, '2023-02-28'],
    ['2026-07-31', 0, '2026-07-31'],
    ['2026-01-15', 1, '2025-12-15'],
  ])('that ends on %s was ended %i months before on %s', (end, months, expected) => {
    expect(monthEndBefore(end, months)).toBe(expected);
  });

  test.each([
    ['2026-01-31', '2026-02-27', 0],
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-30', '2026-02-28', 1],
    ['2026-05-31', '2026-06-30', 1],
    ['2026-05-31', '2026-06-29', 0],
    ['2024-02-29', '2025-02-28', 12],
    ['2026-06-30', '2026-05-31', -1],
    ['2026-05-30', '2026-06-30', 1],
  ])('from %s to %s counts %i', (from, to, months) => {
    expect(monthsBetween(from, to)).toBe(months);
  });

  test('is counted as it is added', () => {
    for (const from of ['2024-02-29', '2026-01-28', '2026-01-29', '2026-01-30', '2026-01-31']) {
      for (let months = 0; months <= 24; months += 1) {
        expect(monthsBetween(from, addMonths(from, months))).toBe(months);
      }
    }
  });
});
