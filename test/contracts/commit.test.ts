import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createJobQueue, type OpenJobQueue } from '../../src/adapters/jobs/job-queue.ts';
import type { Database } from '../../src/adapters/postgres/connection/pool.ts';
import type { JobSink } from '../../src/adapters/postgres/decisions/apply-effects.ts';
import { createCommitWriter } from '../../src/adapters/postgres/decisions/commit-writer.ts';
import { createDecisionLog } from '../../src/adapters/postgres/decisions/decision-log.ts';
import { systemClock, systemRandomness } from '../../src/adapters/system/system-clock.ts';
import { Outage } from '../../src/app/ports/outage.ts';
import { Overload } from '../../src/app/ports/overload.ts';
import { JOB_KINDS } from '../../src/domain/job.ts';
import { customerUuid } from '../support/customer-uuid.ts';
import { fakeLog } from '../support/fakes/fake-log.ts';
import { commitContract, jobOf } from './commit.contract.ts';
import { giveCustomers, openRig, type Rig } from './postgres-rig.ts';
import { sampleDecision } from './sample-decision.ts';
import { giveReleases } from './sample-release.ts';

commitContract('in PostgreSQL, jobs by pg-boss', async () => {
  const rig = await openRig();
  await giveCustomers(rig.database, ['C1']);
  const [release] = await giveReleases(rig.registry);
  const jobs = openJobs(rig);
  return {
    log: createDecisionLog({ reader: rig.database }),
    commit: createCommitWriter(rig.pool(1), { jobs }),
    queued: () => queuedKeys(rig.database),
    release,
    close: async () => {
      await jobs.close();
      await rig.close();
    },
  };
});

commitContract('in memory', async () => {
  const release = `sha256:${'1'.repeat(64)}`;
  const numberOf = (customer: string) => (customer === customerUuid('C1') ? 'C1' : undefined);
  const { log, commit, jobs } = fakeLog({ numberOf, hasRelease: (name) => name === release });
  const queued = async () => jobs.map(({ key }) => key);
  return { log, commit, queued, release, close: async () => {} };
});

describe('a commit of decisions and jobs in one database', () => {
  let rig: Rig;
  let release: string;
  let jobs: OpenJobQueue;
  beforeAll(async () => {
    rig = await openRig();
    await giveCustomers(rig.database, ['C1']);
    [release] = await giveReleases(rig.registry);
    jobs = openJobs(rig);
    await jobs.open();
  });
  afterAll(async () => {
    await jobs.close();
    await rig.close();
  });
  const sample = (more = {}) => sampleDecision({ releaseDigest: release, ...more });
  const openCommit = (sink: JobSink = jobs, options = {}) =>
    createCommitWriter(rig.pool(1), { jobs: sink, ...options });
  const stored = async (...ids: readonly string[]) => {
    const found = await createDecisionLog({ reader: rig.database }).findMany(ids);
    return ids.filter((id) => found.has(id));
  };

  test('is one statement without jobs, and one transaction of two with them', async () => {
    const commit = openCommit();
    const records = Array.from({ length: 41 }, () => sample());
    const [first, second, ...others] = records;
    if (first === undefined || second === undefined) throw new Error('no records');
    await commit({ decisions: [first], effects: [] });
    rig.statements();
    await Promise.all(others.map((one) => commit({ decisions: [one], effects: [] })));
    expect(rig.statements().map(startOf)).toEqual(['with asked as (']);
    const more = Array.from({ length: 20 }, () => sample());
    await Promise.all(
      [second, ...more].map((one) => commit({ decisions: [one], effects: [jobOf(one)] })),
    );
    expect(rig.statements().map(startOf)).toEqual([
      'begin',
      'with asked as (',
      'INSERT INTO pgboss.job_common (',
      'commit',
    ]);
  });

  test('leaves neither decision nor job where the job is refused, and it alone', async () => {
    const broken: JobSink = {
      open: () => jobs.open(),
      insert: async (some, run) => {
        await jobs.insert(some, run);
        if (some.some(({ key }) => key === 'broken')) throw new Error('the queue is broken');
      },
    };
    const commit = openCommit(broken);
    const [bad, good, plain] = [sample(), sample(), sample()];
    const answers = await Promise.allSettled([
      commit({ decisions: [bad], effects: [jobOf(bad, 'broken')] }),
      commit({ decisions: [good], effects: [jobOf(good)] }),
      commit({ decisions: [plain], effects: [] }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await stored(bad.id, good.id, plain.id)).toEqual([good.id, plain.id]);
    const keys = await queuedKeys(rig.database);
    expect([keys.includes('broken'), keys.filter((key) => key === good.id)]).toEqual([
      false,
      [good.id],
    ]);
  });

  test('leaves no job where a decision is refused', async () => {
    const commit = openCommit();
    const [good, stray] = [sample(), sample({ releaseDigest: `sha256:${'0'.repeat(64)}` })];
    const thief = { ...sample(), id: good.id };
    await commit({ decisions: [good], effects: [] });
    for (const one of [stray, thief]) {
      const effects = [jobOf(one, `job-of-${one === stray ? 'stray' : 'thief'}`)];
      await expect(commit({ decisions: [one], effects })).rejects.toThrow();
    }
    const keys = await queuedKeys(rig.database);
    expect(keys.filter((key) => key.startsWith('job-of-'))).toEqual([]);
  });

  test('is there whole or not at all when its connection dies in the midst', async () => {
    let dies = true;
    const deadly: JobSink = {
      open: () => jobs.open(),
      insert: async (some, run) => {
        await jobs.insert(some, run);
        if (dies) await run('select pg_terminate_backend(pg_backend_pid())', []);
      },
    };
    const commit = openCommit(deadly);
    const record = sample({ requestId: 'dies' });
    const commitment = { decisions: [record], effects: [jobOf(record)] };
    await expect(commit(commitment)).rejects.toBeInstanceOf(Outage);
    expect(await stored(record.id)).toEqual([]);
    expect(await queuedKeys(rig.database)).not.toContain(record.id);
    dies = false;
    expect(await commit(commitment)).toMatchObject({ effects: [{ outcome: 'RECORDED' }] });
    expect((await queuedKeys(rig.database)).filter((key) => key === record.id)).toHaveLength(1);
  });

  test('queues once when two processes answer the same requests', async () => {
    const commits = [openCommit(), openCommit()];
    const records = Array.from({ length: 100 }, (_, i) =>
      sample({ requestId: `both-${i < 50 ? i : 99 - i}` }),
    );
    const done = await Promise.all(
      records.map((one, i) =>
        commits[i < 50 ? 0 : 1]?.({ decisions: [one], effects: [jobOf(one)] }),
      ),
    );
    const won = records.filter((_, i) => done[i]?.decisions[0]?.outcome === 'RECORDED');
    expect(won).toHaveLength(50);
    const ids = new Set(records.map(({ id }) => id));
    const keys = (await queuedKeys(rig.database)).filter((key) => ids.has(key));
    expect(keys.toSorted()).toEqual(won.map(({ id }) => id).toSorted());
  });

  test('makes the month that a decision lacks, and queues its job once', async () => {
    const record = sample({ at: '2033-05-31T23:59:59.999Z' });
    const done = await openCommit()({ decisions: [record], effects: [jobOf(record)] });
    expect(done.decisions).toEqual([{ outcome: 'RECORDED' }]);
    expect((await queuedKeys(rig.database)).filter((key) => key === record.id)).toHaveLength(1);
  });

  test('counts every decision of a commitment when too much waits', async () => {
    const commit = openCommit(jobs, { mostWaiting: 10 });
    const many = () => Array.from({ length: 6 }, () => sample());
    const commitments = [many(), many(), many()].map((decisions) => ({ decisions, effects: [] }));
    const answers = await Promise.allSettled(commitments.map(commit));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(answers[2]).toMatchObject({ reason: expect.any(Overload) });
  });

  test('refuses a job where no queue is open', async () => {
    const record = sample();
    const commit = createCommitWriter(rig.pool(1));
    const commitment = { decisions: [record], effects: [jobOf(record)] };
    await expect(commit(commitment)).rejects.toThrow('no queue is open');
    expect(await stored(record.id)).toEqual([]);
  });
});

function openJobs(rig: Rig): OpenJobQueue {
  return createJobQueue(rig.url, {
    kinds: JOB_KINDS,
    clock: systemClock,
    randomness: systemRandomness,
    onError: () => undefined,
  });
}

async function queuedKeys(database: Database): Promise<readonly string[]> {
  const [there] = await database.query<{ there: boolean }>(
    `select to_regclass('pgboss.job') is not null as there`,
  );
  if (there?.there !== true) return [];
  const rows = await database.query<{ key: string }>(
    `select singleton_key as key from pgboss.job where name = 'second-opinion' order by 1`,
  );
  return rows.map(({ key }) => key);
}

function startOf(statement: string): string {
  return statement.trim().split('\n')[0] ?? '';
}
