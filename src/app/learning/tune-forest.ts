import type {
  ForestFigures,
  ForestSpec,
  TrainingRefusal,
  TrainingTable,
  TriedSetting,
  TuningRecord,
} from '../../domain/forest.ts';
import { ok, type Result } from '../../domain/result.ts';
import { scaledSums } from '../../engine/propensity/calibrate.ts';
import { measure } from '../../engine/propensity/metrics.ts';
import { scorePpm } from '../../engine/propensity/score-forest.ts';
import type { Trainer } from '../ports/trainer.ts';

/** The leaves tried: bootstrap-weighted rows. */
export const TRIED_LEAVES = [8, 16, 32, 64] as const;

/** The shares of the columns tried at each node. */
export const TRIED_SHARES_PPM = [100_000, 150_000, 250_000] as const;

/** Each setting grows half of these, then all: about fifteen judge a row in the end. */
const TUNING_TREES = 40;

/** Trees that a tuning grows in all. */
export const TUNING_GROWS = TRIED_LEAVES.length * TRIED_SHARES_PPM.length * TUNING_TREES * 1.5;

/** A tree leaves out this share of the rows. */
const OUT_OF_BAG_SHARE = 0.368;

interface Tuning {
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
  readonly spec: ForestSpec;
}

/**
 * Tries every leaf with every share, out of bag only, and takes the setting from which the whole
 * forest should rank best. Twelve trainings of forty trees and twelve of twenty: about seven
 * trainings of a hundred.
 */
export async function tuneForest(
  { table, labels, spec }: Tuning,
  trainer: Trainer,
  onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<Result<TuningRecord, TrainingRefusal>> {
  const tried: TriedSetting[] = [];
  const total = TRIED_LEAVES.length * TRIED_SHARES_PPM.length;
  for (const minimumLeaf of TRIED_LEAVES) {
    for (const featureSharePpm of TRIED_SHARES_PPM) {
      const setting = { ...spec, minimumLeaf, featureSharePpm };
      const few = await figuresOf({ table, labels, spec: setting }, TUNING_TREES / 2, trainer);
      if (!few.ok) return few;
      const more = await figuresOf({ table, labels, spec: setting }, TUNING_TREES, trainer);
      if (!more.ok) return more;
      const { aucPpm, brierPpm } = more.value;
      const expectedAucPpm = expectedOf(few.value.aucPpm, aucPpm, spec.trees);
      tried.push({ minimumLeaf, featureSharePpm, aucPpm, brierPpm, expectedAucPpm });
      onProgress?.({ done: tried.length, total });
    }
  }
  const { minimumLeaf, featureSharePpm } = best(tried) ?? spec;
  return ok({
    trees: TUNING_TREES,
    seed: spec.seed,
    criterion: 'EXPECTED_AUC',
    tried,
    chosen: { minimumLeaf, featureSharePpm },
  });
}

async function figuresOf(
  { table, labels, spec }: Tuning,
  trees: number,
  trainer: Trainer,
): Promise<Result<ForestFigures, TrainingRefusal>> {
  const trained = await trainer({ table, labels, spec: { ...spec, trees } });
  if (!trained.ok) return trained;
  const sums = scaledSums(trained.value.outOfBag, trees);
  const scored = labels.filter((_, row) => (sums[row] ?? -1) >= 0);
  const present = sums.filter((sum) => sum >= 0);
  return ok(
    measure(
      scored,
      Int32Array.from(present, (sum) => scorePpm(sum, trees)),
    ),
  );
}

/**
 * What is lost to the randomness of trees falls as one over their number. Compared as they are,
 * the few out-of-bag trees would favour settings that a whole forest does not need.
 */
function expectedOf(fewPpm: number, morePpm: number, trees: number): number {
  const judging = OUT_OF_BAG_SHARE * TUNING_TREES;
  const share = 1 - Math.min(1, judging / trees);
  return morePpm + Math.round((morePpm - fewPpm) * share);
}

/** Where equal, the larger leaf, which is the smaller forest. */
function best(tried: readonly TriedSetting[]): TriedSetting | undefined {
  return tried.toSorted(
    (a, b) =>
      b.expectedAucPpm - a.expectedAucPpm ||
      b.minimumLeaf - a.minimumLeaf ||
      a.featureSharePpm - b.featureSharePpm,
  )[0];
}
