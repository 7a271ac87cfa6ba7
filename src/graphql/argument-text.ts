/**
 * True for text that may reach the database as a key or a filter: short, and without the control
 * characters that no number or code of a bank holds and that PostgreSQL partly refuses.
 */
export function isArgumentText(text: string): boolean {
  return text.length <= 128 && !/\p{Cc}/u.test(text);
}

/** The name of the first member of a filter that is text and may not reach the database. */
export function badMember(filter: { readonly [name: string]: unknown }): string | undefined {
  return Object.entries(filter).find(
    ([, value]) => typeof value === 'string' && !isArgumentText(value),
  )?.[0];
}
