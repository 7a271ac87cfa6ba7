import type { CardCurves } from '../../../domain/model-card.ts';
import { equalBins } from '../../../laboratory/judging/metrics.ts';

/** Ten bins of equal frequency, least scores first. */
export function reliabilityOf(
  labels: Uint8Array,
  scoresPpm: Int32Array,
): CardCurves['reliability'] {
  return equalBins(labels, scoresPpm).map(({ rows, scoresPpm: sum, positives }) => ({
    meanPpm: Math.round(sum / Math.max(1, rows)),
    observedPpm: Math.round((positives * 1_000_000) / Math.max(1, rows)),
    rows,
  }));
}
