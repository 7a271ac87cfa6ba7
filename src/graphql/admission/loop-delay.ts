import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The clock that turns are measured by; its own period is part of what it measures. */
const RESOLUTION_MS = 10;

/** Measures this thread's loop: how long its turns took on average since asked last, in ms. */
export function measureLoop(): { readonly waitedMs: () => number; readonly stop: () => void } {
  const turns = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  turns.enable();
  return {
    waitedMs() {
      const meanMs = turns.count === 0 ? 0 : turns.mean / 1e6;
      turns.reset();
      return Math.max(0, meanMs - RESOLUTION_MS);
    },
    stop: () => void turns.disable(),
  };
}
