import { fromEpochDay } from '../../../domain/business-date.ts';
import { digestBytes } from '../../../domain/digest.ts';
import type { FactDeclaration } from '../../../domain/fact.ts';
import type { TrainingRefusal, TrainingTable } from '../../../domain/forest.ts';
import type { TuningRecord } from '../../../domain/model-card.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import type { ForestDeclaration } from '../../../domain/rule-set.ts';
import { encodeForest } from '../../../engine/propensity/stored/forest-bytes.ts';
import { exportForest } from '../../../laboratory/exchanging/export-forest.ts';
import { calibrate } from '../../../laboratory/judging/calibrate.ts';
import { type CardDeclaration, writeCard } from '../../../laboratory/judging/write-card.ts';
import { constantFeatures } from '../../../laboratory/training/check-table.ts';
import { settleSpec } from '../../../laboratory/training/settle-spec.ts';
import type { ReferenceScorer } from '../../ports/reference-scorer.ts';
import type { KeptForest } from '../../ports/release-store.ts';
import type { Trainer } from '../../ports/trainer.ts';
import { disagreement } from '../exchanging/hold-to-library.ts';
import { completeCard, type Learned } from '../judging/model-card.ts';
import { figuresByTime } from '../judging/split-by-time.ts';
import type { TellGrowing } from './training-progress.ts';
import { type GatheredRows, tableOf } from './training-rows.ts';
import { tuneForest } from './tune-forest.ts';

interface ForestWork {
  readonly forest: ForestDeclaration;
  readonly gathered: GatheredRows;
  readonly facts: readonly FactDeclaration[];
  readonly tune: boolean;
}

/** Tunes, trains, calibrates and judges one forest; keeps nothing. */
export async function trainOne(
  { forest, gathered, facts, tune }: ForestWork,
  { trainer, reference }: { readonly trainer: Trainer; readonly reference: ReferenceScorer },
  tell: TellGrowing,
): Promise<Result<KeptForest, TrainingRefusal>> {
  const whole = tableOf(forest, gathered, facts);
  // A feature that never varies teaches nothing and would refuse the whole training.
  const constant = constantFeatures(whole);
  const varies = ({ name }: { readonly name: string }) => !constant.includes(name);
  const table = { ...whole, columns: whole.columns.filter(varies) };
  const labels = Uint8Array.from(gathered.labels);
  const absent = refuseAbsent(forest, whole, table);
  if (absent !== null) return refuse(absent);
  const settled = settleSpec(forest.spec, table);
  let tuning: TuningRecord | null = null;
  if (tune) {
    const tuned = await tuneForest({ table, labels, spec: settled }, trainer, tell('TUNING'));
    if (!tuned.ok) return tuned;
    tuning = tuned.value;
  }
  const spec = { ...settled, ...tuning?.chosen };
  const trained = await trainer({ table, labels, spec }, tell('GROWING'));
  if (!trained.ok) return trained;
  const calibration = calibrate(trained.value.outOfBag, labels, spec.trees);
  if (calibration === null) return refuse(NOT_CALIBRATED);
  const { forest: grown } = trained.value;
  const apart = disagreement(grown, exportForest(grown), reference);
  if (apart !== null) return refuse(disagrees(apart));
  const dated = { table, labels, days: gathered.days, spec, window: forest.target.window };
  const learned: Learned = {
    trained: trained.value,
    calibration,
    table,
    labels,
    tuning,
    gathered,
    monitoring: forest.monitoring,
    constant,
    units: new Map(facts.flatMap(({ name, unit }) => (unit === undefined ? [] : [[name, unit]]))),
    byTime: await figuresByTime(dated, trainer, tell('JUDGING')),
  };
  const card = writeCard(declaredOf(forest, gathered), { ...trained.value, calibration }, labels);
  const bytes = encodeForest(trained.value.forest);
  const { id } = forest;
  const entry = {
    id,
    digest: digestBytes(bytes),
    calibration,
    card: completeCard(card, learned),
  };
  return ok({ entry, bytes });
}

/** Where nothing varies there is nothing to learn from; no rows at all have one class instead. */
function refuseAbsent(
  { features }: ForestDeclaration,
  whole: TrainingTable,
  varying: TrainingTable,
): TrainingRefusal | null {
  if (whole.rows === 0 || varying.columns.length > 0) return null;
  const column = features[0] ?? 'target';
  const message =
    `no feature varies in ${whole.rows} rows, \`${column}\` neither: ` +
    'import what they are derived from';
  return { code: 'CONSTANT_FEATURE', column, message };
}

function declaredOf(forest: ForestDeclaration, { days }: GatheredRows): CardDeclaration {
  const { id, predictsFor, permittedUses, owner, target } = forest;
  const first = days.reduce((least, day) => Math.min(least, day), days[0] ?? 0);
  const last = days.reduce((most, day) => Math.max(most, day), days[0] ?? 0);
  return {
    id,
    predictsFor,
    permittedUses,
    owner,
    target: { label: target.label, window: target.window },
    trainingWindow: { from: fromEpochDay(first), to: fromEpochDay(last) },
  };
}

function disagrees(message: string): TrainingRefusal {
  return { code: 'LIBRARY_DISAGREES', column: 'target', message };
}

const NOT_CALIBRATED: TrainingRefusal = {
  code: 'TOO_FEW_POSITIVES',
  column: 'target',
  message: 'too few rows were left out of bag to calibrate on; train on more rows or trees',
};
