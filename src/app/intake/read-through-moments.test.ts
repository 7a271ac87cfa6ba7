import { describe, expect, test } from '@jest/globals';
import { fakeCore } from '../../../test/support/fakes/fake-core.ts';
import { fakeMoments } from '../../../test/support/fakes/fake-moments.ts';
import { fakeReadingIntake } from '../../../test/support/fakes/fake-reading-intake.ts';
import { fakeRecords } from '../../../test/support/fakes/fake-records.ts';
import { PRESENT } from '../../../test/support/live-versions.ts';
import { liveStateOf } from '../../engine/point-in-time/live-state-of.ts';
import { openCoreReadings } from './core-readings.ts';
import { readThroughMoments } from './read-through-moments.ts';

const BUSINESS_DATE = '2026-11-24';
const MINUTE_MS = 60_000;
const fraud = { holdId: 'h', partyId: 'a', kind: 'FRAUD', startsOn: '2026-11-01' } as const;
const ann = { party: [{ partyId: 'a', kind: 'PERSON' }], hold: [fraud] } as const;

/** A bank that knows nobody, beside a core that knows one customer. */
async function bank() {
  const core = fakeCore({ customers: new Map([['a', ann]]) });
  const records = fakeRecords();
  const { intake, holdWayIn } = fakeReadingIntake(records, BUSINESS_DATE);
  const time = { nowMs: Date.parse('2026-11-24T10:00:00.000Z') };
  const settings = {
    system: 'core:one',
    reader: core.reader,
    parts: { profile: { refreshAfterMs: MINUTE_MS }, holds: { refreshAfterMs: MINUTE_MS } },
    budgetMs: 100,
    widest: 10,
    retryAfterMs: 0,
  };
  const clock = { now: () => new Date(time.nowMs).toISOString() };
  const readings = await openCoreReadings([settings], { intake, clock });
  const activeRelease = async () => undefined;
  const world = { mode: 'BANK', businessDate: BUSINESS_DATE, records, activeRelease } as const;
  const moments = readThroughMoments(fakeMoments(world).moments, readings);
  const read = async (id: string) => {
    const moment = (await moments.readMoments([id])).get(id);
    if (moment === undefined) return undefined;
    const { holds } = liveStateOf(moment.versions, PRESENT);
    return { holds: holds?.map(({ kind }) => kind), overdue: moment.overdue };
  };
  return { ...core, read, holdWayIn, time };
}

const held = { holds: ['FRAUD'], overdue: undefined };

describe('moments that are read through a live core', () => {
  test('know whom only the core knows, and ask no more while that is young', async () => {
    const { read, questions, time } = await bank();
    expect(await read('a')).toEqual(held);
    time.nowMs += MINUTE_MS - 1;
    expect(await read('a')).toEqual(held);
    expect(questions).toHaveLength(1);
  });

  test('know nobody whom neither the bank nor the core knows', async () => {
    expect(await (await bank()).read('nobody')).toBeUndefined();
  });

  test('tell what changed once it was due again', async () => {
    const { read, world, time } = await bank();
    await read('a');
    world.customers.set('a', { party: ann.party });
    time.nowMs += MINUTE_MS;
    expect(await read('a')).toEqual({ holds: [], overdue: undefined });
  });

  test.each<[string, (given: Awaited<ReturnType<typeof bank>>) => unknown]>([
    ['the core is down', ({ world }) => Object.assign(world, { failing: 'DOWN' })],
    ['the core hangs', ({ world }) => Object.assign(world, { failing: 'HANGING' })],
    ['the core refuses to tell', ({ world }) => world.refused.add('a')],
    ['an import holds the way in', ({ holdWayIn }) => holdWayIn()],
  ])('tell what was known, and that it is overdue, while %s', async (_what, spoil) => {
    const given = await bank();
    await given.read('a');
    given.world.customers.set('a', { party: ann.party });
    given.time.nowMs += MINUTE_MS;
    spoil(given);
    expect(await given.read('a')).toEqual({ ...held, overdue: ['holds', 'profile'] });
  });
});
