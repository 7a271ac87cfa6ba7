import type { Calibration } from '../../../domain/forest.ts';
import { calibratedPpm } from '../../../engine/propensity/scoring/calibrated-ppm.ts';
import { scorePpm } from '../../../engine/propensity/scoring/score-forest.ts';
import { measure } from '../../../laboratory/judging/metrics.ts';
import type { EvaluatedFigures, ScoredFigures } from './evaluation.ts';

/** A probability of 0 or 1 that fails would cost without end; none is taken for surer. */
const SUREST = 1e-6;

/** The figures of rows by their raw sums over the calibration's trees. */
export function figuresOfSums(
  labels: Uint8Array,
  sums: Float64Array,
  calibration: Calibration,
): ScoredFigures {
  const raw = Int32Array.from(sums, (sum) => scorePpm(sum, calibration.trees));
  const calibrated = Int32Array.from(sums, (sum) => calibratedPpm(calibration, sum));
  return { raw: figuresOf(labels, raw), calibrated: figuresOf(labels, calibrated) };
}

function figuresOf(labels: Uint8Array, scoresPpm: Int32Array): EvaluatedFigures {
  const figures = measure(labels, scoresPpm);
  return {
    auc: figures.aucPpm / 1e6,
    prAuc: figures.prAucPpm / 1e6,
    brier: figures.brierPpm / 1e6,
    logLoss: logLoss(labels, scoresPpm),
    ece: figures.ecePpm / 1e6,
    liftAtTenth: figures.liftAtTenthPpm / 1e6,
  };
}

/** Mean surprise of the outcomes, in nats, to six decimals. */
export function logLoss(labels: Uint8Array, scoresPpm: Int32Array): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const share = Math.min(1 - SUREST, Math.max(SUREST, (scoresPpm[row] ?? 0) / 1e6));
    sum -= Math.log(labels[row] === 1 ? share : 1 - share);
  }
  return Math.round((sum / labels.length) * 1e6) / 1e6;
}

/** The mean of every figure over seeds, to six decimals. */
export function meanOf(scored: readonly ScoredFigures[]): ScoredFigures {
  return {
    raw: meanFigures(scored.map(({ raw }) => raw)),
    calibrated: meanFigures(scored.map(({ calibrated }) => calibrated)),
  };
}

function meanFigures(figures: readonly EvaluatedFigures[]): EvaluatedFigures {
  const mean = (name: keyof EvaluatedFigures) =>
    Math.round((figures.reduce((sum, f) => sum + f[name], 0) / figures.length) * 1e6) / 1e6;
  return {
    auc: mean('auc'),
    prAuc: mean('prAuc'),
    brier: mean('brier'),
    logLoss: mean('logLoss'),
    ece: mean('ece'),
    liftAtTenth: mean('liftAtTenth'),
  };
}
