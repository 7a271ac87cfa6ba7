import type { PgBoss } from 'pg-boss';
import type { Clock, Randomness } from '../../app/ports/clock.ts';
import type { JobQueue } from '../../app/ports/job-queue.ts';
import { type Uuid, uuidv7 } from '../../domain/id.ts';
import type { JobSubject } from '../../domain/job.ts';
import { startBoss, type Trouble } from './boss.ts';
import { ensureQueues, type JobKinds } from './queues.ts';
import { clearJobs, countUndeliverable, listUndeliverable, retryJobs } from './undeliverable.ts';

/** A job of a kind that the queue was opened with. */
export interface QueuedJob extends JobSubject {
  readonly kind: string;
}

/** A statement of the transaction in which jobs are inserted. */
export type RunSql = (text: string, values: readonly unknown[]) => Promise<readonly unknown[]>;

/** The queues of a database, as who queues jobs and who looks after them reaches them. */
export interface OpenJobQueue extends JobQueue {
  /** Resolves once jobs can be inserted: at once, after the first time. */
  open(): Promise<void>;
  /** Queues jobs by somebody else's transaction; throws where one was not inserted. */
  insert(jobs: readonly QueuedJob[], run: RunSql): Promise<void>;
  close(): Promise<void>;
}

/** What a queue is opened with. */
export interface JobQueueDeps {
  readonly kinds: JobKinds;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly onError: (trouble: Trouble) => void;
  /** False: the queues' schema is another's to make and to migrate. */
  readonly migrate?: boolean;
}

/** Connects at the first use, or when it is told to open. */
export function createJobQueue(url: string, deps: JobQueueDeps): OpenJobQueue {
  let opening: Promise<PgBoss> | undefined;
  const open = () => {
    opening ??= openBoss(url, deps).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return {
    open: async () => void (await open()),
    insert: async (jobs, run) => insertJobs(await open(), jobs, { ...deps, run }),
    undeliverable: async (limit, kind) =>
      listUndeliverable(await open(), { limit, kinds: kindsNamed(deps.kinds, kind) }),
    undeliverableCounts: async () => countUndeliverable(await open(), Object.keys(deps.kinds)),
    retry: async (ids) => retryJobs(await open(), Object.keys(deps.kinds), ids),
    clear: async (ids) => clearJobs(await open(), Object.keys(deps.kinds), ids),
    close: async () => {
      const boss = await opening?.catch(() => undefined);
      await boss?.stop({ graceful: false });
    },
  };
}

async function openBoss(
  url: string,
  { kinds, onError, migrate = true }: JobQueueDeps,
): Promise<PgBoss> {
  const boss = await startBoss(url, { max: 2, supervise: false, migrate, onError });
  try {
    await ensureQueues(boss, kinds);
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
}

function kindsNamed(kinds: JobKinds, kind: string | undefined): readonly string[] {
  return Object.keys(kinds).filter((name) => kind === undefined || name === kind);
}

/** By the library's own statement, one a kind. */
async function insertJobs(
  boss: PgBoss,
  jobs: readonly QueuedJob[],
  by: { readonly clock: Clock; readonly randomness: Randomness; readonly run: RunSql },
): Promise<void> {
  const nextId = ascendingIds(by.clock, by.randomness);
  const kinds = new Set(jobs.map(({ kind }) => kind));
  const executeSql = async (text: string, values: unknown[] = []) => ({
    rows: [...(await by.run(text, values))],
  });
  for (const kind of kinds) {
    const some = jobs.filter((job) => job.kind === kind);
    const rows = some.map(({ key, ids }) => ({
      id: nextId(),
      singletonKey: key,
      data: { key, ids },
    }));
    const inserted = await boss.insert(kind, rows, { db: { executeSql }, returnId: true });
    // The statement says nothing of a job that it leaves out.
    if (inserted?.length !== some.length)
      throw new Error(`a job of kind \`${kind}\` was left out`);
  }
}

/**
 * Jobs of one transaction have one time, and those of one key then run by their ids: random ones,
 * as the library would make them, would shuffle what was queued together.
 */
function ascendingIds(clock: Clock, randomness: Randomness): () => Uuid {
  const timeMs = Date.parse(clock.now());
  const start = randomness.bytes(2);
  let count = 0;
  return () => {
    const bytes = new Uint8Array(10);
    bytes.set(start, 0);
    bytes.set(randomness.bytes(4), 6);
    new DataView(bytes.buffer).setUint32(2, count);
    count += 1;
    return uuidv7(timeMs, bytes);
  };
}
