import type { EffectOutcome } from '../../../app/ports/commit.ts';
import type { Effect, JobQueued, RequestAnswered } from '../../../domain/effect.ts';
import type { Uuid } from '../../../domain/id.ts';
import type { Job } from '../../../domain/job.ts';
import type { Connection } from '../connection/pool.ts';
import { insertRequests } from './decision-append.ts';

/** A statement of somebody else's transaction. */
export type RunSql = (text: string, values: readonly unknown[]) => Promise<readonly unknown[]>;

/** Where jobs go: a queue in this database, which writes by the statements of a commit. */
export interface JobSink {
  /** Resolves once jobs can be inserted: at once, after the first time. */
  open(): Promise<void>;
  /** Throws where one of them was not inserted. */
  insert(jobs: readonly Job[], run: RunSql): Promise<void>;
}

/** For stores that no queue goes with, as those of tests and of benchmarks. */
export const NO_JOBS: JobSink = {
  open: () => Promise.reject(new Error('a job is to be queued, and no queue is open')),
  insert: () => Promise.reject(new Error('a job is to be queued, and no queue is open')),
};

/** Effects by what applies them. */
export interface EffectsByKind {
  readonly requests: readonly RequestAnswered[];
  readonly jobs: readonly JobQueued[];
}

/** Sorts effects by what applies them, each kind in its order. */
export function effectsByKind(effects: readonly Effect[]): EffectsByKind {
  return {
    requests: effects.filter((one) => one.effect === 'REQUEST_ANSWERED'),
    jobs: effects.filter((one) => one.effect === 'JOB_QUEUED'),
  };
}

/** The outcome of an effect whose decision was not recorded. */
export const DROPPED = { outcome: 'DROPPED' } as const;

/** Applies what stands by itself or follows a recorded decision, and answers for all, in order. */
export async function applyEffects(
  connection: Connection,
  effects: readonly Effect[],
  by: { readonly recorded: ReadonlySet<Uuid>; readonly jobs: JobSink },
): Promise<readonly EffectOutcome[]> {
  const stands = ({ follows }: Effect) => follows === null || by.recorded.has(follows);
  const { requests, jobs } = effectsByKind(effects.filter(stands));
  const answers = requests.length === 0 ? [] : await insertRequests(connection, requests);
  if (jobs.length > 0)
    await by.jobs.insert(jobs, (text, values) => connection.query(text, values));
  const answered = new Map<object, EffectOutcome>(
    requests.map((request, i) => [request, answers[i] ?? DROPPED]),
  );
  return effects.map((one) => {
    if (!stands(one)) return DROPPED;
    return one.effect === 'JOB_QUEUED' ? RECORDED : (answered.get(one) ?? DROPPED);
  });
}

const RECORDED = { outcome: 'RECORDED' } as const;
