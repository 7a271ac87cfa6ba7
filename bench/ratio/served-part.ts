import { CONNECTIONS, closedLoop } from '../http/closed-loop.ts';
import { serviceFigures } from '../http/service-figures.ts';
import { askAll } from './ask-all.ts';
import type { Bank } from './bank.ts';
import type { Comparison, Figure } from './compare.ts';
import { withDatabaseCpu } from './database-cpu.ts';
import { type Both, compareInRounds, onBoth } from './rounds.ts';

/** What is asked of the services, and about whom. */
export interface ServedPlan {
  readonly only: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly customers: number;
  /** Customers from the first on who are asked about again and again; the others stay cold. */
  readonly warmCustomers: number;
  readonly tell: (what: string) => void;
}

/** As many on both sides: a process that has decided more is compiled better. */
const WARMING_DECISIONS = 1_500;

/**
 * Decisions over HTTP: of cold customers, whose snapshots must be built, and of warm ones. Each
 * round has fresh processes, since two of the same program may differ by a tenth for as long as
 * they live. Only one service is asked at a time.
 */
export function compareServed(
  banks: Both<Bank>,
  plan: ServedPlan,
): Promise<readonly Comparison[]> {
  const { rounds, warmCustomers, tell } = plan;
  const prepare = async (round: number) => {
    tell(`asking, round ${round + 1} of ${rounds}: starting and warming both`);
    await Promise.all([banks.here.restart(), banks.other.restart()]);
    await onBoth(banks, (bank) =>
      askAll(bank.asking(warmCustomers), { from: 0, count: WARMING_DECISIONS }),
    );
  };
  return compareInRounds(banks, { rounds, prepare }, async (bank, round) => [
    ...(plan.only.includes('cold') ? await askCold(bank, round, plan) : []),
    ...(plan.only.includes('http') ? await askWarm(bank, round, plan) : []),
  ]);
}

async function askCold(
  bank: Bank,
  round: number,
  { rounds, customers, warmCustomers, tell }: ServedPlan,
): Promise<readonly Figure[]> {
  tell(`cold customers, round ${round + 1} of ${rounds}: ${bank.side.name}`);
  const count = Math.floor((customers - warmCustomers) / rounds);
  const asking = bank.asking(customers);
  const before = await serviceFigures(asking.url);
  const begunMs = performance.now();
  const { databaseS } = await withDatabaseCpu(bank.dataFolder, () =>
    askAll(asking, { from: warmCustomers + round * count, count }),
  );
  const wallS = (performance.now() - begunMs) / 1000;
  const { cpuSeconds } = await serviceFigures(asking.url);
  const serviceUs = ((cpuSeconds - before.cpuSeconds) * 1e6) / count;
  return figuresOf(`cold, ${count} customers`, {
    count,
    perSecond: count / wallS,
    serviceUs,
    databaseS,
  });
}

async function askWarm(
  bank: Bank,
  round: number,
  { rounds, seconds, warmCustomers, tell }: ServedPlan,
): Promise<readonly Figure[]> {
  tell(`http, round ${round + 1} of ${rounds}: ${bank.side.name}`);
  const asking = bank.asking(warmCustomers);
  const { value: done, databaseS } = await withDatabaseCpu(bank.dataFolder, () =>
    closedLoop(asking, seconds),
  );
  if (done.failed > 0) {
    throw new Error(`${done.failed} answers of ${bank.side.commit} held no decision`);
  }
  return figuresOf(`http, ${CONNECTIONS} connections`, {
    count: done.total,
    perSecond: done.perSecond,
    serviceUs: done.cpuUs,
    databaseS,
  });
}

/** What one side took for so many decisions; no CPU of the database where nothing tells it. */
interface Took {
  readonly count: number;
  readonly perSecond: number;
  readonly serviceUs: number;
  readonly databaseS: number | undefined;
}

function figuresOf(part: string, took: Took): readonly Figure[] {
  const { count, perSecond, serviceUs, databaseS } = took;
  const cost = { part, better: 'LESS', digits: 0 } as const;
  const service = { ...cost, name: 'service CPU us a decision', value: serviceUs };
  const figures: readonly Figure[] = [
    { part, name: 'decisions/s', better: 'MORE', digits: 0, value: perSecond },
    service,
  ];
  if (databaseS === undefined) return figures;
  const name = 'database CPU us a decision';
  return [...figures, { ...cost, name, value: (databaseS * 1e6) / count }];
}
