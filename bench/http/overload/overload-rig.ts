/**
 * `npm run rig:overload [seconds]`: what a service does when twice as much is asked as it can
 * answer. It starts a demo bank, measures what the service can, asks as much for half the time
 * and twice as much for all of it (120 s unless stated), then half as much. The load comes from
 * this process, which yields to the service and its database.
 */
import { loadavg, setPriority } from 'node:os';
import { argv, stderr } from 'node:process';
import { openBank } from '../../ratio/bank.ts';
import { thisCheckout } from '../../ratio/checkout.ts';
import { progress } from '../../ratio/progress.ts';
import { Interrupted, type Scratch, withScratch } from '../../ratio/scratch.ts';
import { createSide } from '../../ratio/side.ts';
import { closedLoop } from '../closed-loop.ts';
import { median } from '../service-figures.ts';
import { createArrivals } from './arrivals.ts';
import { figuresOf, phaseTable, timeline } from './phase-figures.ts';
import { startProbes } from './probes.ts';

const CUSTOMERS = 600;
const WARM_S = 20;
const CAPACITY_ROUNDS = 5;
/** As many as keep it busy: sixteen leave it waiting for the database now and then. */
const SATURATING = 64;
const RECOVERY_S = 20;
const SPAN_S = 5;
const YIELDING = 5;

const [seconds = 120] = argv.slice(2).map(Number);
const tell = progress();
try {
  if (!Number.isInteger(seconds) || seconds < 10) {
    throw new Error('name whole seconds, 10 at least: `npm run rig:overload -- 120`');
  }
  await withScratch('overload', overload);
  process.exit(0);
} catch (error) {
  stderr.write(`rig:overload: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof Interrupted ? error.exitCode : 1);
}

async function overload(scratch: Scratch): Promise<void> {
  const side = createSide('here', await thisCheckout(scratch), scratch);
  tell(`${side.commit} starts a bank of ${CUSTOMERS} customers`);
  const bank = await openBank(side, CUSTOMERS, scratch);
  const place = { dataFolder: bank.dataFolder };
  const auditor = await side.command(place, 'token', '--role', 'auditor');
  const asking = bank.asking(CUSTOMERS);
  // What is started already keeps its own; nothing else is.
  setPriority(YIELDING);
  tell('warming up, then measuring what it can');
  await closedLoop(asking, WARM_S, SATURATING);
  const rates: number[] = [];
  for (let round = 0; round < CAPACITY_ROUNDS; round += 1) {
    const { count, wallS } = await closedLoop(asking, 3, SATURATING);
    rates.push(count / wallS);
  }
  const capacity = median(rates);
  const arrive = createArrivals(asking);
  const stopProbes = startProbes(asking.url, auditor.stdout.trim());
  tell(`${capacity.toFixed(0)} decisions a second; as many are asked for ${seconds / 2} s`);
  const once = await arrive(capacity, seconds / 2);
  tell(`twice as many for ${seconds} s`);
  const twice = await arrive(2 * capacity, seconds);
  tell(`half as many for ${RECOVERY_S} s`);
  const after = await arrive(capacity / 2, RECOVERY_S);
  const probed = await stopProbes();
  const phases = [
    figuresOf('1 x', once, seconds / 2),
    figuresOf('2 x', twice, seconds),
    figuresOf('1/2 x', after, RECOVERY_S),
  ];
  const [alone, crowded] = phases;
  const lastRefusedMs = Math.max(
    0,
    ...after.filter(({ kind }) => kind !== 'DECIDED').map(({ dueMs }) => dueMs),
  );
  console.log(
    `capacity, by ${SATURATING} connections in a closed loop: ${capacity.toFixed(0)} decisions/s`,
  );
  console.table(phaseTable(phases));
  console.log('by time, at 2 x and then at 1/2 x');
  console.table(timeline(twice, SPAN_S));
  console.table(timeline(after, 1));
  console.table(probed.map((one) => ({ ...one, slowestMs: Math.round(one.slowestMs) })));
  const share = (crowded?.goodPerS ?? 0) / (alone?.goodPerS ?? Number.NaN);
  console.log(`goodput at 2 x: ${(share * 100).toFixed(0)} % of 1 x`);
  console.log(`the last one refused ${(lastRefusedMs / 1_000).toFixed(1)} s after the load fell`);
  console.log(`load of the machine: ${(loadavg()[0] ?? 0).toFixed(1)}`);
}
