import type { Db, JobWithMetadata, PgBoss } from 'pg-boss';
import type { UndeliverableJob } from '../../app/ports/job-queue.ts';
import type { Uuid } from '../../domain/id.ts';
import type { JobSubject } from '../../domain/job.ts';
import { undeliverableQueue } from './queues.ts';

/**
 * Jobs that failed for good. The library leaves the failed job where it was, which holds the place
 * in the order of its key, and puts a copy into the queue of the undeliverable. A job is named by
 * the id that it had, not by that of its copy.
 */
export async function listUndeliverable(
  boss: PgBoss,
  { limit, kinds }: { readonly limit: number; readonly kinds: readonly string[] },
): Promise<readonly UndeliverableJob[]> {
  const found: UndeliverableJob[] = [];
  for (const kind of kinds) {
    const copies = await boss.findJobs<JobSubject>(undeliverableQueue(kind), { limit });
    found.push(...copies.map((copy) => toldOf(kind, copy)));
  }
  return found.toSorted(byTime).slice(0, limit);
}

/** As whoever supervises the queues counted them last: one small statement, for metrics. */
export async function countUndeliverable(
  boss: PgBoss,
  kinds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const queues = await boss.getQueues(kinds.map(undeliverableQueue));
  const counts = new Map(queues.map(({ name, queuedCount }) => [name, queuedCount]));
  return new Map(kinds.map((kind) => [kind, counts.get(undeliverableQueue(kind)) ?? 0]));
}

/** Puts failed jobs back into their place; one that was swept out meanwhile is queued anew. */
export function retryJobs(
  boss: PgBoss,
  kinds: readonly string[],
  ids: readonly Uuid[],
): Promise<readonly Uuid[]> {
  return forEachCopy(boss, { kinds, ids }, async (kind, copy, db) => {
    const id = idOf(copy);
    const [original] = await boss.findJobs(kind, { id, db });
    const queue = undeliverableQueue(kind);
    if (original === undefined) await boss.redrive(queue, { ids: [copy.id], db });
    else {
      await boss.retry(kind, id, { db });
      await boss.deleteJob(queue, copy.id, { db });
    }
  });
}

/** Deletes failed jobs and their copies. */
export function clearJobs(
  boss: PgBoss,
  kinds: readonly string[],
  ids: readonly Uuid[],
): Promise<readonly Uuid[]> {
  return forEachCopy(boss, { kinds, ids }, async (kind, copy, db) => {
    await boss.deleteJob(kind, idOf(copy), { db });
    await boss.deleteJob(undeliverableQueue(kind), copy.id, { db });
  });
}

type Copy = JobWithMetadata<JobSubject>;

/** More than a person will ever look through. */
const MOST = 100_000;

/** Handles each in a transaction, so that a job and its copy are never seen apart. */
async function forEachCopy(
  boss: PgBoss,
  asked: { readonly kinds: readonly string[]; readonly ids: readonly Uuid[] },
  handle: (kind: string, copy: Copy, db: Db) => Promise<void>,
): Promise<readonly Uuid[]> {
  const wanted = new Set(asked.ids);
  const handled: Uuid[] = [];
  for (const kind of asked.kinds) {
    const copies = await boss.findJobs<JobSubject>(undeliverableQueue(kind), { limit: MOST });
    for (const copy of copies.filter((one) => wanted.has(idOf(one)))) {
      await inTransaction(boss, (db) => handle(kind, copy, db));
      handled.push(idOf(copy));
    }
  }
  return handled;
}

async function inTransaction(boss: PgBoss, work: (db: Db) => Promise<void>): Promise<void> {
  const transaction = await boss.getDb().beginTransaction?.();
  if (transaction === undefined) throw new Error('the job queue offers no transactions');
  try {
    await work(transaction.db);
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

function idOf({ sourceId, id }: Copy): Uuid {
  return sourceId ?? id;
}

function toldOf(kind: string, copy: Copy): UndeliverableJob {
  return {
    id: idOf(copy),
    kind,
    key: copy.data.key,
    ids: copy.data.ids,
    queuedAt: (copy.sourceCreatedOn ?? copy.createdOn).toISOString(),
    failedAt: copy.createdOn.toISOString(),
    tries: (copy.sourceRetryCount ?? 0) + 1,
    error: errorOf(copy.sourceOutput),
  };
}

/** Ours say kind and place; the library's own, such as a worker that fell silent, a message. */
function errorOf(output: unknown): string {
  if (typeof output !== 'object' || output === null) return 'unknown';
  const { error, message } = output as { readonly error?: unknown; readonly message?: unknown };
  if (typeof error === 'string') return error;
  return typeof message === 'string' ? message : 'unknown';
}

function byTime(one: UndeliverableJob, other: UndeliverableJob): number {
  return one.failedAt < other.failedAt ? -1 : Number(one.failedAt > other.failedAt);
}
