import { describe, expect, test } from '@jest/globals';
import { arrangement, historyOf, LINEAGE } from '../../../test/support/customer-history.ts';
import { type CustomerHistory, PART_NAMES } from '../../domain/customer360.ts';
import type { AgeLimits } from '../../domain/release.ts';
import { knownAt } from './known-at.ts';
import { validUntil } from './next-change.ts';

const AT = { businessDate: '2026-06-30', knownAt: '2026-06-30T18:00:00.000Z' };
const LIMITS = Object.fromEntries(PART_NAMES.map((name) => [name, 'P2D'])) as AgeLimits;
const END = '2026-06-30T23:59:59.999Z';

const until = (history: CustomerHistory) => validUntil(knownAt(history, AT), LIMITS);
const old = { ...LINEAGE, asOf: '2026-06-28T20:00:00.000Z' };

describe('a sheet stands', () => {
  test('until the end of the business date', () => {
    expect(until(historyOf({}))).toBe(END);
  });

  test('until the stalest system is too old', () => {
    const goals = { state: 'READ' as const, value: [], lineage: [LINEAGE, old] };
    expect(until({ ...historyOf({}), goals })).toBe('2026-06-30T20:00:00.000Z');
  });

  test('whatever the age of consents and holds, which are live', () => {
    const part = { state: 'READ' as const, value: [], lineage: [LINEAGE, old] };
    expect(until({ ...historyOf({}), consents: part, holds: part })).toBe(END);
  });

  test('whatever matures later, for that is another business date', () => {
    const deposit = arrangement('d1', 'TERM_DEPOSIT', { maturesOn: '2026-07-01' });
    expect(until(historyOf({ arrangement: [deposit] }))).toBe(END);
  });

  test('not at all while a source is down', () => {
    const goals = { state: 'FAILED' as const, reason: 'SOURCE_DOWN' as const };
    expect(until({ ...historyOf({}), goals })).toBe('2026-06-30T00:00:00.000Z');
  });

  test('to the end of the date with a stale source, which only its watermark can mend', () => {
    const goals = { state: 'FAILED' as const, reason: 'STALE' as const };
    expect(until({ ...historyOf({}), goals })).toBe(END);
  });
});
