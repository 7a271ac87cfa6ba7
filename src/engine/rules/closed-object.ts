import { below } from '../../domain/json-pointer.ts';
import { nearestName } from './nearest-name.ts';
import type { Report } from './rule-problem.ts';

/** A JSON object: own members only are ever read. */
export type JsonObject = { readonly [name: string]: unknown };

/** True for a JSON object, which is neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own member of an object; what it inherits does not exist. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Refuses members that are not named and the absence of those that are required. */
export function checkMembers(
  object: JsonObject,
  names: { readonly required: readonly string[]; readonly optional?: readonly string[] },
  place: { readonly at: string; readonly report: Report },
): void {
  const allowed = [...names.required, ...(names.optional ?? [])];
  for (const name of Object.keys(object)) {
    if (allowed.includes(name)) continue;
    const nearest = nearestName(name, allowed);
    const mend = nearest === undefined ? `use only ${quoted(allowed)}` : `write \`${nearest}\``;
    place.report(
      below(place.at, name),
      'UNKNOWN_MEMBER',
      `\`${short(name)}\` has no meaning here: ${mend}`,
    );
  }
  for (const name of names.required) {
    if (member(object, name) !== undefined) continue;
    place.report(place.at, 'MISSING_MEMBER', `\`${name}\` is missing: add it`);
  }
}

/** Words for a message: `a`, `b` and `c`. */
export function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `\`${short(name)}\``);
  if (names.length > shown.length) return `${shown.join(', ')} and others`;
  const last = shown.at(-1) ?? 'nothing';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** User input as a message may repeat it: one line, not too long. */
export function short(text: string): string {
  const line = text.replace(/[^\x20-\x7e\u00a0-\u{10ffff}]/gu, '?');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
