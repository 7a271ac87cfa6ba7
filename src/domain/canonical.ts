import canonicalize from 'canonicalize';

/** Plain JSON data; numbers are finite, and absent members are left out, not undefined. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/** RFC 8785 canonical text: the one form in which anything is digested. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined)
    throw new TypeError('a value without a JSON form has no canonical text');
  return text;
}
