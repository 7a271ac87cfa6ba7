import { type CurrencyCode, type Money, minorDigits } from '../../domain/money.ts';
import { divideHalfEven } from '../../domain/ppm.ts';
import type { RateTable } from '../../domain/release.ts';

/**
 * One sharer's part of an amount in minor units of the reporting currency, rounded once, half to
 * even; undefined where the rate table lacks the currency. Rates are for whole units: where
 * currencies differ in digits after the mark, so do the minor units.
 */
export function shareInReporting(
  money: Money,
  sharers: number,
  rates: RateTable,
): number | undefined {
  if (money.currency === rates.reportingCurrency && sharers === 1) return money.amountMinor;
  return exchange(money, { to: rates.reportingCurrency, sharers }, rates);
}

/** An amount in another currency, by way of the reporting currency, rounded once. */
export function exchanged(money: Money, to: CurrencyCode, rates: RateTable): number | undefined {
  if (money.currency === to) return money.amountMinor;
  return exchange(money, { to, sharers: 1 }, rates);
}

function exchange(
  money: Money,
  into: { readonly to: CurrencyCode; readonly sharers: number },
  rates: RateTable,
): number | undefined {
  const rate = rateOf(money.currency, rates);
  const rateInto = rateOf(into.to, rates);
  if (rate === undefined || rateInto === undefined) return undefined;
  const numerator = BigInt(money.amountMinor) * rate * unit(into.to);
  const denominator = rateInto * unit(money.currency) * BigInt(into.sharers);
  return Number(divideHalfEven(numerator, denominator));
}

/**
 * A rate in trillionths. One of zero or below is none: no amount may vanish or change its sign by
 * exchange.
 */
function rateOf(currency: CurrencyCode, rates: RateTable): bigint | undefined {
  if (currency === rates.reportingCurrency) return ONE_PPT;
  if (!Object.hasOwn(rates.ratesPpm, currency)) return undefined;
  const { restsPpt = {} } = rates;
  const rest = Object.hasOwn(restsPpt, currency) ? restsPpt[currency] : undefined;
  const rate = BigInt(rates.ratesPpm[currency] ?? 0) * PPT_OF_PPM + BigInt(rest ?? 0);
  return rate > 0n ? rate : undefined;
}

const PPT_OF_PPM = 1_000_000n;
const ONE_PPT = 1_000_000_000_000n;

function unit(currency: CurrencyCode): bigint {
  return 10n ** BigInt(minorDigits(currency));
}
