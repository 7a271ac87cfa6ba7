import type { ForestSpec, TrainingRefusal, TrainingTable } from '../../domain/forest.ts';
import { ok, type Result } from '../../domain/result.ts';
import { scaledSums } from '../../engine/propensity/calibrate.ts';
import { measure } from '../../engine/propensity/metrics.ts';
import { scorePpm } from '../../engine/propensity/score-forest.ts';
import type { Trainer } from '../ports/trainer.ts';
import type { TriedSetting, TuningRecord } from './evaluation.ts';

/** The leaves tried: bootstrap-weighted rows. */
export const TRIED_LEAVES = [8, 16, 32, 64] as const;

/** The shares of the columns tried at each node. */
export const TRIED_SHARES_PPM = [100_000, 150_000, 250_000] as const;

/** Trees each setting gets: every row is then judged by about fifteen. */
const TUNING_TREES = 40;

interface Tuning {
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
  readonly spec: ForestSpec;
}

/**
 * Tries every leaf with every share and takes the setting with the least out-of-bag squared error,
 * which rows kept for testing never see. Costs about five trainings of a hundred trees.
 */
export async function tuneForest(
  { table, labels, spec }: Tuning,
  trainer: Trainer,
  onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<Result<TuningRecord, TrainingRefusal>> {
  const trees = Math.min(spec.trees, TUNING_TREES);
  const tried: TriedSetting[] = [];
  const total = TRIED_LEAVES.length * TRIED_SHARES_PPM.length;
  for (const minimumLeaf of TRIED_LEAVES) {
    for (const featureSharePpm of TRIED_SHARES_PPM) {
      const setting = { ...spec, trees, minimumLeaf, featureSharePpm };
      const trained = await trainer({ table, labels, spec: setting });
      if (!trained.ok) return trained;
      const sums = scaledSums(trained.value.outOfBag, trees);
      const scored = labels.filter((_, row) => (sums[row] ?? -1) >= 0);
      const scores = Int32Array.from(
        sums.filter((sum) => sum >= 0),
        (sum) => scorePpm(sum, trees),
      );
      const { aucPpm, brierPpm } = measure(scored, scores);
      tried.push({ minimumLeaf, featureSharePpm, aucPpm, brierPpm });
      onProgress?.({ done: tried.length, total });
    }
  }
  const chosen = best(tried) ?? spec;
  const { minimumLeaf, featureSharePpm } = chosen;
  return ok({
    trees,
    seed: spec.seed,
    criterion: 'OUT_OF_BAG_BRIER',
    tried,
    chosen: { minimumLeaf, featureSharePpm },
  });
}

/** Least squared error; where equal, the larger leaf, which is the smaller forest. */
function best(tried: readonly TriedSetting[]): TriedSetting | undefined {
  return tried.toSorted(
    (a, b) =>
      a.brierPpm - b.brierPpm ||
      b.minimumLeaf - a.minimumLeaf ||
      a.featureSharePpm - b.featureSharePpm,
  )[0];
}
