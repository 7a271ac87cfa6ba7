import type { Uuid } from './id.ts';

/** What a job does; each kind has one handler, which is a use case. */
export type JobKind = 'second-opinion';

/** What a job is about: ids alone, from which its handler reads the rest. */
export interface JobSubject {
  /** Jobs of one kind and key run one after another, where the kind asks for order. */
  readonly key: string;
  readonly ids: readonly Uuid[];
}

/** Work that must follow a commit. INVARIANT: it holds nothing personal, for queues are read. */
export interface Job extends JobSubject {
  readonly kind: JobKind;
}

/** How jobs of a kind are handled. */
export interface JobKindSettings {
  /** True: a key's jobs run in the order they were queued, and none overtakes a failed one. */
  readonly ordered: boolean;
  /** Tries after the first; a job that fails them all waits for a person. */
  readonly retries: number;
  /** Before the first retry; each further one waits twice as long, with some jitter. */
  readonly retryAfterSeconds: number;
  readonly longestRetryAfterSeconds: number;
  /** What a handler may take; jobs that were taken together fail once they took it for each. */
  readonly timeLimitSeconds: number;
  /** Jobs that a worker takes from the queue in one statement, and handles in turn. */
  readonly together: number;
  /** Workers of one process that do so side by side. */
  readonly sideBySide: number;
}

/** Every kind of job. */
export const JOB_KINDS: Readonly<Record<JobKind, JobKindSettings>> = {
  'second-opinion': {
    ordered: false,
    retries: 5,
    retryAfterSeconds: 5,
    longestRetryAfterSeconds: 300,
    timeLimitSeconds: 60,
    together: 10,
    sideBySide: 1,
  },
};
