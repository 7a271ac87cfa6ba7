import type { Calibration, ForestSpec, TrainedForest } from '../../domain/forest.ts';
import { DEFAULT_FOREST_SPEC } from '../../domain/forest.ts';
import type { ModelCard } from '../../domain/model-card.ts';
import { timesRatio } from '../../domain/ppm.ts';
import { calibratedPpm } from '../../engine/propensity/scoring/calibrated-ppm.ts';
import { scorePpm } from '../../engine/propensity/scoring/score-forest.ts';
import { scaledSums } from './calibrate.ts';
import { brierPpm, calibrationErrorPpm, measure } from './metrics.ts';

/** What the trainer cannot know about a forest. */
export type CardDeclaration = Pick<
  ModelCard,
  'id' | 'predictsFor' | 'target' | 'trainingWindow' | 'permittedUses' | 'owner'
>;

/** The passport of a forest just trained and calibrated, with its out-of-bag figures. */
export function writeCard(
  declared: CardDeclaration,
  trained: TrainedForest & { readonly calibration: Calibration },
  labels: Uint8Array,
): ModelCard & { readonly spec: ForestSpec } {
  const { forest, calibration } = trained;
  const sums = scaledSums(trained.outOfBag, calibration.trees);
  const scored = labels.filter((_, row) => (sums[row] ?? -1) >= 0);
  const scoredSums = sums.filter((sum) => sum >= 0);
  const raw = Int32Array.from(scoredSums, (sum) => scorePpm(sum, calibration.trees));
  const calibrated = Int32Array.from(scoredSums, (sum) => calibratedPpm(calibration, sum));
  return {
    ...declared,
    rows: labels.length,
    positives: labels.reduce((sum, label) => sum + label, 0),
    features: sharesOf(trained),
    outOfBag: measure(scored, raw),
    calibrated: {
      brierPpm: brierPpm(scored, calibrated),
      ecePpm: calibrationErrorPpm(scored, calibrated),
    },
    spec: forest.spec ?? DEFAULT_FOREST_SPEC,
  };
}

function sharesOf({ forest, importances }: TrainedForest): ModelCard['features'] {
  const total = importances.reduce((sum, importance) => sum + importance, 0);
  return forest.features.map(({ name }, f) => ({
    name,
    importancePpm: total === 0 ? 0 : timesRatio(1_000_000, importances[f] ?? 0, total),
  }));
}
