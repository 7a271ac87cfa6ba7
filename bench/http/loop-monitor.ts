/**
 * Loaded into a service by `--import`: tells the process that started it how long the event loop
 * stood still since it was last asked, and how much memory the service holds.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the service tells of itself. */
export interface Stillness {
  readonly longestMs: number;
  readonly residentBytes: number;
}

const RESOLUTION_MS = 2;
/** The watch itself stands still with the loop: it needs a turn to notice. */
const NOTICED_MS = 3 * RESOLUTION_MS;

if (process.send !== undefined) {
  const watch = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  watch.enable();
  process.on('message', async () => {
    await sleep(NOTICED_MS);
    const told: Stillness = {
      longestMs: watch.max / 1e6,
      residentBytes: process.memoryUsage.rss(),
    };
    watch.reset();
    process.send?.(told);
  });
  // Whoever only listens must not keep a service from ending.
  process.channel?.unref();
}
