/** A value, or the refusal that a careful user could have caused and can mend. */
export type Result<T, R> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

/** Wraps a success. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Wraps a refusal. */
export function refuse<R>(refusal: R): { readonly ok: false; readonly refusal: R } {
  return { ok: false, refusal };
}

/** What is wrong in something a user wrote: where, why, and how to mend it. */
export interface Problem {
  readonly file: string;
  /** A JSON pointer, or `line 12, column amount` for delimited files. */
  readonly at: string;
  /** The line a JSON pointer leads to, where the text is at hand. */
  readonly line?: number;
  readonly code: string;
  readonly message: string;
}
