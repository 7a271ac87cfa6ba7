import type { TrainingMemory } from '../../../domain/card-parts.ts';
import { DEFAULT_FOREST_PLAN, type ForestSpec } from '../../../domain/forest.ts';
import type { TuningRecord } from '../../../domain/model-card.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import { refuseSpec } from '../../../laboratory/training/check-table.ts';
import { settleSpec } from '../../../laboratory/training/settle-spec.ts';
import type { Trainer } from '../../ports/trainer.ts';
import { tuneForest, tuningGrows } from '../training/tune-forest.ts';
import { evaluateSeed } from './evaluate-seed.ts';
import { meanOf } from './evaluated-figures.ts';
import type {
  EvaluatedCurves,
  EvaluationRefusal,
  EvaluationReport,
  EvaluationRequest,
  Prediction,
  SeedReport,
} from './evaluation.ts';
import {
  type EvaluationBound,
  type EvaluationSize,
  evaluationMemory,
  refuseEvaluation,
  sizeSoFar,
} from './evaluation-memory.ts';
import {
  type EvaluationTable,
  type Part,
  readEvaluationTable,
  targetValues,
} from './evaluation-table.ts';
import { suspectLeaks } from './suspect-leaks.ts';

/** Threads and memory decide whether and how fast an evaluation runs, never a figure of it. */
export interface EvaluationDeps extends EvaluationBound {
  readonly trainer: Trainer;
  /** `share` is of all trainings, 0 to 1. */
  readonly onProgress?: (
    activity: string,
    progress: { readonly done: number; readonly total: number; readonly share: number },
  ) => void;
  /** Called for every row that a seed's forest scored, test rows and training rows out of bag. */
  readonly onPrediction?: (prediction: Prediction) => void;
}

/** Trains, calibrates and measures on any table; the same table and request, the same report. */
export async function evaluateForest(
  request: EvaluationRequest,
  deps: EvaluationDeps,
): Promise<Result<EvaluationReport, EvaluationRefusal>> {
  const wrong =
    refuseSettings(request) ??
    refuseIgnored(request) ??
    refuseEvaluation(sizeBefore(request), deps);
  if (wrong !== null) return refuse(wrong);
  const read = readEvaluationTable(request);
  if (!read.ok) return read;
  const parts = read.value;
  const testIsWrong = refuseTest(request.target, parts);
  if (testIsWrong !== null) return refuse(testIsWrong);
  const seeded = seededSpec(request, parts);
  const size = { ...sizeBefore(request), trees: seeded.trees };
  const tooLarge = refuseEvaluation(size, deps);
  if (tooLarge !== null) return refuse(tooLarge);
  const tell = tellShares(request, seeded.trees, deps);
  let tuning: TuningRecord | null = null;
  if (request.tune) {
    const { table, labels } = parts.train;
    const tuned = await tuneForest(
      { table, labels, spec: seeded },
      deps.trainer,
      tell('tuning', 0),
    );
    if (!tuned.ok) return refuse(named(tuned.refusal, request.target));
    tuning = tuned.value;
  }
  const spec = { ...seeded, ...tuning?.chosen };
  const seeds: SeedReport[] = [];
  let curves: EvaluatedCurves | null = null;
  for (const [k, seed] of request.seeds.entries()) {
    const conduct = { ...deps, tell: tell(`seed ${seed}`, k + 1) };
    const report = await evaluateSeed({ ...spec, seed }, parts, conduct);
    if (!report.ok) return refuse(named(report.refusal, request.target));
    seeds.push(report.value.report);
    curves ??= report.value.draw();
  }
  const memory = evaluationMemory(size);
  return ok(reportOf(request, parts, { spec, tuning, seeds, curves, memory }));
}

/** What is wrong with the settings of an evaluation, whatever its table; or null. */
export function refuseSettings({
  plan,
  seeds,
}: Pick<EvaluationRequest, 'plan' | 'seeds'>): EvaluationRefusal | null {
  const { trees, featureSharePpm } = plan;
  const wrong = refuseSpec({
    ...plan,
    trees: trees ?? DEFAULT_FOREST_PLAN.trees,
    featureSharePpm: featureSharePpm ?? 1,
  });
  return refuseSeeds(seeds) ?? wrong;
}

/** Fewer positives than this make a ranking that hangs on the trees: more of them steady it. */
const FEW_POSITIVES = 1000;
const TREES_FOR_FEW = 300;

/** The plan with what follows from the rows to train on, by the first seed. */
function seededSpec({ plan, seeds }: EvaluationRequest, { train }: EvaluationTable): ForestSpec {
  const isFew = positivesOf(train) < FEW_POSITIVES;
  const trees = plan.trees ?? (isFew ? TREES_FOR_FEW : DEFAULT_FOREST_PLAN.trees);
  return settleSpec({ ...plan, trees, seed: seeds[0] ?? plan.seed }, train.table);
}

function positivesOf({ labels }: Part): number {
  return labels.reduce((sum, label) => sum + label, 0);
}

function sizeBefore(request: EvaluationRequest): EvaluationSize {
  const { table, split } = request;
  const columns = table.names.length;
  const splitRows = split === null ? null : split.rows;
  return sizeSoFar({ ...request, splitRows }, { ...table, columns });
}

type Tell = (progress: { readonly done: number; readonly total: number }) => void;

/** Activity 0 is the tuning, the others a seed each; weighed by the trees they grow. */
function tellShares(
  { tune, seeds }: EvaluationRequest,
  trees: number,
  { onProgress }: EvaluationDeps,
): (activity: string, place: number) => Tell {
  const tuning = tune ? tuningGrows(trees) : 0;
  const all = Math.max(1, tuning + seeds.length * trees);
  return (activity, place) => {
    const [before, own] = place === 0 ? [0, tuning] : [tuning + (place - 1) * trees, trees];
    return ({ done, total }) => {
      const share = (before + (own * done) / Math.max(1, total)) / all;
      onProgress?.(activity, { done, total, share });
    };
  };
}

/** The trainer knows no column names but its features', and no option of a command. */
function named(refusal: EvaluationRefusal, target: string): EvaluationRefusal {
  if (refusal.code === 'TOO_MANY_COLUMNS') {
    const message = `${refusal.message}: leave some out by \`--ignore\``;
    return { ...refusal, column: 'columns', message };
  }
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

function refuseIgnored({ target, ignore }: EvaluationRequest): EvaluationRefusal | null {
  if (!ignore.includes(target)) return null;
  const message = `\`${target}\` is the target and cannot be ignored: name it once`;
  return { code: 'IGNORED_TARGET', column: target, message };
}

function refuseTest(target: string, { test }: EvaluationTable): EvaluationRefusal | null {
  if (test === null || (test.labels.includes(0) && test.labels.includes(1))) return null;
  const message = `all ${test.labels.length} test rows have one class: widen the test part`;
  return { code: 'ONE_CLASS', column: target, message };
}

function reportOf(
  request: EvaluationRequest,
  { train, test, leftOut, features }: EvaluationTable,
  learned: {
    readonly spec: ForestSpec;
    readonly tuning: TuningRecord | null;
    readonly seeds: readonly SeedReport[];
    readonly curves: EvaluatedCurves | null;
    readonly memory: TrainingMemory;
  },
): EvaluationReport {
  const { table, target, positive } = request;
  const { seed: _, ...spec } = learned.spec;
  const sizeOf = (part: Part) => ({ rows: part.labels.length, positives: positivesOf(part) });
  const tests = learned.seeds.flatMap((seed) => seed.test ?? []);
  return {
    file: table.file,
    target: { column: target, positive, ...targetValues(request) },
    train: sizeOf(train),
    test: test === null ? null : sizeOf(test),
    leftOut,
    features,
    warnings: suspectLeaks(train),
    spec,
    tuning: learned.tuning,
    memory: learned.memory,
    seeds: learned.seeds,
    curves: learned.curves,
    mean: {
      outOfBag: meanOf(learned.seeds.map(({ outOfBag }) => outOfBag)),
      test: tests.length === 0 ? null : meanOf(tests),
    },
  };
}
