import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Job, JobResult, PgBoss } from 'pg-boss';
import type { JobHandler } from '../../app/ports/job-queue.ts';
import type { JobKindSettings, JobSubject } from '../../domain/job.ts';
import { startBoss, type Trouble } from './boss.ts';
import { ensureQueues, type JobKinds } from './queues.ts';

/** A worker that handles jobs; close it to end cleanly. */
export interface RunningWorker {
  /** Takes no more jobs and waits for those under way; what does not end is given back. */
  close(): Promise<void>;
}

/** What a worker handles jobs with. */
export interface WorkerDeps {
  readonly kinds: JobKinds;
  /** One a kind; a kind without one is left to other workers. */
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** What of an error may be stored and shown: never its message, which may be personal. */
  readonly tellError: (error: unknown) => string;
  /** Told of each try, and how long it took. */
  readonly onTry: (one: {
    readonly kind: string;
    readonly error: unknown;
    readonly ms: number;
  }) => void;
  /** Told of what goes wrong beside handlers, such as a database that does not answer. */
  readonly onError: (trouble: Trouble) => void;
  /** False: the queues' schema is another's to make and to migrate. */
  readonly migrate?: boolean;
}

/** How long a worker that is asked to end waits for what it handles. */
const GRACE_MS = 20_000;

/** Handles jobs of every kind that it has a handler for, beside any number of other workers. */
export async function startWorker(url: string, deps: WorkerDeps): Promise<RunningWorker> {
  const { kinds, handlers, onError, migrate = true } = deps;
  const boss = await startBoss(url, { max: 4, supervise: true, migrate, onError });
  try {
    await ensureQueues(boss, kinds);
    for (const [kind, handler] of Object.entries(handlers)) {
      const settings = kinds[kind];
      if (settings === undefined) throw new Error(`there are no jobs of kind \`${kind}\``);
      await boss.work<JobSubject>(kind, fetchOptions(settings), (jobs) =>
        handleAll(jobs, { kind, handler, ...deps }),
      );
    }
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
  return { close: () => stop(boss) };
}

/**
 * A worker that found as many jobs as it takes looks again at once, else after half a second. No
 * notification: `notify` makes commits wait for each other, on a lock that the server holds.
 */
function fetchOptions(settings: JobKindSettings) {
  return {
    batchSize: settings.together,
    localConcurrency: settings.sideBySide,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: 0.5,
    notifyPollingIntervalSeconds: 0.5,
    perJobResults: true,
  } as const;
}

interface Handling extends Pick<WorkerDeps, 'tellError' | 'onTry'> {
  readonly kind: string;
  readonly handler: JobHandler;
}

/** One after another, each settled by itself: a job that fails repeats none of its neighbours. */
async function handleAll(jobs: readonly Job<JobSubject>[], by: Handling): Promise<JobResult[]> {
  const results: JobResult[] = [];
  for (const job of jobs) {
    // Whoever else this process serves comes first.
    await nextTurn();
    results.push(await handleOne(job, by));
  }
  return results;
}

async function handleOne(job: Job<JobSubject>, by: Handling): Promise<JobResult> {
  const { kind, handler, onTry, tellError } = by;
  const before = performance.now();
  try {
    await handler(job.data);
    onTry({ kind, error: undefined, ms: performance.now() - before });
    return { id: job.id, status: 'completed' };
  } catch (error) {
    onTry({ kind, error, ms: performance.now() - before });
    // INVARIANT: nothing is thrown here, for the library stores what is, message and all.
    return { id: job.id, status: 'failed', output: { error: tellError(error) } };
  }
}

async function stop(boss: PgBoss): Promise<void> {
  await boss.stop({ graceful: true, timeout: GRACE_MS });
}
