import { describe, expect, test } from '@jest/globals';
import type { Commit } from '../app/ports/commit.ts';
import { Outage } from '../app/ports/outage.ts';
import type { Readiness } from '../app/ports/readiness.ts';
import { createReadiness } from './readiness.ts';

const NOTHING = { decisions: [], effects: [] };
const refused = (code: string) => Object.assign(new Error('refused'), { code });
const outage = (code: string) => new Outage('WRITES', refused(code));

/** A process whose database reads, writes and commits as told. */
function watch() {
  const fails: { read?: Error; write?: Error; commit?: Error } = {};
  const told: string[] = [];
  let [ms, writes] = [0, 0];
  const answer = async (error: Error | undefined) => {
    if (error !== undefined) throw error;
  };
  const readiness = createReadiness({
    tryRead: () => answer(fails.read),
    tryWrite: () => {
      writes += 1;
      return answer(fails.write);
    },
    nowMs: () => ms,
    onChange: (now: Readiness, code) =>
      told.push(now.status === 'READY' ? 'READY' : `${now.reason} ${code}`),
  });
  const commit: Commit = readiness.watched(async () => {
    await answer(fails.commit);
    return NOTHING;
  });
  const now = async () => {
    const found = await readiness.now();
    return found.status === 'READY' ? 'READY' : found.reason;
  };
  const pass = (more: number) => {
    ms += more;
  };
  return { fails, told, now, pass, writes: () => writes, commit: () => commit(NOTHING) };
}

describe('a process', () => {
  test.each<[string, Error, string]>([
    ['a full disk', outage('53100'), 'DISK_FULL'],
    ['a database that only reads', outage('25006'), 'DATABASE_READ_ONLY'],
    ['a right that was taken away', refused('42501'), 'NOT_PERMITTED'],
    ['a disk that fails', outage('58030'), 'WRITES_REFUSED'],
    ['a refusal that has no name here', refused('XX000'), 'WRITES_REFUSED'],
    ['a server that is gone', new Outage('DATABASE', refused('ECONNREFUSED')), 'DATABASE_DOWN'],
  ])(
    'is not ready by %s, tells once, and is ready again after it',
    async (_what, error, reason) => {
      const { fails, now, pass, told } = watch();
      expect(await now()).toBe('READY');
      fails.write = error;
      pass(2_000);
      expect([await now(), await now()]).toEqual([reason, reason]);
      delete fails.write;
      pass(2_000);
      expect(await now()).toBe('READY');
      expect(told).toEqual([expect.stringContaining(reason), 'READY']);
    },
  );

  test('tries a write once in two seconds however often asked, and reads each time', async () => {
    const { fails, now, pass, writes } = watch();
    await Promise.all(Array.from({ length: 20 }, now));
    expect(writes()).toBe(1);
    fails.read = new Outage('DATABASE', refused('ECONNREFUSED'));
    expect(await now()).toBe('DATABASE_DOWN');
    pass(2_000);
    await now();
    expect(writes()).toBe(2);
  });

  test('is not ready from the first commit that is refused until one is taken', async () => {
    const { fails, now, commit, told } = watch();
    fails.commit = outage('53100');
    await expect(commit()).rejects.toThrow('writes does not answer');
    expect(told).toEqual(['DISK_FULL 53100']);
    expect(await now()).toBe('DISK_FULL');
    delete fails.commit;
    await commit();
    expect(await now()).toBe('READY');
  });

  test('gets traffic again, since a refused commit is forgotten after ten seconds', async () => {
    const { fails, now, commit, pass } = watch();
    fails.commit = refused('42501');
    await expect(commit()).rejects.toThrow('refused');
    pass(9_999);
    expect(await now()).toBe('NOT_PERMITTED');
    pass(1);
    expect(await now()).toBe('READY');
  });

  test('stays ready by a bug of one decision', async () => {
    const { fails, now, commit } = watch();
    fails.commit = new TypeError('a bug');
    await expect(commit()).rejects.toThrow('a bug');
    expect(await now()).toBe('READY');
  });
});
