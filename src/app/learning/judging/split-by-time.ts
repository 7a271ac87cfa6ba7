import { fromEpochDay, toEpochDay } from '../../../domain/business-date.ts';
import type { SplitByTime } from '../../../domain/card-parts.ts';
import type { Duration } from '../../../domain/duration.ts';
import { plusDuration } from '../../../domain/duration.ts';
import type { ForestSpec, TrainingTable } from '../../../domain/forest.ts';
import type { CardCurves, ForestFigures } from '../../../domain/model-card.ts';
import { calibratedPpm } from '../../../engine/propensity/scoring/calibrated-ppm.ts';
import { scorePpm } from '../../../engine/propensity/scoring/score-forest.ts';
import { calibrate } from '../../../laboratory/judging/calibrate.ts';
import { measure } from '../../../laboratory/judging/metrics.ts';
import { constantFeatures } from '../../../laboratory/training/check-table.ts';
import type { Trainer } from '../../ports/trainer.ts';
import { logLoss } from '../evaluating/evaluated-figures.ts';
import { pickRows } from '../training/pick-rows.ts';
import { reliabilityOf } from './reliability.ts';
import { scoreTable } from './score-table.ts';

/** The rows before this share of them, by day, train; the others test. */
const TRAINING_SHARE = 0.7;
/** Fewer rows of either class give no figure. */
const LEAST_OF_A_CLASS = 10;

/** The rows of one forest; `window` is how long after its day a row's outcome stays open. */
export interface DatedRows {
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
  /** For each row its day, as an epoch day. */
  readonly days: readonly number[];
  readonly spec: ForestSpec;
  readonly window: Duration;
}

/** Both sets of figures are of the late rows; the calibration is learnt on the early ones. */
export type TimedFigures = SplitByTime & {
  readonly raw: ForestFigures;
  readonly calibrated: ForestFigures;
  readonly reliability: CardCurves['reliability'];
};

/**
 * Trains on the rows before a day and measures on the others, by the same settings. Rows whose
 * outcome was still open on that day are left out of the training where enough others remain. A
 * reason in words where the rows allow no such split.
 */
export async function figuresByTime(
  dated: DatedRows,
  trainer: Trainer,
  onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<TimedFigures | string> {
  const parts = partsOf(dated);
  if (typeof parts === 'string') return parts;
  const train = pick(dated, parts.train);
  const test = pick(dated, parts.test);
  const constant = new Set(constantFeatures(train.table));
  const columns = train.table.columns.filter(({ name }) => !constant.has(name));
  const table = { ...train.table, columns };
  const { labels } = train;
  const trained = await trainer({ table, labels, spec: dated.spec }, onProgress);
  if (!trained.ok) return trained.refusal.message;
  const { forest, outOfBag } = trained.value;
  const calibration = calibrate(outOfBag, labels, dated.spec.trees);
  if (calibration === null) return 'no early row was left out of bag to calibrate on';
  const sums = scoreTable(forest, test.table);
  const raw = Int32Array.from(sums, (sum) => scorePpm(sum, dated.spec.trees));
  const calibrated = Int32Array.from(sums, (sum) => calibratedPpm(calibration, sum));
  return {
    ...spanOf(dated, parts),
    raw: figuresOf(test.labels, raw),
    calibrated: figuresOf(test.labels, calibrated),
    reliability: reliabilityOf(test.labels, calibrated),
  };
}

interface Parts {
  readonly train: Int32Array;
  readonly test: Int32Array;
  readonly overlaps: boolean;
}

function partsOf(dated: DatedRows): Parts | string {
  const { days, labels, window } = dated;
  const sorted = Float64Array.from(days).toSorted();
  const cut = sorted[Math.floor(sorted.length * TRAINING_SHARE)] ?? 0;
  if (cut === sorted[0]) return 'its rows stand on too few days to set later ones apart';
  const rows = Int32Array.from(days.keys());
  const early = rows.filter((row) => (days[row] ?? 0) < cut);
  const test = rows.filter((row) => (days[row] ?? 0) >= cut);
  const lastClosed = lastDayClosedBy(cut, window);
  const closed = early.filter((row) => (days[row] ?? 0) <= lastClosed);
  // Half of the early rows still tell the same forest; less would judge another one.
  const isEnough = closed.length * 2 >= early.length && hasBoth(closed, labels);
  const train = isEnough ? closed : early;
  if (!hasBoth(train, labels)) return 'too few early rows are positive or negative';
  if (!hasBoth(test, labels)) return 'too few late rows are positive or negative';
  const lastTrained = train.reduce((last, row) => Math.max(last, days[row] ?? 0), 0);
  return { train, test, overlaps: lastTrained > lastClosed };
}

/** The last day whose window has ended by a day. */
function lastDayClosedBy(cut: number, window: Duration): number {
  let day = cut;
  while (toEpochDay(plusDuration(fromEpochDay(day), window)) > cut) day -= 1;
  return day;
}

function hasBoth(rows: Int32Array, labels: Uint8Array): boolean {
  const positives = rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
  return Math.min(positives, rows.length - positives) >= LEAST_OF_A_CLASS;
}

function pick({ table, labels }: DatedRows, rows: Int32Array) {
  return { table: pickRows(table, rows), labels: labelsOf(rows, labels) };
}

function labelsOf(rows: Int32Array, labels: Uint8Array): Uint8Array {
  return Uint8Array.from(rows, (row) => labels[row] ?? 0);
}

function spanOf({ days, labels }: DatedRows, { train, test, overlaps }: Parts): SplitByTime {
  const positives = (rows: Int32Array) => rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
  const dates = (rows: Int32Array) => {
    const own = Float64Array.from(rows, (row) => days[row] ?? 0).toSorted();
    return { from: fromEpochDay(own[0] ?? 0), to: fromEpochDay(own.at(-1) ?? 0) };
  };
  const [early, late] = [dates(train), dates(test)];
  return {
    trainFrom: early.from,
    trainTo: early.to,
    testFrom: late.from,
    testTo: late.to,
    trainRows: train.length,
    trainPositives: positives(train),
    testRows: test.length,
    testPositives: positives(test),
    overlaps,
  };
}

function figuresOf(labels: Uint8Array, scoresPpm: Int32Array): ForestFigures {
  const logLossPpm = Math.round(logLoss(labels, scoresPpm) * 1_000_000);
  return { ...measure(labels, scoresPpm), logLossPpm };
}
