import { fixedDays, isDuration } from '../../domain/duration.ts';
import type { FactDeclaration, FactValue } from '../../domain/fact.ts';
import { minorDigits } from '../../domain/money.ts';

/** A literal of a rule as the value the fact itself would have; throws where it is none. */
export function literalValue(
  fact: FactDeclaration,
  literal: unknown,
  currency: string,
): Exclude<FactValue, readonly string[]> {
  if (fact.type === 'money' && typeof literal === 'string')
    return scaled(cut(literal, ` ${currency}`), minorDigits(currency));
  if (fact.type === 'ratio' && typeof literal === 'string') return scaled(cut(literal, ' %'), 4);
  if (fact.type === 'integer' && fact.unit === 'days' && typeof literal === 'string')
    return dayCount(literal);
  if (fact.type === 'integer' && fact.unit !== 'days' && Number.isSafeInteger(literal))
    return Number(literal);
  if (fact.type === 'boolean' && typeof literal === 'boolean') return literal;
  const isText = fact.type === 'code' || fact.type === 'codes' || fact.type === 'date';
  if (isText && typeof literal === 'string') return literal;
  throw new TypeError(`the literal compared with \`${fact.name}\` is not of type ${fact.type}`);
}

function cut(text: string, ending: string): string {
  if (!text.endsWith(ending)) throw new TypeError(`\`${text}\` does not end in \`${ending}\``);
  return text.slice(0, -ending.length);
}

/** A decimal text times ten to the power of `digits`, which must come out whole. */
function scaled(decimal: string, digits: number): number {
  const [whole = '', fraction = ''] = decimal.split('.');
  const negative = whole.startsWith('-');
  const size = fraction.length;
  const wide = BigInt((negative ? whole.slice(1) : whole) + fraction) * 10n ** BigInt(digits);
  const unit = 10n ** BigInt(size);
  if (wide % unit !== 0n) throw new TypeError(`\`${decimal}\` has more than ${digits} decimals`);
  const value = Number(wide / unit);
  return negative && value !== 0 ? -value : value;
}

function dayCount(duration: string): number {
  const days = isDuration(duration) ? fixedDays(duration) : undefined;
  if (days === undefined) throw new TypeError(`\`${duration}\` is no number of days`);
  return days;
}
