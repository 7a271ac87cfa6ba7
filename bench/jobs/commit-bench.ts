/**
 * What a job costs the decision that it follows from, and how fast a worker takes jobs:
 * `NEXTBEST_DATA=<folder> node scripts/launch.mjs bench/jobs/commit-bench.ts [rounds] [checkout]`.
 * Commits the decisions of a demo bank again under new ids, so name a folder to be thrown away.
 * With a checkout of 52fa66d, its writer takes part in the same rounds.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { argv, cpuUsage, env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createJobQueue, type OpenJobQueue } from '../../src/adapters/jobs/job-queue.ts';
import { startWorker } from '../../src/adapters/jobs/job-worker.ts';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import { createCommitWriter } from '../../src/adapters/postgres/decisions/commit-writer.ts';
import { createDecisionLog } from '../../src/adapters/postgres/decisions/decision-log.ts';
import { openDatabase } from '../../src/adapters/postgres/embedded/open-database.ts';
import { systemClock, systemRandomness } from '../../src/adapters/system/system-clock.ts';
import { effectsOf } from '../../src/app/decisions/deciding/effects-of.ts';
import type { DecisionRecord } from '../../src/app/ports/decision-log.ts';
import { uuidv7 } from '../../src/domain/id.ts';
import { JOB_KINDS, type JobKindSettings } from '../../src/domain/job.ts';

const [roundsText = '40', checkout] = argv.slice(2);
/** Many and short: on a shared machine neighbours in time are alike, minutes are not. */
const ROUNDS = Number(roundsText);
const ROUND_MS = 400;
const CLIENTS = 16;
const JOBS = 5_000;

type Append = (record: DecisionRecord) => Promise<unknown>;

const server = await openDatabase({
  databaseUrl: env.DATABASE_URL,
  dataFolder: env.NEXTBEST_DATA,
});
const pools: Database[] = [];
const pool = () => {
  const opened = createPool(server.administratorUrl, { max: 1, applicationName: 'commit bench' });
  pools.push(opened);
  return opened;
};
const queue = openQueue(JOB_KINDS);
try {
  await measureCommits();
  const one = JOB_KINDS['second-opinion'];
  await measureWorker('10 together', { ...one, together: 10 });
  await measureWorker('100 together', { ...one, together: 100 });
  await measureWorker('100 together, ordered, 500 keys', {
    ...one,
    together: 100,
    ordered: true,
  });
} finally {
  await queue.close();
  await Promise.all(pools.map((one) => one.close()));
  await server.close();
}

async function measureCommits(): Promise<void> {
  const nextRecord = await recordsAnew();
  const commit = createCommitWriter(pool(), { jobs: queue });
  const jobOf = (id: string) =>
    ({ effect: 'JOB_QUEUED', follows: id, kind: 'second-opinion', key: id, ids: [id] }) as const;
  const ways: Record<string, Append> = {
    ...(checkout !== undefined && { [`append of ${checkout}`]: await appendOf(checkout) }),
    'no effects': (one) => commit({ decisions: [one], effects: [] }),
    'one job in a hundred': (one) => commit({ decisions: [one], effects: effectsOf(one) }),
    'a job each': (one) => commit({ decisions: [one], effects: [jobOf(one.id)] }),
  };
  const rates = new Map<string, number[]>();
  const cpu = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round += 1) {
    const order = Object.entries(ways);
    for (const [name, append] of round % 2 === 0 ? order : order.toReversed()) {
      const { perSecond, cpuUs } = await runFor(append, nextRecord);
      // The first round warms up.
      if (round === 0) continue;
      rates.set(name, [...(rates.get(name) ?? []), perSecond]);
      cpu.set(name, [...(cpu.get(name) ?? []), cpuUs]);
    }
  }
  const [base = ''] = Object.keys(ways);
  for (const [name, own] of rates) {
    const first = rates.get(base);
    const ratios = own.map((rate, i) => rate / (first?.[i] ?? rate));
    console.log(
      `${name}: ${Math.round(median(own))} decisions/s, ratio ${median(ratios).toFixed(2)} ` +
        `(middle half ${quantile(ratios, 0.25)} to ${quantile(ratios, 0.75)}), ` +
        `${Math.round(median(cpu.get(name) ?? []))} us of CPU a decision here`,
    );
  }
  await pool().query(`delete from pgboss.job where name = 'second-opinion'`);
}

/** Stored decisions in turn, each time under a new id and request. */
async function recordsAnew(): Promise<() => DecisionRecord> {
  const reader = pool();
  const rows = await reader.query<{ id: string }>(
    'select id from decision order by id limit 500',
  );
  const found = await createDecisionLog({ reader }).findMany(rows.map(({ id }) => id));
  const stored = [...found.values()].flatMap((one) => (one.capsule === null ? [] : [one]));
  let at = 0;
  return () => {
    const one = stored[at % stored.length];
    if (one === undefined) throw new Error('no decision is stored: ask for some first');
    at += 1;
    const id = uuidv7(Date.now(), randomBytes(10));
    const { capsule, capsuleAddress, caller } = one;
    const live = { ...capsule.live, decisionId: id };
    const record = { capsule: { ...capsule, live }, capsuleAddress, caller };
    return { ...record, id, argumentsDigest: capsuleAddress, requestId: `bench-${id}` };
  };
}

async function appendOf(folder: string): Promise<Append> {
  const load = (path: string): Promise<Record<string, (...args: unknown[]) => unknown>> =>
    import(pathToFileURL(join(folder, 'src/adapters/postgres', path)).href);
  const pools = await load('connection/pool.ts');
  const writers = await load('decisions/decision-writer.ts');
  const options = { max: 1, applicationName: 'commit bench' };
  const database = pools['createPool']?.(server.administratorUrl, options) as Database;
  const writer = writers['createDecisionWriter']?.(database) as Append;
  process.once('beforeExit', () => void database.close());
  return writer;
}

async function runFor(append: Append, nextRecord: () => DecisionRecord) {
  const startedMs = performance.now();
  const before = cpuUsage();
  let count = 0;
  const client = async () => {
    while (performance.now() - startedMs < ROUND_MS) {
      await append(nextRecord());
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const { user, system } = cpuUsage(before);
  const perSecond = (count * 1_000) / (performance.now() - startedMs);
  return { perSecond, cpuUs: (user + system) / count };
}

/** From a full queue to an empty one, by a handler that does nothing. */
async function measureWorker(name: string, settings: JobKindSettings): Promise<void> {
  const kind = `bench-${settings.together}${settings.ordered ? '-ordered' : ''}`;
  const kinds = { [kind]: settings };
  const benched = openQueue(kinds);
  await benched.open();
  const database = pool();
  await database.transaction((connection) =>
    benched.insert(
      Array.from({ length: JOBS }, (_, i) => ({ kind, key: `k${i % 500}`, ids: [] })),
      (text, values) => connection.query(text, values),
    ),
  );
  let [done, firstMs, lastMs] = [0, 0, 0];
  const worker = await startWorker(server.administratorUrl, {
    kinds,
    handlers: { [kind]: async () => {} },
    tellError: () => 'none',
    onTry: () => {
      lastMs = performance.now();
      if (done === 0) firstMs = lastMs;
      done += 1;
    },
    onError: (trouble) => console.error(trouble),
  });
  while (done < JOBS) await sleep(50);
  await worker.close();
  await benched.close();
  const perSecond = Math.round((done * 1_000) / (lastMs - firstMs));
  console.log(`${name}: ${perSecond} jobs/s by one worker that does nothing`);
  await database.query('delete from pgboss.job where name = $1', [kind]);
}

function openQueue(kinds: Readonly<Record<string, JobKindSettings>>): OpenJobQueue {
  const deps = { clock: systemClock, randomness: systemRandomness, onError: () => undefined };
  return createJobQueue(server.administratorUrl, { kinds, ...deps });
}

function quantile(numbers: readonly number[], at: number): string {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[Math.floor(numbers.length * at)] ?? Number.NaN).toFixed(2);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
