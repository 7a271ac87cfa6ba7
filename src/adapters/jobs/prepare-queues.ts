import { startBoss } from './boss.ts';
import { ensureQueues, type JobKinds } from './queues.ts';

/** Makes the queues of every kind of job, as their owner, with the library's own schema. */
export async function prepareQueues(url: string, kinds: JobKinds): Promise<void> {
  const boss = await startBoss(url, { max: 1, supervise: false, onError: () => undefined });
  try {
    await ensureQueues(boss, kinds);
  } finally {
    await boss.stop({ graceful: false });
  }
}
