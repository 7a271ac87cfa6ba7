/**
 * Loaded into a service by `--import`: tells the process that started it how long the event loop
 * was held since it was last asked, and how much memory the service holds.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** What the service tells of itself: the longest time between two turns of its loop. */
export interface Stillness {
  readonly longestMs: number;
  /** The longest that the loop's own thread worked meanwhile: not what other work took from it. */
  readonly busyMs: number;
  readonly residentBytes: number;
}

const RESOLUTION_MS = 2;
/** The watch itself stands still with the loop: it needs a turn to notice. */
const NOTICED_MS = 3 * RESOLUTION_MS;

if (process.send !== undefined) {
  const busyNowMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let [longestMs, busyMs] = [0, 0];
  let [wall, busy] = [performance.now(), busyNowMs()];
  setInterval(() => {
    const [wallNow, busyNow] = [performance.now(), busyNowMs()];
    longestMs = Math.max(longestMs, wallNow - wall);
    busyMs = Math.max(busyMs, busyNow - busy);
    [wall, busy] = [wallNow, busyNow];
  }, RESOLUTION_MS).unref();
  process.on('message', async () => {
    await sleep(NOTICED_MS);
    const told: Stillness = { longestMs, busyMs, residentBytes: process.memoryUsage.rss() };
    [longestMs, busyMs] = [0, 0];
    process.send?.(told);
  });
  // Whoever only listens must not keep a service from ending.
  process.channel?.unref();
}
