/** Why a cell cannot be what the mapping says; the row is then refused. */
export interface CellRefusal {
  readonly column: string | null;
  readonly code: CellRefusalCode;
  readonly message: string;
}

/** Stable codes for programs; the message beside one tells a person how to mend the cell. */
export type CellRefusalCode =
  | 'REQUIRED'
  | 'UNKNOWN_CODE'
  | 'NOT_IN_LOOKUP'
  | 'NOT_A_NUMBER'
  | 'NOT_AN_AMOUNT'
  | 'NOT_A_DATE'
  | 'AMBIGUOUS_DATE'
  | 'NO_DAY'
  | 'NO_TIME'
  | 'SKIPPED_TIME'
  | 'REPEATED_TIME'
  | 'TWO_AMOUNTS'
  | 'NOT_A_BOOLEAN'
  | 'NOT_A_CURRENCY'
  | 'NOT_A_BIRTH_NUMBER'
  | 'NOT_AN_ID'
  | 'NOT_TEXT'
  | 'TOO_LONG'
  | 'OUT_OF_BOUNDS'
  | 'OUT_OF_ORDER'
  | 'RECORDED_TOO_LATE';

/** A cell in our form: amounts in minor units, days as `YYYY-MM-DD`, instants in UTC. */
export type CellData = string | number | boolean;

/** What reading a cell gives: a value, nothing stated, or a refusal. */
export type CellRead<T extends CellData = CellData> = T | undefined | CellRefusal;

/** True for the refusal among what reading a cell gives. */
export function isRefusal(read: CellRead): read is CellRefusal {
  return typeof read === 'object';
}

/** Shows a cell in a message, never more than a few characters: it may be personal. */
export function shown(text: string): string {
  const letters = Array.from(text.replace(/\p{C}/gu, '?'));
  return `\`${letters.length > 24 ? `${letters.slice(0, 24).join('')}…` : letters.join('')}\``;
}
