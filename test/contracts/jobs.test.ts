import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createJobQueue,
  type OpenJobQueue,
  type QueuedJob,
} from '../../src/adapters/jobs/job-queue.ts';
import { type RunningWorker, startWorker } from '../../src/adapters/jobs/job-worker.ts';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import { dumpSchema } from '../../src/adapters/postgres/schema/dump-schema.ts';
import { systemClock, systemRandomness } from '../../src/adapters/system/system-clock.ts';
import type { JobHandler } from '../../src/app/ports/job-queue.ts';
import type { JobKindSettings } from '../../src/domain/job.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/database.ts';

const SETTINGS: JobKindSettings = {
  ordered: false,
  retries: 1,
  retryAfterSeconds: 1,
  longestRetryAfterSeconds: 1,
  timeLimitSeconds: 30,
  together: 10,
  sideBySide: 2,
};
const KINDS = { loose: SETTINGS, strict: { ...SETTINGS, ordered: true } };
const SECRET = 'Zephyrine Quillfeather';

describe('the jobs of a database', () => {
  let clone: ClonedDatabase;
  let database: Database;
  let queue: OpenJobQueue;
  const workers: RunningWorker[] = [];
  const queues: OpenJobQueue[] = [];
  beforeEach(async () => {
    clone = await cloneDatabase();
    database = createPool(clone.url, { max: 2, applicationName: 'jobs test' });
    queue = openQueue();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((one) => one.close()));
    await Promise.all(queues.splice(0).map((one) => one.close()));
    await database.close();
    await clone.drop();
  });

  const openQueue = () => {
    const deps = { clock: systemClock, randomness: systemRandomness, onError: () => undefined };
    const opened = createJobQueue(clone.url, { kinds: KINDS, ...deps });
    queues.push(opened);
    return opened;
  };
  const work = async (handlers: Readonly<Record<string, JobHandler>>) => {
    const tellError = (error: unknown) => (error instanceof Error ? error.name : 'unknown');
    const tries: { kind: string; failed: boolean }[] = [];
    const worker = await startWorker(clone.url, {
      kinds: KINDS,
      handlers,
      tellError,
      onTry: ({ kind, error }) => void tries.push({ kind, failed: error !== undefined }),
      onError: () => undefined,
    });
    workers.push(worker);
    return { worker, tries };
  };
  const put = (...jobs: readonly QueuedJob[]) =>
    database.transaction(async (connection) => {
      await queue.open();
      await queue.insert(jobs, (text, values) => connection.query(text, values));
    });
  const undelivered = async (count: number) => {
    await until(async () => (await queue.undeliverable(100)).length === count);
    return queue.undeliverable(100);
  };

  test('are handled once each, by whichever worker takes them', async () => {
    const handled: string[] = [];
    const handler: JobHandler = async ({ ids }) => void handled.push(...ids);
    await put(...Array.from({ length: 200 }, (_, i) => job('loose', `k${i}`, idOf(i))));
    const both = [await work({ loose: handler }), await work({ loose: handler })];
    await until(async () => handled.length >= 200);
    expect(handled.toSorted()).toEqual(Array.from({ length: 200 }, (_, i) => idOf(i)).toSorted());
    expect(both.flatMap(({ tries }) => tries)).toHaveLength(200);
  });

  test('of one key run in the order they were queued in, those of one commit too', async () => {
    const seen = new Map<string, string[]>();
    const handler: JobHandler = async ({ key, ids }) => {
      seen.set(key, [...(seen.get(key) ?? []), ...ids]);
    };
    const keys = ['a', 'b', 'c'];
    const expected = Array.from({ length: 12 }, (_, i) => idOf(i));
    for (const some of [expected.slice(0, 8), expected.slice(8)]) {
      await put(...some.flatMap((id) => keys.map((key) => job('strict', key, id))));
    }
    await work({ strict: handler });
    await until(async () => [...seen.values()].flat().length >= 36);
    for (const key of keys) expect(seen.get(key)).toEqual(expected);
  });

  test('that fail are tried again, and then wait for a person without what was said', async () => {
    const seen: string[] = [];
    await work({
      loose: async ({ key }) => {
        seen.push(key);
        if (key === 'bad') throw new TypeError(`${SECRET} cannot be read`);
      },
    });
    await put(job('loose', 'bad', idOf(1)), job('loose', 'good', idOf(2)));
    const [failed] = await undelivered(1);
    expect(failed).toMatchObject({
      kind: 'loose',
      key: 'bad',
      ids: [idOf(1)],
      tries: 2,
      error: 'TypeError',
    });
    expect(seen.toSorted()).toEqual(['bad', 'bad', 'good']);
    const rows = await database.query(
      'select j::text as told from pgboss.job j where j::text like $1',
      [`%${SECRET}%`],
    );
    expect(rows).toEqual([]);
  });

  test('hold up what is behind them in their key until a person retries them', async () => {
    const seen: string[] = [];
    let broken = true;
    await work({
      strict: async ({ ids }) => {
        if (broken && ids[0] === idOf(1)) throw new Error('broken');
        seen.push(...ids);
      },
    });
    await put(...[1, 2, 3].map((i) => job('strict', 'k', idOf(i))));
    await put(job('strict', 'other', idOf(4)));
    const [failed] = await undelivered(1);
    await sleep(1_200);
    expect(seen).toEqual([idOf(4)]);
    broken = false;
    const id = failed?.id ?? '';
    expect(await queue.retry([id, idOf(99)])).toEqual([id]);
    await until(async () => seen.length === 4);
    expect(seen).toEqual([4, 1, 2, 3].map(idOf));
    expect(await queue.undeliverable(100)).toEqual([]);
  });

  test('are given up by a person, and those behind them run', async () => {
    const seen: string[] = [];
    await work({
      strict: async ({ ids }) => {
        if (ids[0] === idOf(1)) throw new Error('broken');
        seen.push(...ids);
      },
    });
    await put(...[1, 2].map((i) => job('strict', 'k', idOf(i))));
    const [failed] = await undelivered(1);
    expect(await queue.undeliverable(100, 'loose')).toEqual([]);
    expect(await queue.clear([failed?.id ?? ''])).toEqual([failed?.id]);
    await until(async () => seen.length === 1);
    expect(seen).toEqual([idOf(2)]);
    expect(await queue.undeliverable(100)).toEqual([]);
  });

  test('fail again into the same place when they are retried in vain', async () => {
    await work({ loose: () => Promise.reject(new Error('broken')) });
    await put(job('loose', 'k', idOf(1)));
    const [failed] = await undelivered(1);
    await queue.retry([failed?.id ?? '']);
    await until(async () => (await queue.undeliverable(1))[0]?.tries === 3);
    expect((await queue.undeliverable(9)).map(({ id }) => id)).toEqual([failed?.id]);
  });

  test('that were swept out meanwhile are queued anew', async () => {
    const seen: string[] = [];
    let broken = true;
    await work({
      loose: async ({ ids }) => {
        if (broken) throw new Error('broken');
        seen.push(...ids);
      },
    });
    await put(job('loose', 'k', idOf(1)));
    const [failed] = await undelivered(1);
    await database.query('delete from pgboss.job where id = $1', [failed?.id]);
    broken = false;
    expect(await queue.retry([failed?.id ?? ''])).toEqual([failed?.id]);
    await until(async () => seen.length === 1);
    expect(await queue.undeliverable(9)).toEqual([]);
  });

  test('under way are finished by a worker that ends, others left to the next', async () => {
    const [first, second]: [string[], string[]] = [[], []];
    let started = () => {};
    const under = new Promise<void>((resolve) => {
      started = resolve;
    });
    const { worker } = await work({
      loose: async ({ ids }) => {
        started();
        await sleep(300);
        first.push(...ids);
      },
    });
    await put(job('loose', 'k', idOf(1)));
    await under;
    const ending = worker.close();
    await put(job('loose', 'k', idOf(2)));
    await ending;
    expect(first).toEqual([idOf(1)]);
    await work({ loose: async ({ ids }) => void second.push(...ids) });
    await until(async () => second.length === 1);
    expect(second).toEqual([idOf(2)]);
  });

  test('find their queues made once, whoever comes first', async () => {
    const many = Array.from({ length: 5 }, openQueue);
    await Promise.all(many.map((one) => one.open()));
    const rows = await database.query<{ name: string; policy: string }>(
      'select name, policy from pgboss.queue order by name',
    );
    expect(rows).toEqual([
      { name: 'loose', policy: 'standard' },
      { name: 'loose.undeliverable', policy: 'standard' },
      { name: 'strict', policy: 'key_strict_fifo' },
      { name: 'strict.undeliverable', policy: 'standard' },
    ]);
  });

  test('leave our own schema as the migrations made it', async () => {
    const before = await dumpSchema(clone.url);
    await queue.open();
    expect(await dumpSchema(clone.url)).toBe(before);
    expect(before).not.toContain('pgboss');
  });
});

function job(kind: string, key: string, id: string): QueuedJob {
  return { kind, key, ids: [id] };
}

function idOf(i: number): string {
  return `019b0000-0000-7000-8000-${String(i).padStart(12, '0')}`;
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 30_000;
  while (!(await done())) {
    if (performance.now() > deadlineMs) throw new Error('it did not come to pass in time');
    await sleep(50);
  }
}
