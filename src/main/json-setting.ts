import { faultOfJson } from '../domain/json-text.ts';

/** What a setting says in JSON; undefined where it is none, or two readers might differ. */
export function jsonIn(text: string): unknown {
  try {
    const content: unknown = JSON.parse(text);
    return faultOfJson(text) === undefined ? content : undefined;
  } catch {
    return undefined;
  }
}
