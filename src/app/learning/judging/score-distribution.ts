import type { CardCurves } from '../../../domain/model-card.ts';

/** Twenty bins of equal width from 0 to the greatest score (ppm). */
export function distributionOf(
  labels: Uint8Array,
  scores: Int32Array,
): CardCurves['distribution'] {
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
