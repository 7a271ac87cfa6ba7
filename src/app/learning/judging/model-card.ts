import type {
  Calibration,
  ForestSpec,
  TrainedForest,
  TrainingTable,
} from '../../../domain/forest.ts';
import type { CardCurves, ModelCard, TuningRecord } from '../../../domain/model-card.ts';
import type { ForestDeclaration } from '../../../domain/rule-set.ts';
import { calibratedPpm } from '../../../engine/propensity/scoring/calibrated-ppm.ts';
import { scorePpm } from '../../../engine/propensity/scoring/score-forest.ts';
import { scaledSums } from '../../../laboratory/judging/calibrate.ts';
import { logLoss } from '../evaluating/evaluated-figures.ts';
import { cardGroups } from '../training/monitored-groups.ts';
import { estimateMemory } from '../training/training-memory.ts';
import type { GatheredRows } from '../training/training-rows.ts';
import { coverageOf } from './card-coverage.ts';
import { limitsOf } from './card-limits.ts';
import { dependenceOf } from './partial-dependence.ts';
import { reliabilityOf } from './reliability.ts';
import { distributionOf } from './score-distribution.ts';
import type { TimedFigures } from './split-by-time.ts';

/** A training as a card needs it. */
export interface Learned {
  readonly trained: TrainedForest;
  readonly calibration: Calibration;
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
  readonly tuning: TuningRecord | null;
  /** The rows as they were gathered: when they stood, where they came from, whom they are of. */
  readonly gathered: Pick<GatheredRows, 'days' | 'live' | 'ageBands' | 'sexes'>;
  readonly monitoring: ForestDeclaration['monitoring'];
  /** Features left out because they had one value in all rows. */
  readonly constant: readonly string[];
  /** Units by feature, of those that have one. */
  readonly units: ReadonlyMap<string, string>;
  /** Figures on later rows, or why there are none. */
  readonly byTime: TimedFigures | string;
}

/** The card with all that can be drawn and said from the training itself. */
export function completeCard(
  card: ModelCard & { readonly spec: ForestSpec },
  learned: Learned,
): ModelCard {
  const { trained, calibration, labels, tuning, gathered, byTime, constant } = learned;
  const sums = scaledSums(trained.outOfBag, calibration.trees);
  const isScored = (_: unknown, row: number) => (sums[row] ?? -1) >= 0;
  const scored = labels.filter(isScored);
  const present = sums.filter(isScored);
  const raw = Int32Array.from(present, (sum) => scorePpm(sum, calibration.trees));
  const calibrated = Int32Array.from(present, (sum) => calibratedPpm(calibration, sum));
  const logLossPpm = Math.round(logLoss(scored, raw) * 1_000_000);
  const live = gathered.live.reduce((sum, one) => sum + one, 0);
  const told = {
    ...card,
    outOfBag: { ...card.outOfBag, logLossPpm },
    ...(tuning !== null && { tuning }),
    ...(typeof byTime !== 'string' && { timeSplit: byTime }),
    groups: cardGroups({
      labels: scored,
      scoresPpm: calibrated,
      ageBands: gathered.ageBands.filter(isScored),
      sexes: gathered.sexes.filter(isScored),
      monitoring: learned.monitoring,
    }),
    origins: { live, backfill: labels.length - live },
    coverage: { ...coverageOf(learned.table, labels, gathered.days), constant },
    memory: estimateMemory({
      rows: labels.length,
      features: card.features.length,
      spec: card.spec,
    }),
    curves: {
      reliability: reliabilityOf(scored, calibrated),
      distribution: distributionOf(scored, calibrated),
      dependence: drawnDependence(card, learned),
    },
  };
  return { ...told, limits: limitsOf(told, byTime) };
}

function drawnDependence(
  card: ModelCard,
  { trained, table, units }: Learned,
): CardCurves['dependence'] {
  const names = card.features
    .toSorted((a, b) => b.importancePpm - a.importancePpm || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
  return dependenceOf(trained.forest, table, names).map((drawn) => {
    const unit = units.get(drawn.name);
    return { ...drawn, ...(unit !== undefined && { unit }) };
  });
}
