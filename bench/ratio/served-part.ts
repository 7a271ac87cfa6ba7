import { CONNECTIONS, closedLoop } from '../http/closed-loop.ts';
import { askAll } from './ask-all.ts';
import type { Bank } from './bank.ts';
import { type Comparison, compareSides } from './compare.ts';
import { withDatabaseCpu } from './database-cpu.ts';
import { type Both, onBoth } from './rounds.ts';
import { figuresOf, inTurns, type Work } from './slices.ts';

/** What is asked of the services, and about whom. */
export interface ServedPlan {
  readonly only: readonly string[];
  readonly rounds: number;
  /** How long each side is asked in a round, at least, a second at a time. */
  readonly seconds: number;
  /** Decisions before it counts, as many on both: who has decided more is compiled better. */
  readonly warm: number;
  readonly customers: number;
  /** Customers from the first on who are asked about again and again; the others stay cold. */
  readonly warmCustomers: number;
  readonly tell: (what: string) => void;
}

/** Fewer decisions a round tell more of garbage and compiling than of deciding. */
const LEAST_DECISIONS = 1_000;

/** How much longer than asked for a round may get on a busy machine. */
const MOST_STRETCH = 5;

const COLD_SLICES = 4;

/**
 * Decisions over HTTP: of cold customers, whose snapshots must be built, and of warm ones. Each
 * round has fresh processes, since two of the same program may differ for as long as they live.
 * Only one service is asked at a time, and they take turns often.
 */
export async function compareServed(
  banks: Both<Bank>,
  plan: ServedPlan,
): Promise<readonly Comparison[]> {
  const { rounds, only, tell } = plan;
  const cold: Both<Work>[] = [];
  const warm: Both<Work>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const at = `round ${round + 1} of ${rounds}`;
    tell(`http, ${at}: starting and warming both`);
    await startWarm(banks, plan);
    if (only.includes('cold')) {
      tell(`cold customers, ${at}: both in turns`);
      cold.push(await askCold(banks, round, plan));
    }
    if (only.includes('http')) {
      tell(`http, ${at}: both in turns`);
      warm.push(await askWarm(banks, plan));
    }
  }
  return [
    ...compareWork(`http, ${CONNECTIONS} connections`, warm),
    ...compareWork(`cold, ${cold[0]?.here.count} customers`, cold),
  ];
}

async function startWarm(banks: Both<Bank>, { warmCustomers, warm }: ServedPlan): Promise<void> {
  await Promise.all([banks.here.restart(), banks.other.restart()]);
  await onBoth(banks, (bank) => askAll(bank.asking(warmCustomers), { from: 0, count: warm }));
}

function askCold(
  banks: Both<Bank>,
  round: number,
  { rounds, customers, warmCustomers }: ServedPlan,
): Promise<Both<Work>> {
  const count = Math.floor((customers - warmCustomers) / rounds / COLD_SLICES);
  const first = warmCustomers + round * COLD_SLICES * count;
  const isEnough = (_: Both<Work>, slices: number) => slices === COLD_SLICES;
  return inTurns(banks, isEnough, async (bank, slice) => {
    const some = { from: first + slice * count, count };
    const asking = bank.asking(customers);
    const { value, databaseS } = await withDatabaseCpu(bank.dataFolder, () =>
      askAll(asking, some),
    );
    return { ...value, databaseS };
  });
}

function askWarm(banks: Both<Bank>, { seconds, warmCustomers }: ServedPlan): Promise<Both<Work>> {
  const isEnough = ({ here, other }: Both<Work>, slices: number) =>
    slices >= seconds * MOST_STRETCH ||
    (slices >= seconds && Math.min(here.count, other.count) >= LEAST_DECISIONS);
  return inTurns(banks, isEnough, async (bank) => {
    const asking = bank.asking(warmCustomers);
    const { value, databaseS } = await withDatabaseCpu(bank.dataFolder, () =>
      closedLoop(asking, 1),
    );
    if (value.failed === 0) return { ...value, databaseS };
    throw new Error(`${value.failed} answers of ${bank.side.commit} held no decision`);
  });
}

function compareWork(part: string, rounds: readonly Both<Work>[]): readonly Comparison[] {
  return compareSides(
    rounds.map(({ here }) => figuresOf(part, here)),
    rounds.map(({ other }) => figuresOf(part, other)),
  );
}
