import type {
  Calibration,
  CardCurves,
  Forest,
  ModelCard,
  TrainedForest,
  TrainingColumn,
  TrainingTable,
  TuningRecord,
} from '../../domain/forest.ts';
import { MISSING_NUMBER } from '../../domain/forest.ts';
import type { ForestDeclaration } from '../../domain/rule-set.ts';
import { calibratedPpm, scaledSums } from '../../engine/propensity/judging/calibrate.ts';
import { scorePpm } from '../../engine/propensity/scoring/score-forest.ts';
import { coverageOf } from './card-coverage.ts';
import { limitsOf } from './card-limits.ts';
import { logLoss } from './evaluated-figures.ts';
import { cardGroups } from './monitored-groups.ts';
import { pickRows } from './pick-rows.ts';
import { reliabilityOf } from './reliability.ts';
import { scoreTable } from './score-table.ts';
import type { TimedFigures } from './split-by-time.ts';
import { estimateMemory } from './training-memory.ts';
import type { GatheredRows } from './training-rows.ts';

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

const DRAWN_FEATURES = 6;
const DRAWN_POINTS = 9;
/** Rows over which a dependence is averaged. */
const SAMPLED_ROWS = 300;

/** The card with all that can be drawn and said from the training itself. */
export function completeCard(card: ModelCard, learned: Learned): ModelCard {
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
      dependence: dependenceOf(card, learned),
    },
  };
  return { ...told, limits: limitsOf(told, byTime) };
}

function distributionOf(labels: Uint8Array, scores: Int32Array): CardCurves['distribution'] {
  const greatest = scores.reduce((most, score) => Math.max(most, score), 1);
  const bins = Array.from({ length: 20 }, (_, bin) => ({
    fromPpm: Math.round((bin * greatest) / 20),
    rows: 0,
    positives: 0,
  }));
  for (const [row, score] of scores.entries()) {
    const bin = bins[Math.min(19, Math.floor((score * 20) / greatest))];
    if (bin === undefined) continue;
    bin.rows += 1;
    bin.positives += labels[row] ?? 0;
  }
  return bins;
}

function dependenceOf(
  card: ModelCard,
  { trained, table, units }: Learned,
): CardCurves['dependence'] {
  const step = Math.max(1, Math.floor(table.rows / SAMPLED_ROWS));
  const rows = Int32Array.from(
    { length: Math.min(table.rows, SAMPLED_ROWS) },
    (_, k) => k * step,
  );
  const sample = pickRows(table, rows);
  return card.features
    .toSorted((a, b) => b.importancePpm - a.importancePpm || (a.name < b.name ? -1 : 1))
    .slice(0, DRAWN_FEATURES)
    .flatMap(({ name }) => {
      const column = table.columns.find((one) => one.name === name);
      if (column === undefined) return [];
      const points = pointsOf(column).map((at) => ({
        at,
        ppm: meanWith(trained.forest, sample, { name, at }),
      }));
      const unit = units.get(name);
      return [{ name, ...(unit !== undefined && { unit }), points }];
    });
}

/** Quantiles of a number, from the 2nd to the 98th hundredth; the first categories. */
function pointsOf(column: TrainingColumn): readonly (number | string)[] {
  if (column.kind === 'category') return column.categories.slice(0, DRAWN_POINTS);
  const present = column.values.filter((value) => value !== MISSING_NUMBER).toSorted();
  const at = (share: number) => present[Math.floor(share * (present.length - 1))] ?? 0;
  const shares = Array.from(
    { length: DRAWN_POINTS },
    (_, k) => 0.02 + (0.96 * k) / (DRAWN_POINTS - 1),
  );
  return [...new Set(shares.map(at))];
}

function meanWith(
  forest: Forest,
  sample: TrainingTable,
  { name, at }: { readonly name: string; readonly at: number | string },
): number {
  const columns = sample.columns.map((column): TrainingColumn => {
    if (column.name !== name) return column;
    if (column.kind === 'number') {
      return { ...column, values: new Float64Array(sample.rows).fill(Number(at)) };
    }
    const code = column.categories.indexOf(String(at));
    return { ...column, codes: new Int16Array(sample.rows).fill(code) };
  });
  const sums = scoreTable(forest, { rows: sample.rows, columns });
  const sum = sums.reduce((total, one) => total + one, 0);
  return Math.round(sum / sample.rows / forest.trees.length);
}
