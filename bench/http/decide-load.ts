/**
 * Rate and latency of recorded decisions: `node scripts/launch.mjs bench/http/decide-load.ts
 * <url> <token> [rounds] [seconds] [customers]`. Rounds of a closed loop (autocannon, for the
 * rate) and of an open one (for latency, at half that rate) take turns; medians are told.
 */
import { argv } from 'node:process';
import { type Asking, createAsker } from './asking.ts';
import { CONNECTIONS, closedLoop } from './closed-loop.ts';
import { openLoop } from './open-loop.ts';
import { median } from './service-figures.ts';

const [url = 'http://127.0.0.1:4000', token = '', ...numbers] = argv.slice(2);
const [rounds = 3, seconds = 3, customers = 1_000] = numbers.map(Number);
const asking: Asking = { url, token, customers };

const ask = createAsker(asking);
await warmUp();
const closed: (readonly [rate: number, cpuUs: number])[] = [];
const open: (readonly [p50Ms: number, p99Ms: number])[] = [];
let failed = 0;
let perSecond = Number.NaN;
for (let round = 0; round < rounds; round += 1) {
  closed.push(await closedRound());
  perSecond = median(closed.map(([rate]) => rate)) / 2;
  const { p50Ms, p99Ms, failed: lost } = await openLoop(ask, { perSecond, seconds });
  open.push([p50Ms, p99Ms]);
  failed += lost;
}
const middle = (figures: readonly (readonly number[])[], at: number) =>
  median(figures.map((one) => one[at] ?? Number.NaN));
console.log(
  `closed loop, ${CONNECTIONS} connections, median of ${rounds} rounds of ${seconds} s:`,
);
console.log(`  ${middle(closed, 0).toFixed(0)} decisions/s`);
console.log(`  ${middle(closed, 1).toFixed(0)} us of service CPU a decision`);
console.log(`open loop, Poisson, ${perSecond.toFixed(0)}/s:`);
console.log(`  p50 ${middle(open, 0).toFixed(1)} ms, p99 ${middle(open, 1).toFixed(1)} ms`);
console.log(`failed: ${failed}`);
process.exit(failed === 0 ? 0 : 1);

/** Each customer once, so that no round pays for building snapshots. */
async function warmUp(): Promise<void> {
  for (let at = 0; at < customers; at += CONNECTIONS) {
    const some = Array.from({ length: CONNECTIONS }, (_, i) => ask(at + i));
    if ((await Promise.all(some)).includes(false)) throw new Error('no decision was answered');
  }
}

async function closedRound(): Promise<readonly [rate: number, cpuUs: number]> {
  const { count, wallS, serviceS, failed: lost } = await closedLoop(asking, seconds);
  failed += lost;
  return [count / wallS, (serviceS * 1e6) / Math.max(count, 1)];
}
