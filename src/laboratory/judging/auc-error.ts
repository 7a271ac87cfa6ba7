/**
 * For each row the share of the other class that its score is on the right side of, a tie counting
 * half: its part in the AUC (DeLong, DeLong and Clarke-Pearson 1988).
 */
export function placementsOf(labels: Uint8Array, scoresPpm: Int32Array): Float64Array {
  const order = Int32Array.from(labels.keys()).toSorted(
    (a, b) => (scoresPpm[a] ?? 0) - (scoresPpm[b] ?? 0),
  );
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  const placements = new Float64Array(labels.length);
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let start = 0; start < order.length; ) {
    const score = scoresPpm[order[start] ?? 0];
    let end = start;
    let positivesHere = 0;
    for (; end < order.length && scoresPpm[order[end] ?? 0] === score; end += 1) {
      positivesHere += labels[order[end] ?? 0] ?? 0;
    }
    const negativesHere = end - start - positivesHere;
    const ofPositive = (negativesBelow + negativesHere / 2) / negatives;
    const ofNegative = 1 - (positivesBelow + positivesHere / 2) / positives;
    for (const row of order.subarray(start, end)) {
      placements[row] = labels[row] === 1 ? ofPositive : ofNegative;
    }
    positivesBelow += positivesHere;
    negativesBelow += negativesHere;
    start = end;
  }
  return placements;
}

/** Standard error (ppm) of the distance of two AUCs over the same rows, by their placements. */
export function aucErrorPpm(one: Float64Array, other: Float64Array, labels: Uint8Array): number {
  const variance = [0, 1].reduce((sum, label) => {
    const gaps = one
      .map((placement, row) => placement - (other[row] ?? 0))
      .filter((_, row) => labels[row] === label);
    return sum + varianceOf(gaps) / gaps.length;
  }, 0);
  return Math.round(Math.sqrt(variance) * 1_000_000);
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return squares / Math.max(1, values.length - 1);
}
