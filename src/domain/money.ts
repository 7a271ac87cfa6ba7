/** An ISO 4217 alphabetic code. */
export type CurrencyCode = string;

/** An amount in integer minor units (cents, haléře) of one currency. */
export interface Money {
  readonly amountMinor: number;
  readonly currency: CurrencyCode;
}

/** ISO 4217's currencies whose minor unit is not a hundredth, by its digits. */
const MINOR_DIGITS: ReadonlyMap<string, number> = new Map(
  (
    [
      [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
      [3, 'BHD IQD JOD KWD LYD OMR TND'],
      [4, 'CLF UYW'],
    ] as const
  ).flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, digits] as const)),
);

/** Digits after the decimal mark in a currency; 2 unless ISO 4217 says otherwise. */
export function minorDigits(currency: CurrencyCode): number {
  return MINOR_DIGITS.get(currency) ?? 2;
}

/** Reads `50000.00 EUR`; undefined unless digits, mark and code are exactly so. */
export function parseMoney(text: string): Money | undefined {
  const match = /^(-?\d{1,13})(?:\.(\d{1,4}))? ([A-Z]{3})$/.exec(text);
  if (match === null) return undefined;
  const [, whole, fraction = '', currency] = match;
  if (whole === undefined || currency === undefined) return undefined;
  const amountMinor = parseDecimal(`${whole}.${fraction || '0'}`, minorDigits(currency));
  return amountMinor === undefined ? undefined : { amountMinor, currency };
}

/** Reads a plain decimal into minor units; undefined when it has too many digits. */
export function parseDecimal(text: string, digits: number): number | undefined {
  const match = /^([+-]?)(\d{1,13})(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  if (fraction.slice(digits).replace(/0/g, '') !== '') return undefined;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign === '-' && minor !== 0 ? -minor : minor;
}

/** Writes minor units as a plain decimal: 5000000 EUR is `50000.00`. */
export function formatDecimal(money: Money): string {
  const digits = minorDigits(money.currency);
  const sign = money.amountMinor < 0 ? '-' : '';
  const text = String(Math.abs(money.amountMinor)).padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Writes `50000.00 EUR`, the form rules and mappings are written in. */
export function formatMoney(money: Money): string {
  return `${formatDecimal(money)} ${money.currency}`;
}
