import { divideHalfEven } from '../../domain/ppm.ts';

/** A yearly rate of 1,000,000 ppm is a monthly one of a twelfth of a whole. */
const TWELVE_WHOLES = 12_000_000n;

/**
 * The level monthly instalment that repays an amount over months at a yearly rate: the fraction
 * P·r·q^n / (q^n − 1) with q = 1 + r/12 is computed whole and rounded once, half to even.
 */
export function instalmentMinor(amountMinor: number, ratePpm: number, months: number): number {
  const amount = BigInt(amountMinor);
  if (ratePpm === 0) return Number(divideHalfEven(amount, BigInt(months)));
  const rate = BigInt(ratePpm);
  const common = greatestCommonDivisor(rate, TWELVE_WHOLES);
  const base = TWELVE_WHOLES / common;
  const step = rate / common;
  const grown = (base + step) ** BigInt(months);
  const plain = base ** BigInt(months);
  return Number(divideHalfEven(amount * step * grown, base * (grown - plain)));
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
