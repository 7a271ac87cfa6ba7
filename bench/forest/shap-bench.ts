import { readFileSync } from 'node:fs';
import { trainInWorkers } from '../../src/adapters/training/train-in-workers.ts';
import { DEFAULT_FOREST_SPEC } from '../../src/domain/forest.ts';
import type { RowValue } from '../../src/engine/propensity/scoring/row-encoder.ts';
import { decodeForest } from '../../src/engine/propensity/stored/decode-forest.ts';
import { prepareShap } from '../../src/laboratory/shap/prepare-shap.ts';
import { shapForest } from '../../src/laboratory/shap/shap-forest.ts';
import { readBankFull } from './bank-full.ts';

// Usage: node bench/forest/shap-bench.ts [forest file]; CPU ms of SHAP values, a forest of
// bank-full (100 trees, about 150,000 nodes) and row, and of five.
const shared = process.env.NEXTBEST_SHARED ?? '../shared';
const bank = readBankFull(shared);
const prepared = prepareShap(await forestOf(process.argv[2]));
const rows = rowsOf(40);
const passes = Array.from({ length: 9 }, () => cpuMs(() => rows.map(one)) / rows.length);
const [median = 0] = passes.toSorted((a, b) => a - b).slice(4);
console.log(JSON.stringify({ oneCpuMs: median, fiveCpuMs: 5 * median, points: prepared.points }));

async function forestOf(file: string | undefined) {
  if (file !== undefined) {
    const read = decodeForest(new Uint8Array(readFileSync(file)));
    if (!read.ok) throw new Error(read.refusal.message);
    return read.value;
  }
  const spec = { ...DEFAULT_FOREST_SPEC, seed: 1 };
  const trained = await trainInWorkers({ ...bank.train, spec }, { workers: 0 });
  if (!trained.ok) throw new Error(trained.refusal.message);
  return trained.value.forest;
}

function rowsOf(count: number): readonly RowValue[][] {
  const { columns } = bank.test.table;
  const inputs = prepared.features.map(({ name }) => columns.find((c) => c.name === name));
  return Array.from({ length: count }, (_, k) =>
    inputs.map((column) =>
      column?.kind === 'number'
        ? column.values[k * 101]
        : column?.categories[column.codes[k * 101] ?? -1],
    ),
  );
}

function one(row: readonly RowValue[]): number {
  return shapForest(prepared, row).sum;
}

function cpuMs(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
