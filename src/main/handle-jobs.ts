import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Trouble } from '../adapters/jobs/boss.ts';
import type { Evidence } from '../app/decisions/evidence/evidence.ts';
import type { JobHandler } from '../app/ports/job-queue.ts';
import type { RuleEvaluators } from '../app/ports/rule-reading.ts';
import type { JobKind, JobSubject } from '../domain/job.ts';
import type { Metrics } from './metrics.ts';
import type { OpenedWorld } from './open-world.ts';
import { EVALUATORS } from './rule-sets.ts';
import { atMostEvery, nameOf } from './service-log.ts';
import type { WiredJobs } from './wire-jobs.ts';

/** Where the worker of a process tells of its jobs. */
export interface JobsTold {
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** The second evaluator; the library's unless a test plants another. */
  readonly referenceVerdict?: RuleEvaluators['referenceVerdict'];
}

/** An outage is told by each of a worker's looks, twice a second: once is enough. */
const TOLD_EVERY_MS = 10_000;

/** The jobs of a database, and the feature that they are handled by. */
export interface Handled {
  readonly work: WiredJobs['work'];
  readonly evidence: Evidence;
}

/** Handles the jobs of a database in this process, until its world is closed. */
export async function handleJobs({ work, evidence }: Handled, told: JobsTold): Promise<void> {
  const { metrics, logger } = told;
  const tellTrouble = atMostEvery(TOLD_EVERY_MS, (trouble: Trouble) =>
    logger.warn(trouble, 'the job queue is in trouble'),
  );
  await work({
    handlers: jobHandlers(evidence, told),
    tellError,
    onTry: ({ kind, error, ms }) => {
      metrics.job({ kind, outcome: error === undefined ? 'DONE' : 'FAILED', ms });
      if (error !== undefined) logger.warn({ kind, err: nameOf(error) }, 'a job failed');
    },
    onError: tellTrouble,
  });
}

/** A database that hangs must not hide the other metrics. */
const COUNTED_WITHIN_MS = 1_000;

/** The metrics of a process as text; where the queue does not answer, as it was seen last. */
export async function metricsText(
  { jobs }: Pick<OpenedWorld, 'jobs'>,
  metrics: Metrics,
): Promise<string> {
  const late = sleep(COUNTED_WITHIN_MS, undefined, { ref: false });
  const counts = await Promise.race([jobs.undeliverableCounts().catch(() => undefined), late]);
  if (counts !== undefined) metrics.undeliverable(counts);
  return metrics.text();
}

/** An error in short, by its kind and where it was thrown. */
function tellError(error: unknown): string {
  const { name, at } = nameOf(error);
  const place = /at .*?(?=\s{2}|$)/.exec(at)?.[0] ?? 'at an unknown place';
  return `${name} ${place.replace('file://', '')}`;
}

/** The use case that handles each kind of job. */
function jobHandlers(evidence: Evidence, told: JobsTold): Readonly<Record<JobKind, JobHandler>> {
  return { 'second-opinion': (job) => giveSecondOpinion(job, evidence, told) };
}

/** A disagreement is on record before it is told: a worker may be scraped by nobody. */
async function giveSecondOpinion(
  { ids }: JobSubject,
  evidence: Evidence,
  { metrics, logger, referenceVerdict = EVALUATORS.referenceVerdict }: JobsTold,
): Promise<void> {
  for (const id of ids) {
    const opinion = await evidence.secondOpinion(id, referenceVerdict);
    metrics.secondOpinion(opinion.outcome);
    if (opinion.outcome !== 'DISAGREED') continue;
    for (const found of opinion.found) {
      metrics.disagreement();
      logger.error(found, 'the two rule evaluators disagree');
    }
  }
}
