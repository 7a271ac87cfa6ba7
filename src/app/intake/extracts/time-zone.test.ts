import { describe, expect, test } from '@jest/globals';
import type { ClockChanges } from '../../../domain/mapping.ts';
import { openZone } from './time-zone.ts';

function instant(name: string, shown: readonly [string, string], changes?: ClockChanges) {
  const found = openZone(name, changes)?.(...shown);
  return typeof found === 'number' ? new Date(found).toISOString().slice(0, 19) : found;
}

describe('a time zone', () => {
  test.each([
    ['Europe/Prague', '2026-01-15', '09:30:00.000', '2026-01-15T08:30:00'],
    ['Europe/Prague', '2026-07-15', '09:30:00.000', '2026-07-15T07:30:00'],
    ['Europe/Prague', '2026-03-29', '01:59:59.000', '2026-03-29T00:59:59'],
    ['Europe/Prague', '2026-03-29', '03:00:00.000', '2026-03-29T01:00:00'],
    ['Europe/Prague', '2026-10-25', '01:59:59.000', '2026-10-24T23:59:59'],
    ['Europe/Prague', '2026-10-25', '03:00:00.000', '2026-10-25T02:00:00'],
    ['America/New_York', '2026-11-24', '23:15:00.000', '2026-11-25T04:15:00'],
    ['Asia/Kathmandu', '2026-11-24', '00:10:00.000', '2026-11-23T18:25:00'],
    ['Australia/Lord_Howe', '2026-07-01', '12:00:00.000', '2026-07-01T01:30:00'],
    ['UTC', '1999-12-31', '23:59:59.000', '1999-12-31T23:59:59'],
  ])('%s shows %s %s at %s', (name, date, time, expected) => {
    expect(instant(name, [date, time])).toBe(expected);
  });

  test.each<[string, string, string, ClockChanges | undefined, string]>([
    ['Europe/Prague', '2026-03-29', '02:30', undefined, 'SKIPPED'],
    ['Europe/Prague', '2026-03-29', '02:30', { skipped: 'shift' }, '2026-03-29T01:30:00'],
    ['Europe/Prague', '2026-10-25', '02:30', undefined, 'REPEATED'],
    ['Europe/Prague', '2026-10-25', '02:30', { repeated: 'first' }, '2026-10-25T00:30:00'],
    ['Europe/Prague', '2026-10-25', '02:30', { repeated: 'second' }, '2026-10-25T01:30:00'],
    ['America/Sao_Paulo', '2018-11-04', '00:30', undefined, 'SKIPPED'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', undefined, 'SKIPPED'],
    ['Australia/Lord_Howe', '2026-04-05', '01:45', { repeated: 'first' }, '2026-04-04T14:45:00'],
  ])('%s on %s at %s by %j: %s', (name, date, time, changes, expected) => {
    expect(instant(name, [date, `${time}:00.000`], changes)).toBe(expected);
  });

  test.each(['Europe/Atlantis', '', 'Z0'])('%j is none', (name) => {
    expect(openZone(name)).toBeUndefined();
  });
});
