import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Trouble } from '../adapters/jobs/boss.ts';
import { secondOpinion } from '../app/decisions/evidence/second-opinion.ts';
import type { JobHandler } from '../app/ports/job-queue.ts';
import type { RuleEvaluators } from '../app/ports/rule-reading.ts';
import type { JobKind, JobSubject } from '../domain/job.ts';
import type { Metrics } from './metrics.ts';
import { EVALUATORS } from './rule-sets.ts';
import { atMostEvery, nameOf } from './service-log.ts';
import type { OpenedWorkbench } from './workbench.ts';

/** Where the worker of a process tells of its jobs. */
export interface JobsTold {
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** The second evaluator; the library's unless a test plants another. */
  readonly referenceVerdict?: RuleEvaluators['referenceVerdict'];
}

/** An outage is told by each of a worker's looks, twice a second: once is enough. */
const TOLD_EVERY_MS = 10_000;

/** Handles the jobs of a database in this process, until its workbench is closed. */
export async function handleJobs(bench: OpenedWorkbench, told: JobsTold): Promise<void> {
  const { metrics, logger } = told;
  const tellTrouble = atMostEvery(TOLD_EVERY_MS, (trouble: Trouble) =>
    logger.warn(trouble, 'the job queue is in trouble'),
  );
  await bench.work({
    handlers: jobHandlers(bench, told),
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
  { jobs }: Pick<OpenedWorkbench, 'jobs'>,
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
function jobHandlers(
  bench: OpenedWorkbench,
  told: JobsTold,
): Readonly<Record<JobKind, JobHandler>> {
  return { 'second-opinion': (job) => giveSecondOpinion(job, bench, told) };
}

/** A disagreement is on record before it is told: a worker may be scraped by nobody. */
async function giveSecondOpinion(
  { ids }: JobSubject,
  bench: OpenedWorkbench,
  { metrics, logger, referenceVerdict = EVALUATORS.referenceVerdict }: JobsTold,
): Promise<void> {
  for (const id of ids) {
    const opinion = await secondOpinion(id, { ...bench, referenceVerdict });
    metrics.secondOpinion(opinion.outcome);
    if (opinion.outcome !== 'DISAGREED') continue;
    for (const found of opinion.found) {
      metrics.disagreement();
      logger.error(found, 'the two rule evaluators disagree');
    }
  }
}
