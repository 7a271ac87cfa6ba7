import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { BrokenAudit } from '../app/ports/broken-audit.ts';
import {
  type AuditSettings,
  type AuditsInWorker,
  openAuditsInWorker,
} from './audits-in-worker.ts';

const FAKE = new URL('../../test/support/fakes/fake-audit-worker.ts', import.meta.url);

describe('audits in a worker', () => {
  let audits: AuditsInWorker;
  let broken: BrokenAudit[];
  const open = (more: Partial<AuditSettings> = {}) => {
    broken = [];
    const onBroken = (one: BrokenAudit) => void broken.push(one);
    audits = openAuditsInWorker({ databaseUrl: '', worker: FAKE, onBroken, ...more });
    return audits.sitting('SOURCE');
  };
  afterEach(() => audits.close());
  const brokenOff = (by: string) => ({
    status: 'rejected',
    reason: { name: 'BrokenAudit', by },
  });

  test('are answered in the order of asking, all by one thread', async () => {
    const replay = open();
    const ended: string[] = [];
    const asked = ['a', 'b', 'c'].map(async (id) => {
      const answer = await replay(id);
      ended.push(id);
      return answer;
    });
    const threads = (await Promise.all(asked)).map((one) => one?.engineVersion);
    expect(ended).toEqual(['a', 'b', 'c']);
    expect(new Set(threads).size).toBe(1);
  });

  test('tell the thread of which sittings more waits', async () => {
    const [one, two] = [open(), audits.sitting('SOURCE')];
    const asked = [one('a'), two('b'), one('c'), two('d')];
    const told = (await Promise.all(asked)).map((answer) => answer?.release);
    expect(told).toEqual(['1 of 1,2', '2 of 1,2', '1 of 1,2', '2 of 2']);
    expect((await one('e'))?.release).toBe('1 of 1');
  });

  test('refuse one too many as an overload, whatever it is, and take others later', async () => {
    const replay = open({ mostWaiting: 2 });
    const asked = [replay('a'), audits.trace('b', null), replay('c'), audits.trace('d', null)];
    const ended = await Promise.allSettled(asked);
    const statuses = ended.map(({ status }) => status);
    expect(statuses).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(ended[2]).toMatchObject({ reason: { name: 'Overload' } });
    expect(ended[3]).toMatchObject({ reason: { name: 'Overload' } });
    expect(await replay('e')).toMatchObject({ decisionId: 'e' });
  });

  test.each([
    ['ends', 'die', 'ENDED'],
    ['throws what nobody catches', 'throw', 'ENDED'],
    ['runs out of memory', 'fill', 'OUT_OF_MEMORY'],
  ])('fail one by one where the thread %s, and another goes on', async (_what, id, by) => {
    const replay = open();
    const ended = await Promise.allSettled(['a', id, 'b', id, 'c'].map(replay));
    expect(ended).toMatchObject([
      { status: 'fulfilled' },
      brokenOff(by),
      { status: 'fulfilled' },
      brokenOff(by),
      { status: 'fulfilled' },
    ]);
    const threads = ended.map((one) => one.status === 'fulfilled' && one.value?.engineVersion);
    expect(new Set(threads.filter(Boolean)).size).toBe(3);
    expect(broken.map((one) => one.by)).toEqual([by, by]);
  });

  test('fail by what failed over there', async () => {
    const replay = open();
    await expect(replay('outage')).rejects.toMatchObject({
      name: 'Outage',
      dependency: 'DATABASE',
      cause: { code: '57P01' },
    });
    await expect(replay('overload')).rejects.toMatchObject({ name: 'Overload' });
    await expect(audits.trace('bug', null)).rejects.toMatchObject({
      name: 'TypeError',
      message: 'a test',
      stack: expect.stringContaining('at there'),
    });
    expect(broken).toEqual([]);
  });

  test('are broken off by closing: what runs after a while, what waits with it', async () => {
    const replay = open({ closingMs: 50 });
    const asked = Promise.allSettled([replay('never'), replay('a')]);
    // The first is asked in a turn of its own.
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    await audits.close();
    expect(await asked).toMatchObject([brokenOff('ENDED'), brokenOff('CLOSED')]);
    await expect(replay('b')).rejects.toMatchObject({ by: 'CLOSED' });
  });

  test('end at once with closing where nothing runs, started or not', async () => {
    open({ closingMs: 600_000 });
    await audits.close();
    const replay = open({ closingMs: 600_000 });
    await replay('a');
    await audits.close();
  });
});
