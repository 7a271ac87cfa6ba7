import { describe, expect, test } from '@jest/globals';
import { fakeCore } from '../../../test/support/fakes/fake-core.ts';
import type { DroppedRecord } from '../ports/core-reader.ts';
import type { PartReading } from '../ports/moment.ts';
import type { CoreReading, ReadingIntake } from '../ports/reading-intake.ts';
import { type CoreSettings, openCoreReadings } from './core-readings.ts';

const NOW = '2026-11-24T10:00:00.000Z';
const MINUTE_MS = 60_000;

/** Cores over a fake one, with an intake that notes what it is given. */
async function desk(more: Partial<CoreSettings> = {}) {
  const core = fakeCore();
  const taken: CoreReading[] = [];
  const told: DroppedRecord[] = [];
  const time = { nowMs: Date.parse(NOW) };
  let held = false;
  const intake: ReadingIntake = {
    declare: async () => {},
    take: async (reading) => {
      if (held) return undefined;
      taken.push(reading);
      return { written: 0, dropped: [], spoilt: reading.spoilt };
    },
  };
  const settings: CoreSettings = {
    system: 'core:one',
    reader: core.reader,
    parts: { profile: { refreshAfterMs: MINUTE_MS }, holds: { refreshAfterMs: 2 * MINUTE_MS } },
    budgetMs: 2_000,
    widest: 3,
    retryAfterMs: 1_000,
    ...more,
  };
  const clock = { now: () => new Date(time.nowMs).toISOString() };
  const onDropped = (_system: string, dropped: readonly DroppedRecord[]) => {
    told.push(...dropped);
  };
  const readings = await openCoreReadings([settings], { intake, clock, onDropped });
  for (const id of ['a', 'b', 'c', 'd', 'e']) core.world.customers.set(id, {});
  const refresh = (...ids: readonly string[]) =>
    readings.refreshFromCores(ids.map((customerId) => ({ customerId, readings: [] })));
  const hold = (is: boolean) => {
    held = is;
  };
  return { ...core, ...readings, refresh, taken, told, time, hold };
}

const readAt = (part: 'profile' | 'holds', agoMs: number, system = 'core:one'): PartReading => {
  return { part, system, readAt: new Date(Date.parse(NOW) - agoMs).toISOString() };
};

describe('readings of live cores', () => {
  test.each<[string, readonly PartReading[], readonly string[]]>([
    ['everything of whom it never read', [], ['profile', 'holds']],
    ['nothing while all is young', [readAt('profile', 0), readAt('holds', MINUTE_MS)], []],
    ['a part as old as may be', [readAt('profile', MINUTE_MS), readAt('holds', 0)], ['profile']],
    [
      'what only another core told',
      [readAt('profile', 0), readAt('holds', 0, 'core:two')],
      ['holds'],
    ],
  ])('ask for %s', async (_what, readings, parts) => {
    const { isDue, refreshFromCores, questions } = await desk();
    const asked = { customerId: 'a', readings };
    expect(isDue(asked)).toBe(parts.length > 0);
    const { refreshed, failed } = await refreshFromCores([asked]);
    expect(questions.map((question) => question.parts)).toEqual(parts.length > 0 ? [parts] : []);
    expect([refreshed.has('a'), failed]).toEqual([parts.length > 0, []]);
  });

  test('ask for many at once, no wider than the core offers', async () => {
    const { refresh, questions, taken } = await desk();
    const { refreshed } = await refresh('a', 'b', 'c', 'd', 'e');
    expect(questions.map(({ customerIds }) => customerIds)).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
    expect([refreshed.size, taken.length]).toEqual([5, 2]);
  });

  test('ask once for whoever asks while the question is out', async () => {
    const { refresh, questions, world } = await desk();
    world.latencyMs = 20;
    const first = refresh('a');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([first, refresh('a'), refresh('a', 'b'), refresh('b')]);
    expect(questions.map(({ customerIds }) => customerIds)).toEqual([['a'], ['b']]);
  });

  test('leave a core that is down alone for a while, and ask it again', async () => {
    const { refresh, questions, world, time } = await desk();
    world.failing = 'DOWN';
    expect((await refresh('a')).failed).toHaveLength(2);
    world.failing = 'NO';
    expect(await refresh('a', 'b')).toMatchObject({
      refreshed: new Set(),
      failed: { length: 4 },
    });
    expect(questions.length).toBe(1);
    time.nowMs += 1_000;
    expect((await refresh('a')).failed).toEqual([]);
  });

  test('give up on a core that heeds no signal', async () => {
    const { refresh, world, taken } = await desk({ budgetMs: 30 });
    world.failing = 'HANGING';
    expect((await refresh('a')).failed).toHaveLength(2);
    expect(taken).toEqual([]);
  });

  test('tell apart whom a core refuses, and do not ask for them at once again', async () => {
    const { refresh, world, questions } = await desk();
    world.refused.add('a');
    const { refreshed, failed } = await refresh('a', 'b');
    expect(failed.map(({ customerId }) => customerId)).toEqual(['a', 'a']);
    expect(refreshed.has('b')).toBe(true);
    await refresh('a');
    expect(questions.length).toBe(1);
  });

  test('tell of records that nobody may believe', async () => {
    const { refresh, world, told, taken } = await desk();
    const message = '`startsOn` is no date';
    world.dropped = [{ customerId: 'a', entity: 'hold', key: 'h', code: 'BAD_DATE', message }];
    expect((await refresh('a')).failed).toEqual([{ customerId: 'a', part: 'holds' }]);
    expect(told).toEqual(world.dropped);
    expect(taken[0]?.spoilt).toEqual([{ customerId: 'a', part: 'holds' }]);
  });

  test('count as not answered while an import holds the way in', async () => {
    const { refresh, hold } = await desk();
    hold(true);
    expect((await refresh('a')).failed).toHaveLength(2);
  });

  test('crash by a bug of a reader, which is no outage', async () => {
    const reader = { read: () => Promise.reject(new TypeError('a bug')) };
    const { refresh } = await desk({ reader });
    await expect(refresh('a')).rejects.toThrow('a bug');
  });
});
