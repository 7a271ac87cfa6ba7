import { trainInWorkers } from '../../src/adapters/training/train-in-workers.ts';
import {
  DEFAULT_FOREST_SPEC,
  type Forest,
  type TrainedForest,
  type TrainingColumn,
} from '../../src/domain/forest.ts';
import { randomFrom } from '../../src/laboratory/training/random.ts';
import type { LabelledTable } from './bank-full.ts';
import { median, timed } from './measuring.ts';
import type { Peer } from './peer.ts';

/** How often to take turns, and with whom; null measures ours alone. */
export interface Bout {
  readonly rounds: number;
  readonly peer: Peer | null;
}

/** A hundred trees on bank-full's training rows, binning and out-of-bag scores included. */
export async function benchTraining(
  bank: { readonly train: LabelledTable; readonly test: LabelledTable },
  { rounds, peer }: Bout,
): Promise<object> {
  peer?.give('train', bank.train.table, bank.train.labels);
  peer?.give('test', bank.test.table, bank.test.labels);
  await train(bank.train, { seed: 0, trees: 10 });
  const figures = await takeTurns({ rounds, peer }, bank.train, { part: 'train', trees: 100 });
  const aucs: number[] = [];
  for (let seed = 1; peer !== null && seed <= rounds; seed += 1) {
    aucs.push((await peer.predict('test', seed)).auc);
  }
  return { ...figures, peerAucs: aucs };
}

/** Ten trees on a million rows drawn from the training rows, their numbers jittered. */
export async function benchMillion(from: LabelledTable, { rounds, peer }: Bout): Promise<object> {
  const many = resample(from, 1_000_000);
  peer?.give('million', many.table, many.labels);
  return takeTurns({ rounds, peer }, many, { part: 'million', trees: 10 });
}

/** Forests of the default settings by seeds 1 and on. */
export async function trainSeeds(from: LabelledTable, count: number): Promise<readonly Forest[]> {
  const forests: Forest[] = [];
  for (let seed = 1; seed <= count; seed += 1) {
    forests.push((await train(from, { seed, trees: 100 })).forest);
  }
  return forests;
}

async function takeTurns(
  { rounds, peer }: Bout,
  from: LabelledTable,
  { part, trees }: { readonly part: string; readonly trees: number },
): Promise<object> {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let seed = 1; seed <= rounds; seed += 1) {
    ours.push((await timed(() => train(from, { seed, trees }))).cpuS);
    if (peer !== null) theirs.push((await peer.fit(part, seed, trees)).cpuS);
  }
  const [cpuS, peerCpuS] = [median(ours), median(theirs)];
  const rows = from.labels.length;
  return { rows, trees, cpuS, peerCpuS, ratio: cpuS / peerCpuS, ours, theirs, rssMb: rssMb() };
}

function rssMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

async function train(
  { table, labels }: LabelledTable,
  settings: { readonly seed: number; readonly trees: number },
): Promise<TrainedForest> {
  const spec = { ...DEFAULT_FOREST_SPEC, ...settings };
  const trained = await trainInWorkers({ table, labels, spec }, { workers: 0 });
  if (!trained.ok) throw new Error(trained.refusal.message);
  return trained.value;
}

/** Rows drawn with repetition; a number moves by up to a hundredth, so that few repeat exactly. */
function resample({ table, labels }: LabelledTable, rows: number): LabelledTable {
  const random = randomFrom(7);
  const drawn = Int32Array.from({ length: rows }, () => random.below(labels.length));
  const columns = table.columns.map((column): TrainingColumn => {
    if (column.kind === 'category') {
      return { ...column, codes: Int16Array.from(drawn, (row) => column.codes[row] ?? -1) };
    }
    const values = Float64Array.from(drawn, (row) => {
      const jitter = 1 + (random.below(2001) - 1000) / 100_000;
      return (column.values[row] ?? 0) * jitter;
    });
    return { ...column, values };
  });
  const drawnLabels = Uint8Array.from(drawn, (row) => labels[row] ?? 0);
  return { table: { rows, columns }, labels: drawnLabels };
}
