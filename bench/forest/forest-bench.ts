import { scoreInWorkers } from '../../src/adapters/training/score-in-workers.ts';
import { trainInWorkers } from '../../src/adapters/training/train-in-workers.ts';
import type { Forest, ForestSet, TrainedForest } from '../../src/domain/forest.ts';
import { DEFAULT_FOREST_SPEC } from '../../src/domain/forest.ts';
import { calibrate, calibratedPpm } from '../../src/engine/propensity/calibrate.ts';
import { explainForest } from '../../src/engine/propensity/explain-forest.ts';
import { encodeForest } from '../../src/engine/propensity/forest-bytes.ts';
import { measure } from '../../src/engine/propensity/metrics.ts';
import { packForests } from '../../src/engine/propensity/pack-forests.ts';
import { encodeRow, type RowValue } from '../../src/engine/propensity/row-encoder.ts';
import { codeTable } from '../../src/engine/propensity/score-batch.ts';
import { scoreForest, scorePpm } from '../../src/engine/propensity/score-forest.ts';
import { type LabelledTable, readBankFull } from './bank-full.ts';

// Usage: node bench/forest/forest-bench.ts [workers]; one line of JSON a seed, then the times.
const shared = process.env.NEXTBEST_SHARED ?? '../shared';
const workers = Number(process.argv[2] ?? 0);
const bank = readBankFull(shared);
const forests: Forest[] = [];
for (const seed of [1, 2, 3]) forests.push(await benchSeed(seed));
benchRow(forests);
await benchBatch(forests);

async function benchSeed(seed: number): Promise<Forest> {
  const spec = { ...DEFAULT_FOREST_SPEC, seed };
  const before = { cpu: process.cpuUsage(), time: performance.now() };
  const trained = await trainInWorkers({ ...bank.train, spec }, { workers });
  const cpu = process.cpuUsage(before.cpu);
  const wallS = (performance.now() - before.time) / 1000;
  if (!trained.ok) throw new Error(trained.refusal.message);
  const { forest } = trained.value;
  console.log(
    JSON.stringify({
      seed,
      workers,
      ...figuresOf(trained.value),
      trainCpuS: (cpu.user + cpu.system) / 1e6,
      trainWallS: wallS,
      nodes: forest.trees.reduce((sum, tree) => sum + tree.columns.length, 0),
      bytes: encodeForest(forest).length,
    }),
  );
  return forest;
}

function figuresOf(trained: TrainedForest): object {
  const set = pack([trained.forest]);
  const [packed] = set.forests;
  const calibration = calibrate(trained.outOfBag, bank.train.labels, trained.forest.trees.length);
  if (packed === undefined || calibration === null) throw new Error('nothing to measure');
  const sums = codesOf(set, bank.test).map((codes) => scoreForest(packed, codes));
  const raw = measure(
    bank.test.labels,
    Int32Array.from(sums, (sum) => scorePpm(sum, packed.trees)),
  );
  const calibrated = measure(
    bank.test.labels,
    Int32Array.from(sums, (sum) => calibratedPpm(calibration, sum)),
  );
  return { ...raw, calibratedEcePpm: calibrated.ecePpm, calibratedBrierPpm: calibrated.brierPpm };
}

function pack(of: readonly Forest[]): ForestSet {
  const set = packForests(of);
  if (!set.ok) throw new Error(set.refusal.message);
  return set.value;
}

function codesOf(set: ForestSet, { table }: LabelledTable): readonly Uint8Array[] {
  return rowsOf(set, table).map((row) => encodeRow(set, row));
}

function rowsOf(set: ForestSet, table: LabelledTable['table']): readonly RowValue[][] {
  const columns = set.inputs.map(({ name }) => table.columns.find((c) => c.name === name));
  return Array.from({ length: table.rows }, (_, row) =>
    columns.map((column) => {
      if (column?.kind === 'number') return column.values[row];
      return column?.categories[column.codes[row] ?? -1];
    }),
  );
}

/** Microseconds, medians over seven passes of all test rows in turn. */
function benchRow(of: readonly Forest[]): void {
  const one = pack(of.slice(0, 1));
  const [packed] = one.forests;
  if (packed === undefined) return;
  const rows = rowsOf(one, bank.test.table);
  const codes = rows.map((row) => encodeRow(one, row));
  const into = new Uint8Array(one.encoder.missing.length);
  const twenty = pack(
    Array.from({ length: 20 }, (_, k) => of[k % of.length]).flatMap((f) => f ?? []),
  );
  const many = codesOf(twenty, bank.test).slice(0, 2000);
  const [first] = many;
  console.log(
    JSON.stringify({
      scoreHotUs: median(() => perCall(codes, (row) => scoreForest(packed, row))),
      explainHotUs: median(() => perCall(codes, (row) => explainForest(packed, row).sum)),
      encodeUs: median(() => perCall(rows, (row) => encodeRow(one, row, into)[0] ?? 0)),
      scoreRotating20Us:
        median(() =>
          perCall(many, (row) =>
            twenty.forests.reduce((sum, forest) => sum + scoreForest(forest, row), 0),
          ),
        ) / twenty.forests.length,
      codeBytes: [one.encoder.missing.length, first?.length],
    }),
  );
}

function perCall<T>(items: readonly T[], call: (item: T) => number): number {
  let sum = 0;
  const from = performance.now();
  for (const item of items) sum += call(item);
  const perUs = ((performance.now() - from) * 1000) / items.length;
  if (Number.isNaN(sum)) throw new Error('a score was no number');
  return perUs;
}

function median(run: () => number): number {
  const times = Array.from({ length: 7 }, run).toSorted((a, b) => a - b);
  return times[3] ?? 0;
}

/** Twenty forests over the test rows, by this thread and by two: microseconds a row and forest. */
async function benchBatch(of: readonly Forest[]): Promise<void> {
  const twenty = pack(
    Array.from({ length: 20 }, (_, k) => of[k % of.length]).flatMap((f) => f ?? []),
  );
  const coded = codeTable(twenty, bank.test.table);
  const per = coded.rows * twenty.forests.length;
  const figures: { workers: number; wallUs: number; cpuUs: number }[] = [];
  for (const threads of [0, 1, 2]) {
    const before = { cpu: process.cpuUsage(), time: performance.now() };
    await scoreInWorkers(twenty.forests, coded, threads);
    const { user, system } = process.cpuUsage(before.cpu);
    const wallUs = ((performance.now() - before.time) * 1000) / per;
    figures.push({ workers: threads, wallUs, cpuUs: (user + system) / per });
  }
  console.log(JSON.stringify({ rows: coded.rows, batch: figures }));
}
