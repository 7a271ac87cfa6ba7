import type { RoundingRule } from '../../../domain/mapping.ts';

/**
 * Cuts a plain decimal to as many decimals by a rule that treats both signs alike; undefined
 * where the rule does not allow it, or the text is no plain decimal.
 */
export function roundDecimal(
  plain: string,
  rule: RoundingRule,
  decimals: number,
): string | undefined {
  const match = /^([+-]?)(\d{1,20})(?:\.(\d{1,100}))?$/.exec(plain);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const rest = fraction.slice(decimals);
  if (rest === '') return plain;
  if (rule === 'zerosOnly' && /[1-9]/.test(rest)) return undefined;
  const kept = BigInt(whole + fraction.slice(0, decimals));
  const digits = String(kept + (goesUp(rest, kept, rule) ? 1n : 0n)).padStart(decimals + 1, '0');
  const units = digits.slice(0, digits.length - decimals);
  return `${sign}${units}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
}

function goesUp(rest: string, kept: bigint, rule: RoundingRule): boolean {
  if (rule === 'towardZero' || rule === 'zerosOnly') return false;
  const half = `5${'0'.repeat(rest.length - 1)}`;
  if (rest !== half) return rest > half;
  return rule === 'halfAwayFromZero' || kept % 2n === 1n;
}
