import type { Uuid } from '../../domain/id.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JobSubject } from '../../domain/job.ts';

/** Does what a job asks for. It may be called twice for one job, and throws where it failed. */
export type JobHandler = (subject: JobSubject) => Promise<void>;

/** A job that failed for good waits for a person; of an ordered kind, all behind it wait too. */
export interface UndeliverableJob extends JobSubject {
  readonly id: Uuid;
  readonly kind: string;
  readonly queuedAt: Instant;
  readonly failedAt: Instant;
  readonly tries: number;
  /** The kind of the last error and its place in the program; never its message. */
  readonly error: string;
}

/** The jobs that nobody can handle, and what a person may do about them. */
export interface JobQueue {
  /** Oldest first, at most so many; of one kind where it is named. */
  undeliverable(limit: number, kind?: string): Promise<readonly UndeliverableJob[]>;
  /** How many there are of each kind, as of the last few seconds, for whoever watches. */
  undeliverableCounts(): Promise<ReadonlyMap<string, number>>;
  /** Queues them again, each where it stood in the order of its key; answers those it found. */
  retry(ids: readonly Uuid[]): Promise<readonly Uuid[]>;
  /** Gives them up, so that what waited behind them runs; answers those it found. */
  clear(ids: readonly Uuid[]): Promise<readonly Uuid[]>;
}
