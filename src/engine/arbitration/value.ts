import type { ActionDeclaration } from '../../domain/action.ts';
import type { Terms } from '../../domain/decision.ts';
import { divideHalfEven, ONE_PPM } from '../../domain/ppm.ts';

type Margin = Extract<ActionDeclaration['value'], { kind: 'MARGIN' }>;

/**
 * What one acceptance is worth, in minor units: for MARGIN the interest margin on the average
 * balance, the fee and the other yearly margin over the horizon, less the cost; each part is
 * rounded once, half to even. An unknown amount counts as the floor.
 */
export function valueMinor({ value, terms: declared }: ActionDeclaration, terms: Terms): number {
  if (value.kind === 'SERVICE') return value.valueMinor;
  const months = Math.min(value.horizonMonths, terms.termMonths ?? value.horizonMonths);
  const amountMinor = terms.amountMinor ?? declared.amount?.floorMinor ?? 0;
  const marginPpm = marginRatePpm(value, terms, declared.rate?.side);
  const interest = divideHalfEven(
    BigInt(amountMinor) * BigInt(value.averageBalancePpm) * BigInt(marginPpm) * BigInt(months),
    BigInt(ONE_PPM) * BigInt(ONE_PPM) * 12n,
  );
  const other = overMonths(value.otherYearlyMinor, months);
  return Number(interest + other + fees(terms, months)) - value.costMinor;
}

function marginRatePpm(
  value: Margin,
  { ratePpm }: Terms,
  side: 'LEND' | 'DEPOSIT' | undefined,
): number {
  if (ratePpm === undefined || side === undefined) return 0;
  return side === 'LEND' ? ratePpm - value.fundsRatePpm : value.fundsRatePpm - ratePpm;
}

function fees({ feeMinor = 0, feeEvery }: Terms, months: number): bigint {
  if (feeEvery === 'MONTH') return BigInt(feeMinor) * BigInt(months);
  return feeEvery === 'YEAR' ? overMonths(feeMinor, months) : BigInt(feeMinor);
}

function overMonths(yearlyMinor: number, months: number): bigint {
  return divideHalfEven(BigInt(yearlyMinor) * BigInt(months), 12n);
}
