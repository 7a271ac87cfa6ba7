import { scoreInWorkers } from '../../src/adapters/training/score-in-workers.ts';
import type { Forest, TrainingColumn } from '../../src/domain/forest.ts';
import { packForests } from '../../src/engine/propensity/scoring/pack-forests.ts';
import { codeTable } from '../../src/engine/propensity/scoring/score-batch.ts';
import { randomFrom } from '../../src/laboratory/training/random.ts';
import type { LabelledTable } from './bank-full.ts';
import { median, timed } from './measuring.ts';
import type { Bout } from './training-bench.ts';

const ROWS = 100_000;

/** A hundred thousand rows by every forest, in this thread, in two, and by one of the peer's. */
export async function benchBatch(
  forests: readonly Forest[],
  bank: { readonly train: LabelledTable; readonly test: LabelledTable },
  { rounds, peer }: Bout,
): Promise<object> {
  const set = packForests(forests);
  if (!set.ok) throw new Error(set.refusal.message);
  const many = drawRows(bank.test);
  const coded = codeTable(set.value, many.table);
  peer?.give('train', bank.train.table, bank.train.labels);
  peer?.give('many', many.table, many.labels);
  await peer?.fit('train', 1, 100);
  const times: { one: number; two: number; alone: number; peer: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const alone = await timed(() => scoreInWorkers(set.value.forests, coded, 0));
    const one = await timed(() => scoreInWorkers(set.value.forests, coded, 1));
    const two = await timed(() => scoreInWorkers(set.value.forests, coded, 2));
    const theirs = (await peer?.predict('many', 1))?.cpuS ?? Number.NaN;
    times.push({
      alone: alone.cpuS / forests.length,
      one: one.wallS / forests.length,
      two: two.wallS / forests.length,
      peer: theirs,
    });
  }
  const us = (of: keyof (typeof times)[number]) =>
    (median(times.map((time) => time[of])) / ROWS) * 1e6;
  const figures = { cpuUs: us('alone'), oneWallUs: us('one'), twoWallUs: us('two') };
  return {
    rows: ROWS,
    forests: forests.length,
    ...figures,
    peerCpuUs: us('peer'),
    timesPeer: us('peer') / figures.cpuUs,
    twoOverOne: figures.oneWallUs / figures.twoWallUs,
  };
}

function drawRows({ table, labels }: LabelledTable): LabelledTable {
  const random = randomFrom(11);
  const drawn = Int32Array.from({ length: ROWS }, () => random.below(labels.length));
  const columns = table.columns.map(
    (column): TrainingColumn =>
      column.kind === 'number'
        ? { ...column, values: Float64Array.from(drawn, (row) => column.values[row] ?? 0) }
        : { ...column, codes: Int16Array.from(drawn, (row) => column.codes[row] ?? -1) },
  );
  return {
    table: { rows: ROWS, columns },
    labels: Uint8Array.from(drawn, (row) => labels[row] ?? 0),
  };
}
