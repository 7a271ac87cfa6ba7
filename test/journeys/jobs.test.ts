/** Heavy: workers in processes of their own, one of which is killed and waited for. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createPool } from '../../src/adapters/postgres/connection/pool.ts';
import { effectsOf } from '../../src/app/decisions/deciding/effects-of.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { handleJobs } from '../../src/main/handle-jobs.ts';
import { createMetrics } from '../../src/main/metrics.ts';
import { createServiceLog } from '../../src/main/service-log.ts';
import { nextbest, ROOT } from '../support/command.ts';
import { urlFor } from '../support/database.ts';
import { ASK_ID, customerIds, decided } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';
import { type RunningCommand, startProgram } from '../support/running-command.ts';

const AT_ONCE = 8;

describe('the jobs that decisions leave', () => {
  let service: DemoService;
  let folder: string;
  let customers: readonly string[];
  const running: RunningCommand[] = [];

  beforeAll(async () => {
    service = await openDemoService();
    folder = await mkdtemp(join(tmpdir(), 'nextbest-jobs-'));
    customers = await customerIds(service, 400);
  }, 240_000);
  afterEach(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.splice(0).map(({ ended }) => ended));
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  const environment = () => ({
    DATABASE_URL: urlFor('WORKER', service.databaseUrl),
    NEXTBEST_DATA: folder,
  });
  const startWorker = async () => {
    const program = join(ROOT, 'src/main/nextbest.ts');
    const worker = startProgram([program, 'work'], { ...environment(), PORT: '0' });
    running.push(worker);
    const said = await worker.says('jobs are handled');
    const url = /watched at (http:\S+)\/metrics/.exec(said)?.[1] ?? '';
    const get = async (path: string) => (await fetch(`${url}${path}`)).text();
    return { ...worker, get };
  };
  /** Decides until so many more decisions are to be judged twice; answers which. */
  const decideUntil = async (count: number): Promise<readonly string[]> => {
    const chosen: string[] = [];
    while (chosen.length < count) {
      const some = customers.slice(0, AT_ONCE);
      customers = [...customers.slice(AT_ONCE), ...some];
      const answers = await Promise.all(
        some.map((id) => service.ask('AGENT', ASK_ID, { id, channel: 'AGENT' })),
      );
      const ids = answers.map((answer) => decided(answer).decisionId);
      chosen.push(...ids.filter((id) => effectsOf({ id }).length > 0));
    }
    return chosen.toSorted();
  };
  const jobsIn = async (state: string, ids: readonly string[]) => {
    const rows = await service.database.query<{ key: string }>(
      `select singleton_key as key from pgboss.job
       where name = 'second-opinion' and state::text = $1 and singleton_key = any($2) order by 1`,
      [state, ids],
    );
    return rows.map(({ key }) => key);
  };
  const untilDone = (ids: readonly string[]) =>
    until(async () => (await jobsIn('completed', ids)).length === ids.length);

  /** Makes the evidence unreadable, and the next failure of its job the last. */
  const spoil = async (ids: readonly string[]) => {
    await service.database.query('update decision set codec = codec + 90 where id = any($1)', [
      ids,
    ]);
    await service.database.query(
      'update pgboss.job set retry_limit = retry_count where singleton_key = any($1)',
      [ids],
    );
  };
  const mend = (ids: readonly string[]) =>
    service.database.query('update decision set codec = codec - 90 where id = any($1)', [ids]);

  test('of a service are handled by a worker in another process, till it is ended', async () => {
    const chosen = await decideUntil(3);
    expect(await jobsIn('created', chosen)).toEqual(chosen);
    const worker = await startWorker();
    await untilDone(chosen);
    const later = await decideUntil(1);
    await untilDone(later);
    const metrics = await worker.get('/metrics');
    const judged = chosen.length + later.length;
    expect(metrics).toContain(`nextbest_second_opinions_total{outcome="AGREED"} ${judged}\n`);
    expect(metrics).toMatch(
      /nextbest_job_seconds_count\{kind="second-opinion",outcome="DONE"\} /,
    );
    expect(await worker.get('/health/ready')).toBe('{"status":"READY"}');
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
  }, 120_000);

  test('of a worker that is killed in the midst come back and are done', async () => {
    const holder = createPool(service.databaseUrl, { max: 1, applicationName: 'holder' });
    const chosen = await decideUntil(1);
    // Whoever reads the evidence hangs as long as its table is locked.
    await holder.transaction(async (connection) => {
      await connection.query('lock table decision in access exclusive mode');
      const { child } = await startWorker();
      await until(async () => {
        if ((await jobsIn('active', chosen)).length === 0) return false;
        child.kill('SIGSTOP');
        const isHeld = (await jobsIn('active', chosen)).length > 0;
        child.kill(isHeld ? 'SIGKILL' : 'SIGCONT');
        return isHeld;
      });
    });
    await holder.close();
    expect(await jobsIn('active', chosen)).toEqual(chosen);
    await startWorker();
    await untilDone(chosen);
  }, 180_000);

  test('that fail for good are listed, retried and cleared by hand', async () => {
    const chosen = await decideUntil(2);
    const some = chosen.slice(0, 2);
    await spoil(some);
    const worker = await startWorker();
    await until(async () => (await jobsIn('failed', some)).length === 2);
    const command = (...args: readonly string[]) => nextbest(args, environment());
    const listed = await command('--json', 'jobs', 'list');
    expect(listed.stderr).toBe('');
    const { jobs } = JSON.parse(listed.stdout) as { jobs: { id: string; ids: string[] }[] };
    expect(jobs.flatMap(({ ids }) => ids).toSorted()).toEqual(some);
    const watched = 'nextbest_jobs_undeliverable{kind="second-opinion"} 2\n';
    await until(async () => (await worker.get('/metrics')).includes(watched));
    expect((await command('jobs', 'list')).stdout).toMatch(
      /failed \S+Z after 1 try, Error at secondOpinion \(src\/app\/.+:\d+\)\n/,
    );
    await mend(some);
    const [first, second] = jobs;
    const retried = await command('jobs', 'retry', first?.id ?? '');
    expect([retried.code, retried.stdout]).toEqual([0, '1 job queued again\n']);
    await untilDone(first?.ids ?? []);
    const cleared = await command('jobs', 'clear', '--all');
    expect([cleared.code, cleared.stdout]).toEqual([0, '1 job given up\n']);
    expect(await jobsIn('failed', second?.ids ?? [])).toEqual([]);
    expect((await command('jobs', 'list')).stdout).toBe('no job has failed for good\n');
    const unknown = await command('jobs', 'retry', second?.id ?? '');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('list them')]);
    const nothing = await command('jobs', 'clear');
    expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('`--all`')]);
  }, 120_000);

  test('find a disagreement, which is kept, counted and told by codes alone', async () => {
    const lines: string[] = [];
    const metrics = createMetrics();
    const logger = createServiceLog('info', { write: (line) => void lines.push(line) });
    const chosen = await decideUntil(1);
    await handleJobs(service.world, { metrics, logger, referenceVerdict: contrary });
    await untilDone(chosen);
    const rows = await service.database.query<{ rule: string; age: number }>(
      `select rule, extract(epoch from now() - found_at)::float8 as age from rule_disagreement
       where decision_id = any($1)`,
      [chosen],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ age }) => age < 60)).toBe(true);
    const text = await metrics.text();
    expect(text).toContain(`nextbest_rule_disagreements_total ${rows.length}\n`);
    expect(text).toContain('nextbest_second_opinions_total{outcome="DISAGREED"} 1\n');
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.map(({ rule }) => rule).toSorted()).toEqual(
      rows.map(({ rule }) => rule).toSorted(),
    );
    const known = ['level', 'time', 'pid', 'hostname', 'decisionId', 'rule', 'msg'];
    for (const one of told)
      expect(Object.keys(one).filter((key) => !known.includes(key))).toEqual([]);
  }, 120_000);
});

/** An evaluator that never agrees where a verdict is clear. */
async function contrary(): Promise<Verdict> {
  return 'UNKNOWN';
}

async function until(done: () => Promise<boolean>, limitMs = 60_000): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  while (!(await done())) {
    if (performance.now() > deadlineMs) throw new Error('it did not come to pass in time');
    await sleep(20);
  }
}
