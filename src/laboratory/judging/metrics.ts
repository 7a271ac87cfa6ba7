import type { ForestFigures } from '../../domain/model-card.ts';

/** Rows of one score, best score first. */
interface Tie {
  readonly scorePpm: number;
  readonly rows: number;
  readonly positives: number;
}

/** How well scores (ppm) part positive from negative rows, and how true they are. */
export function measure(labels: Uint8Array, scoresPpm: Int32Array): ForestFigures {
  const order = bestFirst(scoresPpm);
  const ties = tiesOf(labels, scoresPpm, order);
  return {
    aucPpm: aucPpm(ties),
    prAucPpm: prAucPpm(ties),
    brierPpm: brierPpm(labels, scoresPpm),
    ecePpm: ecePpm(labels, scoresPpm),
    liftAtTenthPpm: liftAtTenthPpm(ties),
  };
}

/** Mean squared error of the scores as probabilities. */
export function brierPpm(labels: Uint8Array, scoresPpm: Int32Array): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const error = (scoresPpm[row] ?? 0) / 1_000_000 - (labels[row] ?? 0);
    sum += error * error;
  }
  return Math.round((sum / labels.length) * 1_000_000);
}

/** Mean distance of score and outcome over ten bins of equal frequency, weighted by rows. */
export function calibrationErrorPpm(labels: Uint8Array, scoresPpm: Int32Array): number {
  return ecePpm(labels, scoresPpm);
}

/** Row numbers by falling score, equal scores by row. */
function bestFirst(scoresPpm: Int32Array): Uint32Array {
  const rows = scoresPpm.length;
  const keys = Float64Array.from(scoresPpm, (score, row) => (1_000_000 - score) * rows + row);
  return Uint32Array.from(keys.toSorted(), (key) => key % rows);
}

function tiesOf(labels: Uint8Array, scores: Int32Array, order: Uint32Array): readonly Tie[] {
  const ties: Tie[] = [];
  for (let at = 0; at < order.length; ) {
    const score = scores[order[at] ?? 0] ?? 0;
    let positives = 0;
    let end = at;
    for (; end < order.length && scores[order[end] ?? 0] === score; end += 1) {
      positives += labels[order[end] ?? 0] ?? 0;
    }
    ties.push({ scorePpm: score, rows: end - at, positives });
    at = end;
  }
  return ties;
}

function positivesOf(ties: readonly Tie[]): number {
  return ties.reduce((sum, tie) => sum + tie.positives, 0);
}

function rowsOf(ties: readonly Tie[]): number {
  return ties.reduce((sum, tie) => sum + tie.rows, 0);
}

/** The chance that a positive row is scored above a negative one, a tie counting half. */
function aucPpm(ties: readonly Tie[]): number {
  const positives = positivesOf(ties);
  const negatives = rowsOf(ties) - positives;
  let above = 0;
  let pairs = 0;
  for (const tie of ties) {
    pairs += (tie.rows - tie.positives) * (above + tie.positives / 2);
    above += tie.positives;
  }
  return Math.round((pairs / positives / negatives) * 1_000_000);
}

/** Average precision: the area under precision over recall, by steps. */
function prAucPpm(ties: readonly Tie[]): number {
  let rows = 0;
  let positives = 0;
  let area = 0;
  for (const tie of ties) {
    rows += tie.rows;
    positives += tie.positives;
    area += (tie.positives * positives) / rows;
  }
  return Math.round((area / positives) * 1_000_000);
}

/** One of ten bins of equal frequency: sums over its rows. */
interface ScoreBin {
  readonly rows: number;
  readonly scoresPpm: number;
  /** A fraction where a bin takes a part of rows that share one score. */
  readonly positives: number;
}

/**
 * Ten bins of equal frequency, least scores first. Rows of one score are shared out in proportion:
 * calibrated scores are steps, and which of equal rows a bin took would be luck.
 */
export function equalBins(labels: Uint8Array, scoresPpm: Int32Array): readonly ScoreBin[] {
  const order = bestFirst(scoresPpm);
  const ties = tiesOf(labels, scoresPpm, order).toReversed();
  let at = 0;
  let taken = 0;
  return Array.from({ length: 10 }, (_, bin) => {
    const rows =
      Math.floor(((bin + 1) * order.length) / 10) - Math.floor((bin * order.length) / 10);
    let scores = 0;
    let positives = 0;
    for (let left = rows; left > 0; ) {
      const tie = ties[at] ?? { rows: left, positives: 0, scorePpm: 0 };
      const part = Math.min(left, tie.rows - taken);
      scores += part * tie.scorePpm;
      positives += (part * tie.positives) / tie.rows;
      left -= part;
      taken += part;
      if (taken >= tie.rows) {
        at += 1;
        taken = 0;
      }
    }
    return { rows, scoresPpm: scores, positives };
  });
}

function ecePpm(labels: Uint8Array, scoresPpm: Int32Array): number {
  const error = equalBins(labels, scoresPpm).reduce(
    (sum, bin) => sum + Math.abs(bin.scoresPpm - bin.positives * 1_000_000),
    0,
  );
  return Math.round(error / labels.length);
}

/** Of a group that the tenth cuts through, its share counts. */
function liftAtTenthPpm(ties: readonly Tie[]): number {
  const rows = rowsOf(ties);
  const tenth = rows / 10;
  let left = tenth;
  let positives = 0;
  for (const tie of ties) {
    const taken = Math.min(tie.rows, left);
    positives += (tie.positives * taken) / tie.rows;
    left -= taken;
  }
  return Math.round((positives / tenth / (positivesOf(ties) / rows)) * 1_000_000);
}
