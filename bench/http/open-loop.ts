import { setTimeout as sleep } from 'node:timers/promises';

/** Latencies of answers that came, in ms since they should have been asked for. */
export interface OpenLoop {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
}

/**
 * Asks at Poisson arrivals whether or not earlier answers have come, as customers do. A latency
 * counts from the planned arrival, so that a stalled asker hides nothing.
 */
export async function openLoop(
  ask: (number: number) => Promise<boolean>,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<OpenLoop> {
  const latencies: number[] = [];
  let failed = 0;
  const one = async (number: number, plannedMs: number) => {
    if (await ask(number)) latencies.push(performance.now() - plannedMs);
    else failed += 1;
  };
  const begunMs = performance.now();
  const running: Promise<void>[] = [];
  for (let atMs = 0, number = 0; atMs < seconds * 1_000; number += 1) {
    const waitMs = begunMs + atMs - performance.now();
    // A timer is good to a millisecond only; what is due sooner goes out with its neighbour.
    if (waitMs > 1) await sleep(waitMs);
    running.push(one(number, begunMs + atMs));
    atMs += (-Math.log(1 - Math.random()) * 1_000) / perSecond;
  }
  await Promise.all(running);
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), failed };
}
