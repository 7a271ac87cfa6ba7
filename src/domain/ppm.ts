/** One whole, in parts per million: every ratio, probability and weight is such an integer. */
export const ONE_PPM = 1_000_000;

/** Reads `12.5 %` into ppm; undefined unless written so, with at most four decimals. */
export function parsePercent(text: string): number | undefined {
  const match = /^(-?)(\d{1,7})(?:\.(\d{1,4}))? %$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const ppm = Number(whole + fraction.padEnd(4, '0'));
  return sign === '-' && ppm !== 0 ? -ppm : ppm;
}

/** Divides integers and rounds half to even; exact at any size, for it works in BigInt. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const quotient = n / d;
  const twice = (n % d) * 2n;
  const up = twice > d || (twice === d && quotient % 2n === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/** `amount × factorPpm / 1,000,000`, rounded half to even; both are safe integers. */
export function timesPpm(amount: number, factorPpm: number): number {
  return Number(divideHalfEven(BigInt(amount) * BigInt(factorPpm), BigInt(ONE_PPM)));
}

/** `amount × numerator / denominator`, rounded half to even; all are safe integers. */
export function timesRatio(amount: number, numerator: number, denominator: number): number {
  return Number(divideHalfEven(BigInt(amount) * BigInt(numerator), BigInt(denominator)));
}
