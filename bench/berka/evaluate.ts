import { trainInWorkers } from '../../src/adapters/training/train-in-workers.ts';
import type { ForestPlan, TrainingTable } from '../../src/domain/forest.ts';
import type { ForestFigures } from '../../src/domain/model-card.ts';
import { calibratedPpm } from '../../src/engine/propensity/scoring/calibrated-ppm.ts';
import { packForests } from '../../src/engine/propensity/scoring/pack-forests.ts';
import { encodeRow, type RowValue } from '../../src/engine/propensity/scoring/row-encoder.ts';
import { scoreForest, scorePpm } from '../../src/engine/propensity/scoring/score-forest.ts';
import { calibrate } from '../../src/laboratory/judging/calibrate.ts';
import { measure } from '../../src/laboratory/judging/metrics.ts';
import { constantFeatures } from '../../src/laboratory/training/check-table.ts';
import { settleSpec } from '../../src/laboratory/training/settle-spec.ts';

/** Rows with outcomes. */
export interface Labelled {
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
}

/** Trains on the rows that `isTest` leaves and measures on the others. */
export async function evaluate(
  { table, labels }: Labelled,
  isTest: (row: number) => boolean,
  plan: ForestPlan,
): Promise<ForestFigures & { readonly calibratedEcePpm: number }> {
  const train = pick({ table, labels }, (row) => !isTest(row));
  const test = pick({ table, labels }, isTest);
  // As the product does: what never varies is left out, and would refuse the training.
  const constant = constantFeatures(train.table);
  const columns = train.table.columns.filter(({ name }) => !constant.includes(name));
  const varying = { table: { ...train.table, columns }, labels: train.labels };
  const spec = settleSpec(plan, varying.table);
  const trained = await trainInWorkers({ ...varying, spec }, { workers: 2 });
  if (!trained.ok) throw new Error(trained.refusal.message);
  const calibration = calibrate(trained.value.outOfBag, train.labels, spec.trees);
  const packed = packForests([trained.value.forest]);
  if (!packed.ok || calibration === null) throw new Error('nothing to measure');
  const [forest] = packed.value.forests;
  if (forest === undefined) throw new Error('nothing to measure');
  const names = packed.value.inputs.map(({ name }) => name);
  const sums = Array.from({ length: test.table.rows }, (_, row) =>
    scoreForest(forest, encodeRow(packed.value, valuesOf(test.table, names, row))),
  );
  const raw = Int32Array.from(sums, (sum) => scorePpm(sum, spec.trees));
  const calibrated = Int32Array.from(sums, (sum) => calibratedPpm(calibration, sum));
  const { ecePpm } = measure(test.labels, calibrated);
  return { ...measure(test.labels, raw), calibratedEcePpm: ecePpm };
}

function pick({ table, labels }: Labelled, wanted: (row: number) => boolean): Labelled {
  const chosen = (_: unknown, row: number) => wanted(row);
  const columns = table.columns.map((column) =>
    column.kind === 'number'
      ? { ...column, values: column.values.filter(chosen) }
      : { ...column, codes: column.codes.filter(chosen) },
  );
  const picked = labels.filter(chosen);
  return { table: { rows: picked.length, columns }, labels: picked };
}

function valuesOf(table: TrainingTable, names: readonly string[], row: number): RowValue[] {
  return names.map((name) => {
    const column = table.columns.find((one) => one.name === name);
    if (column?.kind === 'number') return column.values[row];
    return column?.categories[column.codes[row] ?? -1];
  });
}
