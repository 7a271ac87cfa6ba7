import { digestBytes } from '../../domain/digest.ts';
import type {
  Calibration,
  ForestSpec,
  TrainedForest,
  TuningRecord,
} from '../../domain/forest.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { calibrate, calibratedPpm, scaledSums } from '../../engine/propensity/calibrate.ts';
import { encodeForest } from '../../engine/propensity/forest-bytes.ts';
import { scorePpm } from '../../engine/propensity/score-forest.ts';
import type { Trainer } from '../ports/trainer.ts';
import { figuresOfSums, meanOf } from './evaluated-figures.ts';
import type {
  EvaluationRefusal,
  EvaluationReport,
  EvaluationRequest,
  Prediction,
  SeedReport,
} from './evaluation.ts';
import { type EvaluationTable, type Part, readEvaluationTable } from './evaluation-table.ts';
import { scoreTable } from './score-table.ts';
import { tuneForest } from './tune-forest.ts';

export interface EvaluationDeps {
  readonly trainer: Trainer;
  readonly onProgress?: (stage: string, done: number, total: number) => void;
  /** Called for every row that a seed's forest scored, test rows and training rows out of bag. */
  readonly onPrediction?: (prediction: Prediction) => void;
}

/** Trains, calibrates and measures on any table; the same table and request, the same report. */
export async function evaluateForest(
  request: EvaluationRequest,
  deps: EvaluationDeps,
): Promise<Result<EvaluationReport, EvaluationRefusal>> {
  const seedsAreWrong = refuseSeeds(request.seeds);
  if (seedsAreWrong !== null) return refuse(seedsAreWrong);
  const read = readEvaluationTable(request);
  if (!read.ok) return read;
  const parts = read.value;
  const testIsWrong = refuseTest(request.target, parts);
  if (testIsWrong !== null) return refuse(testIsWrong);
  const seeded = { ...request.spec, seed: request.seeds[0] ?? request.spec.seed };
  let tuning: TuningRecord | null = null;
  if (request.tune) {
    const { table, labels } = parts.train;
    const tuned = await tuneForest({ table, labels, spec: seeded }, deps.trainer, (progress) =>
      deps.onProgress?.('tuning', progress.done, progress.total),
    );
    if (!tuned.ok) return refuse(named(tuned.refusal, request.target));
    tuning = tuned.value;
  }
  const spec = { ...seeded, ...tuning?.chosen };
  const seeds: SeedReport[] = [];
  for (const seed of request.seeds) {
    const report = await evaluateSeed({ ...spec, seed }, parts, deps);
    if (!report.ok) return refuse(named(report.refusal, request.target));
    seeds.push(report.value);
  }
  return ok(reportOf(request, parts, { spec, tuning, seeds }));
}

/** The trainer knows no column names but its features'. */
function named(refusal: EvaluationRefusal, target: string): EvaluationRefusal {
  return refusal.column === 'target' ? { ...refusal, column: target } : refusal;
}

function refuseSeeds(seeds: readonly number[]): EvaluationRefusal | null {
  const wrong = seeds.find(
    (seed, k) =>
      !Number.isInteger(seed) || seed < 0 || seed > 0xffffffff || k !== seeds.indexOf(seed),
  );
  if (wrong === undefined && seeds.length > 0) return null;
  const message = 'give different whole numbers from 0 to 4294967295, such as `1,2,3`';
  return { code: 'BAD_SEED', column: 'seeds', message };
}

function refuseTest(target: string, { test }: EvaluationTable): EvaluationRefusal | null {
  if (test === null || (test.labels.includes(0) && test.labels.includes(1))) return null;
  const message = `all ${test.labels.length} test rows have one class: widen the test part`;
  return { code: 'ONE_CLASS', column: target, message };
}

async function evaluateSeed(
  spec: ForestSpec,
  { train, test }: EvaluationTable,
  deps: EvaluationDeps,
): Promise<Result<SeedReport, EvaluationRefusal>> {
  const { table, labels } = train;
  const trained = await deps.trainer({ table, labels, spec }, ({ done, total }) =>
    deps.onProgress?.(`seed ${spec.seed}`, done, total),
  );
  if (!trained.ok) return trained;
  const { forest, outOfBag } = trained.value;
  const calibration = calibrate(outOfBag, labels, spec.trees);
  if (calibration === null) {
    const message = 'no row was left out of bag to calibrate on: train on more rows or trees';
    return refuse({ code: 'TOO_FEW_POSITIVES', column: 'target', message });
  }
  const tell = (part: Part, word: Prediction['part'], sums: Float64Array) =>
    tellPredictions({ part, word, sums, seed: spec.seed }, calibration, deps);
  const sums = scaledSums(outOfBag, spec.trees);
  tell(train, 'train', sums);
  const testSums = test === null ? null : scoreTable(forest, test.table);
  if (test !== null && testSums !== null) tell(test, 'test', testSums);
  const wasScored = (_: unknown, row: number) => (sums[row] ?? -1) >= 0;
  return ok({
    seed: spec.seed,
    digest: digestBytes(encodeForest(forest)),
    outOfBag: figuresOfSums(labels.filter(wasScored), sums.filter(wasScored), calibration),
    test:
      test === null || testSums === null
        ? null
        : figuresOfSums(test.labels, testSums, calibration),
    importances: sharesOf(trained.value),
  });
}

interface Told {
  readonly part: Part;
  readonly word: Prediction['part'];
  readonly sums: Float64Array;
  readonly seed: number;
}

/** By row of the file, so that the order of telling is the file's. */
function tellPredictions(
  { part, word, sums, seed }: Told,
  calibration: Calibration,
  { onPrediction }: EvaluationDeps,
): void {
  if (onPrediction === undefined) return;
  const { rowIds } = part;
  const order = Int32Array.from(rowIds.keys()).toSorted(
    (a, b) => (rowIds[a] ?? 0) - (rowIds[b] ?? 0),
  );
  for (const k of order) {
    const sum = sums[k] ?? -1;
    if (sum < 0) continue;
    onPrediction({
      row: rowIds[k] ?? 0,
      part: word,
      seed,
      rawPpm: scorePpm(sum, calibration.trees),
      calibratedPpm: calibratedPpm(calibration, sum),
    });
  }
}

function sharesOf({ forest, importances }: TrainedForest): SeedReport['importances'] {
  const total = importances.reduce((sum, importance) => sum + importance, 0);
  return forest.features
    .map(({ name }, f) => ({
      name,
      share: total === 0 ? 0 : Math.round(((importances[f] ?? 0) / total) * 1e6) / 1e6,
    }))
    .toSorted((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
}

function reportOf(
  { table, target, positive }: EvaluationRequest,
  { train, test, leftOut, features }: EvaluationTable,
  learned: {
    readonly spec: ForestSpec;
    readonly tuning: TuningRecord | null;
    readonly seeds: readonly SeedReport[];
  },
): EvaluationReport {
  const { seed: _, ...spec } = learned.spec;
  const sizeOf = ({ labels }: Part) => ({
    rows: labels.length,
    positives: labels.reduce((sum, label) => sum + label, 0),
  });
  const tests = learned.seeds.flatMap((seed) => seed.test ?? []);
  return {
    file: table.file,
    target: { column: target, positive },
    train: sizeOf(train),
    test: test === null ? null : sizeOf(test),
    leftOut,
    features,
    spec,
    tuning: learned.tuning,
    seeds: learned.seeds,
    mean: {
      outOfBag: meanOf(learned.seeds.map(({ outOfBag }) => outOfBag)),
      test: tests.length === 0 ? null : meanOf(tests),
    },
  };
}
