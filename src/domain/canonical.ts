import canonicalize from 'canonicalize';

/**
 * RFC 8785 canonical text: the one form in which anything is digested. Absent members are left
 * out; throws for a number that is not finite, and for what has no JSON form.
 */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined)
    throw new TypeError('a value without a JSON form has no canonical text');
  return text;
}
