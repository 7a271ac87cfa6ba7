import type { CellFormat } from '../../../domain/mapping.ts';
import type { CurrencyCode } from '../../../domain/money.ts';

/** A number in our notation, and the currency whose sign stood at it. */
export interface ParsedNumber {
  readonly plain: string;
  readonly currency?: CurrencyCode;
}

/** Undefined where a text is no number as the format writes them. */
export type NumberReader = (text: string) => ParsedNumber | undefined;

const PLAIN = /^[+-]?\d+(?:\.\d+)?$/;

/** Reads numbers as we write them ourselves. */
export const readPlainNumber: NumberReader = (text) =>
  PLAIN.test(text) ? { plain: text } : undefined;

/** Makes the reader of a format's numbers, or says what is wrong with the format. */
export function numberReader(format: CellFormat): NumberReader | string {
  const { decimalMark = '.', groupMark, negatives, currencySigns = {} } = format;
  const fault = formatFault(format);
  if (fault !== undefined) return fault;
  const signs = Object.entries(currencySigns).toSorted(([a], [b]) => b.length - a.length);
  const forms = negatives ?? ['leading'];
  if (
    decimalMark === '.' &&
    groupMark === undefined &&
    negatives === undefined &&
    !signs.length
  ) {
    return readPlainNumber;
  }
  const digits = digitsReader(decimalMark, groupMark);
  return (text) => {
    const outer = withoutSign(text, signs);
    const { body, minus } = withoutMinus(outer.body, forms);
    const inner = outer.currency === undefined ? withoutSign(body, signs) : outer;
    const plain = digits(outer.currency === undefined ? inner.body : body);
    if (plain === undefined) return undefined;
    const number = { plain: minus ? `-${plain}` : plain };
    return inner.currency === undefined ? number : { ...number, currency: inner.currency };
  };
}

function formatFault(format: CellFormat): string | undefined {
  const { decimalMark = '.', groupMark, currencySigns = {} } = format;
  if (groupMark === decimalMark) return 'decimalMark and groupMark are the same character';
  if (groupMark !== undefined && /[\d()+-]/.test(groupMark)) {
    return `\`${groupMark}\` cannot group digits: it means something in a number`;
  }
  const wrong = Object.keys(currencySigns).find((sign) => /[\d()+-]/.test(sign));
  return wrong === undefined ? undefined : `the sign \`${wrong}\` means something in a number`;
}

/** Takes digits apart: groups must be whole, so that no decimal mark passes for a group's. */
function digitsReader(mark: string, group: string | undefined) {
  const whole = new RegExp(`^\\d+(?:\\${mark}\\d+)?$`);
  // Three digits each, or as in India three at the end and two before them.
  const g =
    group === undefined ? '' : group === ' ' ? '[ \\u00A0\\u202F]' : `[${escaped(group)}]`;
  const grouped = new RegExp(
    `^(?:\\d{1,3}(?:${g}\\d{3})+|\\d{1,2}(?:${g}\\d{2})+${g}\\d{3})(?:\\${mark}\\d+)?$`,
  );
  const marks = group === undefined ? undefined : new RegExp(g, 'g');
  return (text: string): string | undefined => {
    if (whole.test(text)) return text.replace(mark, '.');
    if (marks === undefined || !grouped.test(text)) return undefined;
    return text.replace(marks, '').replace(mark, '.');
  };
}

function escaped(mark: string): string {
  return mark.replace(/[\\\]^-]/g, '\\$&');
}

type Signs = readonly (readonly [string, CurrencyCode])[];

function withoutSign(text: string, signs: Signs): { body: string; currency?: CurrencyCode } {
  for (const [sign, currency] of signs) {
    if (text.startsWith(sign)) return { body: text.slice(sign.length).trim(), currency };
    if (text.endsWith(sign)) return { body: text.slice(0, -sign.length).trim(), currency };
  }
  return { body: text };
}

function withoutMinus(
  text: string,
  forms: readonly string[],
): { readonly body: string; readonly minus: boolean } {
  const inner = text.slice(1).trim();
  if (text.startsWith('+')) return { body: inner, minus: false };
  if (text.startsWith('-') && forms.includes('leading')) return { body: inner, minus: true };
  const before = text.slice(0, -1).trim();
  if (text.endsWith('-') && forms.includes('trailing')) return { body: before, minus: true };
  if (text.startsWith('(') && text.endsWith(')') && forms.includes('parentheses')) {
    return { body: text.slice(1, -1).trim(), minus: true };
  }
  return { body: text, minus: false };
}
