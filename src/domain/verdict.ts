/** The verdict of a condition over three-valued facts (strong Kleene logic). */
export type Verdict = 'TRUE' | 'FALSE' | 'UNKNOWN';

/** Verdicts as numbers, which conditions count without reading a text. */
// INVARIANT: a stored trace digest is taken over these very bytes.
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;

/** A verdict in a byte, as conditions are evaluated and as the trace is packed. */
export type VerdictCode = typeof FALSE | typeof TRUE | typeof UNKNOWN;

/** The code in a word, for people. */
export function verdictOf(code: VerdictCode): Verdict {
  if (code === UNKNOWN) return 'UNKNOWN';
  return code === TRUE ? 'TRUE' : 'FALSE';
}
