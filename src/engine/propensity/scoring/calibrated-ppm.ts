import type { Calibration } from '../../../domain/forest.ts';

/** The calibrated probability of a raw sum over the calibration's trees. */
export function calibratedPpm(calibration: Calibration, sum: number): number {
  const { steps } = calibration;
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle]?.fromSum ?? 0) <= sum) low = middle + 1;
    else high = middle;
  }
  return steps[Math.max(0, low - 1)]?.ppm ?? 0;
}
