/**
 * e to the power `x`, for |x| up to 30: by sums, products and quotients only, which IEEE 754
 * fixes to the last bit, unlike the runtime's own exponential.
 */
export function exponential(x: number): number {
  const y = x / 64;
  let sum = 1;
  for (let term = 12; term >= 1; term -= 1) sum = 1 + (y / term) * sum;
  for (let doubling = 0; doubling < 6; doubling += 1) sum *= sum;
  return sum;
}

/** The probability of these log-odds (in thousandths), in ppm. */
export function logisticPpm(milli: number): number {
  const bounded = Math.max(-13_000, Math.min(13_000, milli));
  return Math.round(1_000_000 / (1 + exponential(-bounded / 1000)));
}

/** An amount scaled by e to the power of `milli` / 1000, in whole minor units. */
export function scaled(amountMinor: number, milli: number): number {
  return Math.round(amountMinor * exponential(milli / 1000));
}

/** A value held between two bounds. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
