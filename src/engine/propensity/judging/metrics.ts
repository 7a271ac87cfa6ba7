import type { ForestFigures } from '../../../domain/forest.ts';

/** Rows of one score, best score first. */
interface Tie {
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
    ecePpm: ecePpm(labels, scoresPpm, order),
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
  return ecePpm(labels, scoresPpm, bestFirst(scoresPpm));
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
    const score = scores[order[at] ?? 0];
    let positives = 0;
    let end = at;
    for (; end < order.length && scores[order[end] ?? 0] === score; end += 1) {
      positives += labels[order[end] ?? 0] ?? 0;
    }
    ties.push({ rows: end - at, positives });
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

function ecePpm(labels: Uint8Array, scores: Int32Array, order: Uint32Array): number {
  const rows = order.length;
  let error = 0;
  for (let bin = 0; bin < 10; bin += 1) {
    const end = Math.floor(((bin + 1) * rows) / 10);
    let expected = 0;
    let happened = 0;
    for (let at = Math.floor((bin * rows) / 10); at < end; at += 1) {
      expected += scores[order[at] ?? 0] ?? 0;
      happened += labels[order[at] ?? 0] ?? 0;
    }
    error += Math.abs(expected - happened * 1_000_000);
  }
  return Math.round(error / rows);
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
