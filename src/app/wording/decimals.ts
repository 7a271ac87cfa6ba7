import type { FactDeclaration, FactValue } from '../../domain/fact.ts';
import { type CurrencyCode, formatDecimal, formatMoney } from '../../domain/money.ts';

/** An amount in major units as a decimal text, exact. */
export interface MoneyView {
  readonly amount: string;
  readonly currency: CurrencyCode;
}

/** Minor units as an amount that loses no digit. */
export function moneyView(amountMinor: number, currency: CurrencyCode): MoneyView {
  return { amount: formatDecimal({ amountMinor, currency }), currency };
}

/** Parts per million as a decimal share: 59000 is `0.059`. */
export function decimalOfPpm(ppm: number): string {
  const sign = ppm < 0 ? '-' : '';
  const digits = String(Math.abs(ppm)).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Parts per million as people read a share: 59000 is `5.9 %`. */
function percentOfPpm(ppm: number): string {
  return `${decimalOfPpm(ppm * 100)} %`;
}

/** A fact's value as people read it: money with its currency, shares in percent. */
export function factInWords(
  fact: FactDeclaration,
  value: FactValue,
  currency: CurrencyCode,
): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value !== 'number') return String(value);
  if (fact.type === 'money') return formatMoney({ amountMinor: value, currency });
  if (fact.type === 'ratio') return percentOfPpm(Math.round(value / 1000) * 1000);
  const unit = TIME_UNITS[fact.unit ?? ''];
  if (unit === undefined) return String(value);
  return `${value} ${value === 1 ? unit : `${unit}s`}`;
}

const TIME_UNITS: { readonly [unit: string]: string } = {
  days: 'day',
  months: 'month',
  years: 'year',
};
