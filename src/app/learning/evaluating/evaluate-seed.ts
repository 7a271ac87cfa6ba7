import { digestBytes } from '../../../domain/digest.ts';
import type { Calibration, ForestSpec, TrainedForest } from '../../../domain/forest.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import { calibratedPpm } from '../../../engine/propensity/scoring/calibrated-ppm.ts';
import { scorePpm } from '../../../engine/propensity/scoring/score-forest.ts';
import { encodeForest } from '../../../engine/propensity/stored/forest-bytes.ts';
import { calibrate, scaledSums } from '../../../laboratory/judging/calibrate.ts';
import type { Trainer } from '../../ports/trainer.ts';
import { dependenceOf } from '../judging/partial-dependence.ts';
import { reliabilityOf } from '../judging/reliability.ts';
import { distributionOf } from '../judging/score-distribution.ts';
import { scoreTable } from '../judging/score-table.ts';
import { figuresOfSums } from './evaluated-figures.ts';
import type {
  EvaluatedCurves,
  EvaluationRefusal,
  Prediction,
  ScoredCurves,
  SeedReport,
} from './evaluation.ts';
import type { EvaluationTable, Part } from './evaluation-table.ts';

interface SeedDeps {
  readonly trainer: Trainer;
  readonly tell: (progress: { readonly done: number; readonly total: number }) => void;
  readonly onPrediction?: (prediction: Prediction) => void;
}

interface EvaluatedSeed {
  readonly report: SeedReport;
  readonly draw: () => EvaluatedCurves;
}

interface Judged {
  readonly labels: Uint8Array;
  readonly sums: Float64Array;
}

/** Trains by one seed, tells every row's prediction and measures; curves are drawn when asked. */
export async function evaluateSeed(
  spec: ForestSpec,
  { train, test }: EvaluationTable,
  deps: SeedDeps,
): Promise<Result<EvaluatedSeed, EvaluationRefusal>> {
  const { table, labels } = train;
  const trained = await deps.trainer({ table, labels, spec }, deps.tell);
  if (!trained.ok) return trained;
  const { forest, outOfBag } = trained.value;
  const calibration = calibrate(outOfBag, labels, spec.trees);
  if (calibration === null) {
    const message = 'no row was left out of bag to calibrate on: train on more rows or trees';
    return refuse({ code: 'TOO_FEW_POSITIVES', column: 'target', message });
  }
  const tellPart = (part: Part, word: Prediction['part'], sums: Float64Array) =>
    tellPredictions({ part, word, sums, seed: spec.seed }, calibration, deps);
  const sums = scaledSums(outOfBag, spec.trees);
  tellPart(train, 'train', sums);
  const testSums = test === null ? null : scoreTable(forest, test.table);
  if (test !== null && testSums !== null) tellPart(test, 'test', testSums);
  const wasScored = (_: unknown, row: number) => (sums[row] ?? -1) >= 0;
  const judged = { labels: labels.filter(wasScored), sums: sums.filter(wasScored) };
  const tested = test && testSums && { labels: test.labels, sums: testSums };
  const importances = sharesOf(trained.value);
  const names = importances.map(({ name }) => name);
  return ok({
    report: {
      seed: spec.seed,
      digest: digestBytes(encodeForest(forest)),
      outOfBag: figuresOfSums(judged.labels, judged.sums, calibration),
      test: tested && figuresOfSums(tested.labels, tested.sums, calibration),
      importances,
    },
    draw: () => ({
      seed: spec.seed,
      outOfBag: curvesOf(judged, calibration),
      test: tested && curvesOf(tested, calibration),
      dependence: dependenceOf(forest, table, names),
    }),
  });
}

/** Curves of the calibrated scores, as a card has them. */
function curvesOf({ labels, sums }: Judged, calibration: Calibration): ScoredCurves {
  const scores = Int32Array.from(sums, (sum) => calibratedPpm(calibration, sum));
  return {
    reliability: reliabilityOf(labels, scores),
    distribution: distributionOf(labels, scores),
  };
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
  { onPrediction }: SeedDeps,
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
