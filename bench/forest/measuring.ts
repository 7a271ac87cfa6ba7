/** The middle of an odd number of figures, or the upper of the middle two. */
export function median(of: readonly number[]): number {
  const sorted = of.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** What a piece of work took: CPU seconds of all this process's threads, and of the clock. */
export async function timed<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly value: T; readonly cpuS: number; readonly wallS: number }> {
  const before = { cpu: process.cpuUsage(), time: performance.now() };
  const value = await work();
  const { user, system } = process.cpuUsage(before.cpu);
  const wallS = (performance.now() - before.time) / 1000;
  return { value, cpuS: (user + system) / 1e6, wallS };
}

/** Microseconds a call, all items in turn, the answers used so that no call can be left out. */
export function perCall<T>(items: readonly T[], call: (item: T) => number): number {
  let sum = 0;
  const from = performance.now();
  for (const item of items) sum += call(item);
  const perUs = ((performance.now() - from) * 1000) / items.length;
  if (Number.isNaN(sum)) throw new Error('a score was no number');
  return perUs;
}
