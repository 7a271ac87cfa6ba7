/**
 * True when a double holds a JSON number to the last digit that is written: 0.1 yes, for it is
 * written back as 0.1; 1e-400 and 17.99999999999999999999 no, for they would be 0 and 18.
 */
export function isExact(literal: string): boolean {
  const value = Number(literal);
  return Number.isFinite(value) && magnitudeOf(literal) === magnitudeOf(String(value));
}

const MOST_SHOWN = 40;

/** What becomes of a number that is not exact, and what to write instead. */
export function toldRounded(literal: string): string {
  const value = Number(literal);
  const shown = literal.length > MOST_SHOWN ? `${literal.slice(0, MOST_SHOWN)}…` : literal;
  return Number.isFinite(value)
    ? `\`${shown}\` would be rounded to ${value}: write ${value}`
    : `\`${shown}\` is more than any number that can be read: write a smaller one`;
}

const FORM = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** A number's digits that count and the power of ten of the last of them, in one spelling. */
function magnitudeOf(literal: string): string {
  const [, whole = '', part = '', power = '0'] = FORM.exec(literal) ?? [];
  const digits = whole + part;
  let from = 0;
  while (digits[from] === '0') from += 1;
  if (from === digits.length) return '0';
  let to = digits.length;
  while (digits[to - 1] === '0') to -= 1;
  return `${digits.slice(from, to)}e${Number(power) - part.length + digits.length - to}`;
}
