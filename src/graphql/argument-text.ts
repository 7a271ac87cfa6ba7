import { isIdPart, isText } from '../domain/id.ts';

/** Members of filters that are told by records as text, and are no ids. */
const TEXT_MEMBERS: readonly string[] = ['segment', 'category', 'country'];

/** The name of the first member of a filter that is text and that no record can hold. */
export function badMember(filter: { readonly [name: string]: unknown }): string | undefined {
  return Object.entries(filter).find(
    ([name, value]) => typeof value === 'string' && !mayBeHeld(name, value),
  )?.[0];
}

/** What to pass in the place of such a member. */
export function memberMend(name: string): string {
  return TEXT_MEMBERS.includes(name)
    ? 'pass at most 500 characters of well-formed text'
    : 'pass at most 128 plain characters';
}

function mayBeHeld(name: string, value: string): boolean {
  return TEXT_MEMBERS.includes(name) ? isText(value) : isIdPart(value);
}
