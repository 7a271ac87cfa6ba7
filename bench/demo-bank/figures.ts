import { measure } from '../../src/laboratory/judging/metrics.ts';

/** The AUC of scores of any scale. */
export function aucOf(labels: Uint8Array, scores: ArrayLike<number>): number {
  const distinct = [...new Set(Array.from(scores))].toSorted((a, b) => a - b);
  const rank = new Map(distinct.map((score, place) => [score, place]));
  const ranks = Int32Array.from(scores, (score) => rank.get(score) ?? 0);
  return measure(labels, ranks).aucPpm / 1e6;
}

/** The mean distance of probabilities and outcomes over ten bins of equal frequency. */
export function calibrationErrorOf(labels: Uint8Array, scoresPpm: Int32Array): number {
  return measure(labels, scoresPpm).ecePpm / 1e6;
}

/**
 * The same distance from true chances in the outcomes' place: of a few thousand outcomes the luck
 * alone measures .01 and more, so this tells what the scores themselves are off by.
 */
export function distanceFromChances(
  chances: ArrayLike<number>,
  scoresPpm: ArrayLike<number>,
): number {
  const order = Array.from(scoresPpm, (score, row) => [score, row] as const).toSorted(
    ([a, rowA], [b, rowB]) => b - a || rowA - rowB,
  );
  let distance = 0;
  for (let bin = 0; bin < 10; bin += 1) {
    const from = Math.floor((bin * order.length) / 10);
    const part = order.slice(from, Math.floor(((bin + 1) * order.length) / 10));
    const sum = part.reduce((all, [score, row]) => all + score / 1e6 - (chances[row] ?? 0), 0);
    distance += Math.abs(sum);
  }
  return distance / order.length;
}

/** Pearson's correlation. */
export function correlationOf(xs: ArrayLike<number>, ys: ArrayLike<number>): number {
  const a = Array.from(xs);
  const b = Array.from(ys);
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  let [product, squareA, squareB] = [0, 0, 0];
  for (const [at, x] of a.entries()) {
    const [dx, dy] = [x - meanA, (b[at] ?? 0) - meanB];
    product += dx * dy;
    squareA += dx * dx;
    squareB += dy * dy;
  }
  return product / Math.sqrt(squareA * squareB);
}

/** The mean of some numbers; 0 of none. */
export function meanOf(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < numbers.length; at += 1) sum += numbers[at] ?? 0;
  return numbers.length === 0 ? 0 : sum / numbers.length;
}

/**
 * By how much the log-odds of all probabilities must move for their mean to be the outcomes':
 * the size of a drift, or of a group's difference that the model does not see.
 */
export function logOddsShift(scoresPpm: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  const odds = Array.from(scoresPpm, (ppm) => {
    const p = Math.min(0.999999, Math.max(0.000001, ppm / 1e6));
    return Math.log(p / (1 - p));
  });
  const wanted = meanOf(outcomes);
  let [low, high] = [-8, 8];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    const mean = meanOf(odds.map((x) => 1 / (1 + Math.exp(-(x + middle)))));
    if (mean < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Population stability index over ten bins of the reference, empty ones floored at 1e-4. */
export function stabilityIndex(reference: ArrayLike<number>, later: ArrayLike<number>): number {
  const sorted = Float64Array.from(reference).toSorted();
  const cuts = Array.from(
    { length: 9 },
    (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / 10)] ?? 0,
  );
  const shares = (scores: ArrayLike<number>) => {
    const counts = new Float64Array(10);
    for (const score of Array.from(scores)) {
      const bin = cuts.filter((cut) => cut <= score).length;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts.map((count) => Math.max(1e-4, count / scores.length));
  };
  const before = shares(reference);
  const after = shares(later);
  return before.reduce((sum, share, at) => {
    const now = after[at] ?? 0;
    return sum + (now - share) * Math.log(now / share);
  }, 0);
}

/** The AUC that outcomes of these chances would have on average: no coin's luck is in it. */
export function expectedAucOf(chances: ArrayLike<number>, scores: ArrayLike<number>): number {
  const order = Array.from(scores, (score, row) => [score, chances[row] ?? 0] as const).toSorted(
    ([a], [b]) => a - b,
  );
  let [below, won, positives, negatives] = [0, 0, 0, 0];
  for (let at = 0; at < order.length; ) {
    const score = order[at]?.[0];
    let [taken, missed] = [0, 0];
    for (; at < order.length && order[at]?.[0] === score; at += 1) {
      const chance = order[at]?.[1] ?? 0;
      taken += chance;
      missed += 1 - chance;
    }
    won += taken * (below + missed / 2);
    below += missed;
    positives += taken;
    negatives += missed;
  }
  return won / positives / negatives;
}
