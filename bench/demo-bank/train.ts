import { scoreTable } from '../../src/app/learning/judging/score-table.ts';
import { tuneForest } from '../../src/app/learning/training/tune-forest.ts';
import type { Trainer } from '../../src/app/ports/trainer.ts';
import type { Calibration, Forest, ForestPlan, TrainingTable } from '../../src/domain/forest.ts';
import type { ForestSetting } from '../../src/domain/model-card.ts';
import { calibratedPpm } from '../../src/engine/propensity/scoring/calibrated-ppm.ts';
import { scorePpm } from '../../src/engine/propensity/scoring/score-forest.ts';
import { calibrate } from '../../src/laboratory/judging/calibrate.ts';
import { constantFeatures } from '../../src/laboratory/training/check-table.ts';
import { settleSpec } from '../../src/laboratory/training/settle-spec.ts';

/** A forest as the product would serve it. */
export interface Fitted {
  readonly forest: Forest;
  readonly calibration: Calibration;
  readonly chosen: ForestSetting;
}

/** Tunes out of bag, trains and calibrates, by the product's own steps. */
export async function fitForest(
  { table: whole, labels }: { readonly table: TrainingTable; readonly labels: Uint8Array },
  plan: ForestPlan,
  trainer: Trainer,
): Promise<Fitted> {
  const constant = new Set(constantFeatures(whole));
  const table = { ...whole, columns: whole.columns.filter(({ name }) => !constant.has(name)) };
  const spec = settleSpec(plan, table);
  const tuned = await tuneForest({ table, labels, spec }, trainer);
  if (!tuned.ok) throw new Error(tuned.refusal.message);
  const { chosen } = tuned.value;
  const trained = await trainer({ table, labels, spec: { ...spec, ...chosen } });
  if (!trained.ok) throw new Error(trained.refusal.message);
  const calibration = calibrate(trained.value.outOfBag, labels, spec.trees);
  if (calibration === null) throw new Error('nothing to calibrate on');
  return { forest: trained.value.forest, calibration, chosen };
}

/** The raw and the calibrated scores of all rows of a table. */
export function scoresOf(
  { forest, calibration }: Fitted,
  table: TrainingTable,
): { readonly rawPpm: Int32Array; readonly calibratedPpm: Int32Array } {
  const sums = scoreTable(forest, table);
  return {
    rawPpm: Int32Array.from(sums, (sum) => scorePpm(sum, calibration.trees)),
    calibratedPpm: Int32Array.from(sums, (sum) => calibratedPpm(calibration, sum)),
  };
}

/** Some rows of a table. */
export function pickRows(table: TrainingTable, wanted: (row: number) => boolean): TrainingTable {
  const chosen = (_: unknown, row: number) => wanted(row);
  const columns = table.columns.map((column) =>
    column.kind === 'number'
      ? { ...column, values: column.values.filter(chosen) }
      : { ...column, codes: column.codes.filter(chosen) },
  );
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter(wanted).length;
  return { rows, columns };
}
