import { setTimeout as sleep } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import { startBoss } from './boss.ts';
import { ensureQueues, type JobKinds } from './queues.ts';

/** What is not built by then, the next call goes on with. */
const LONGEST_BUILD_MS = 600_000;

/**
 * Makes the queues of every kind of job, as their owner, with the library's own schema. An index
 * that a newer library builds beside its migration is waited for: nobody else may build it.
 */
export async function prepareQueues(url: string, kinds: JobKinds): Promise<void> {
  const boss = await startBoss(url, { max: 2, supervise: false, onError: () => undefined });
  try {
    await ensureQueues(boss, kinds);
    const deadlineMs = performance.now() + LONGEST_BUILD_MS;
    while ((await isBuilding(boss)) && performance.now() < deadlineMs) await sleep(100);
  } finally {
    await boss.stop({ graceful: false });
  }
}

async function isBuilding(boss: PgBoss): Promise<boolean> {
  const built = await boss.getBamStatus();
  return built.some(({ status }) => status === 'pending' || status === 'in_progress');
}
