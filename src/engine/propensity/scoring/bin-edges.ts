import { MISSING_NUMBER } from '../../../domain/forest.ts';

/**
 * Thresholds that part values into at most `bins` bins of about equal frequency. A value's bin is
 * the number of thresholds that are not above it, so `value < edges[k]` says `bin <= k`. Missing
 * values have the lowest bin to themselves.
 */
export function chooseEdges(values: Float64Array, bins: number): Float64Array {
  const sorted = values.toSorted();
  const present = sorted.subarray(countNotAbove(sorted, MISSING_NUMBER));
  const missing = present.length < sorted.length;
  if (present.length === 0) return new Float64Array(0);
  const edges = edgesBetween(present, missing ? bins - 1 : bins);
  return Float64Array.from(missing ? [MISSING_NUMBER / 2, ...edges] : edges);
}

/** The number of ascending thresholds that are not above a value. */
export function countNotAbove(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    // Asked this way round, a value that is not a number would go right, as in ml-random-forest.
    if (value < (edges[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function edgesBetween(sorted: Float64Array, bins: number): readonly number[] {
  const starts = distinctStarts(sorted);
  const wanted = starts.length <= bins ? starts.slice(1) : quantileStarts(sorted, bins);
  return wanted.map((start) => shortBetween(sorted[start - 1] ?? 0, sorted[start] ?? 0));
}

function distinctStarts(sorted: Float64Array): readonly number[] {
  const starts: number[] = [];
  for (let i = 0; i < sorted.length; i += 1) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) starts.push(i);
  }
  return starts;
}

/** The first place of each value that stands at a quantile, without the least value. */
function quantileStarts(sorted: Float64Array, bins: number): readonly number[] {
  const starts: number[] = [];
  for (let b = 1; b < bins; b += 1) {
    const at = sorted[Math.floor((b * sorted.length) / bins)] ?? 0;
    const start = sorted.length - countNotBelow(sorted, at);
    if (start > 0 && start !== starts.at(-1)) starts.push(start);
  }
  return starts;
}

function countNotBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}

/** A number of few digits near the middle that still keeps both on their sides. */
function shortBetween(below: number, above: number): number {
  const middle = below / 2 + above / 2;
  for (let digits = 1; digits <= 17; digits += 1) {
    const short = Number(middle.toPrecision(digits));
    if (below < short && short <= above) return short;
  }
  return above;
}
