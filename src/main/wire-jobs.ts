import { createJobQueue, type OpenJobQueue } from '../adapters/jobs/job-queue.ts';
import { type RunningWorker, startWorker, type WorkerDeps } from '../adapters/jobs/job-worker.ts';
import { systemRandomness } from '../adapters/system/system-clock.ts';
import type { Clock } from '../app/ports/clock.ts';
import { JOB_KINDS } from '../domain/job.ts';

/** The jobs of a database: their queue, and the worker of this process where it has one. */
export interface WiredJobs {
  readonly queue: OpenJobQueue;
  /** Handles jobs from now on. */
  readonly work: (deps: Omit<WorkerDeps, 'kinds' | 'migrate'>) => Promise<void>;
  /** Ends the worker, which finishes what it handles, and then the queue. */
  readonly close: () => Promise<void>;
}

/** Opens nothing until it is used. */
export function wireJobs(url: string, clock: Clock): WiredJobs {
  const queue = createJobQueue(url, {
    kinds: JOB_KINDS,
    migrate: false,
    clock,
    randomness: systemRandomness,
    // Whoever queues a job learns by that call what is wrong.
    onError: () => undefined,
  });
  let worker: Promise<RunningWorker> | undefined;
  return {
    queue,
    work: async (deps) => {
      worker = startWorker(url, { ...deps, kinds: JOB_KINDS, migrate: false });
      await worker;
    },
    close: async () => {
      const running = await worker?.catch(() => undefined);
      await running?.close();
      await queue.close();
    },
  };
}
