import type { FactDeclaration } from '../../domain/fact.ts';
import { divideHalfEven } from '../../domain/ppm.ts';
import type { Derived } from './derivation.ts';
import { isKnown, type Known, unavailable } from './known.ts';

/** What a number of a unit can be about a customer; beyond it a date of the record is wrong. */
const BOUNDS: { readonly [unit: string]: readonly [least: number, most: number] | undefined } = {
  years: [0, 130],
  months: [0, 200 * 12],
  days: [-200 * 366, 200 * 366],
};

/**
 * The value of a fact, unless it cannot be: an age of -7973 years, days since the year 1, an
 * amount beyond what is counted exactly. What tells it is then as good as not recorded.
 */
export function plausible(fact: FactDeclaration, derived: Derived): Derived {
  if (!isKnown(derived) || typeof derived !== 'number') return derived;
  const [least, most] = BOUNDS[fact.unit ?? ''] ?? [Number.NEGATIVE_INFINITY, Infinity];
  const isPossible = Number.isSafeInteger(derived) && derived >= least && derived <= most;
  return isPossible ? derived : unavailable('NOT_COVERED', fact.sources[0] ?? 'profile');
}

/** An amount, as long as it is counted exactly: a wrong one is worse than none. */
export function exactly(
  amountMinor: number,
  part: Parameters<typeof unavailable>[1],
): Known<number> {
  return Number.isSafeInteger(amountMinor) ? amountMinor : unavailable('NOT_COVERED', part);
}

/**
 * The mean, rounded half to even, of amounts whose sum may be beyond what a number counts exactly;
 * NaN where one of the amounts is.
 */
export function exactMean(amounts: Float64Array | readonly number[]): number {
  let whole = 0n;
  let part = 0;
  for (const amount of amounts) {
    if (!Number.isSafeInteger(amount)) return Number.NaN;
    if (!Number.isSafeInteger(part + amount)) {
      whole += BigInt(part);
      part = 0;
    }
    part += amount;
  }
  return Number(divideHalfEven(whole + BigInt(part), BigInt(amounts.length)));
}
