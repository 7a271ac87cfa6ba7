import type { PgBoss, QueueResult } from 'pg-boss';
import type { JobKindSettings } from '../../domain/job.ts';

/** Kinds of job by their names; a name is that of its queue. */
export type JobKinds = Readonly<Record<string, JobKindSettings>>;

/** The queue in which jobs of a kind wait for a person. */
export function undeliverableQueue(kind: string): string {
  return `${kind}.undeliverable`;
}

/** Sees that every kind has its two queues, as its settings say; safe beside others who do. */
export async function ensureQueues(boss: PgBoss, kinds: JobKinds): Promise<void> {
  const names = Object.keys(kinds).flatMap((kind) => [kind, undeliverableQueue(kind)]);
  const there = new Map((await boss.getQueues(names)).map((queue) => [queue.name, queue]));
  for (const [kind, settings] of Object.entries(kinds)) {
    const undeliverable = undeliverableQueue(kind);
    if (!there.has(undeliverable)) await boss.createQueue(undeliverable, UNDELIVERABLE);
    const wanted = optionsOf(settings);
    const policy = settings.ordered ? 'key_strict_fifo' : 'standard';
    const found = there.get(kind);
    if (found === undefined) {
      await boss.createQueue(kind, { ...wanted, policy, deadLetter: undeliverable });
    } else if (found.policy !== policy) {
      throw new Error(
        `jobs of kind \`${kind}\` were ordered otherwise: give the kind a new name`,
      );
    } else if (differs(found, wanted)) await boss.updateQueue(kind, wanted);
  }
}

const DAY_SECONDS = 86_400;
const TEN_YEARS_SECONDS = 3_650 * DAY_SECONDS;

/** Nothing vanishes here but by a person's hand. */
const UNDELIVERABLE = { retentionSeconds: TEN_YEARS_SECONDS, deleteAfterSeconds: 0 };

/**
 * A finished job is kept for an hour. One that failed is kept as its copy among the undeliverable;
 * of an ordered kind it must stay itself, or what waits behind it would overtake it: two weeks.
 */
function optionsOf(settings: JobKindSettings) {
  return {
    retryLimit: settings.retries,
    retryDelay: settings.retryAfterSeconds,
    retryBackoff: true,
    retryDelayMax: settings.longestRetryAfterSeconds,
    expireInSeconds: settings.timeLimitSeconds * settings.together,
    heartbeatSeconds: 10,
    retentionSeconds: TEN_YEARS_SECONDS,
    deleteAfterSeconds: settings.ordered ? 14 * DAY_SECONDS : 3_600,
  };
}

function differs(found: QueueResult, wanted: ReturnType<typeof optionsOf>): boolean {
  return Object.entries(wanted).some(([name, value]) => Reflect.get(found, name) !== value);
}
