import { isExact } from './exact-number.ts';
import { isWellFormed } from './id.ts';
import { below } from './json-pointer.ts';

/** Deeper nesting is refused before anything walks it by recursion. */
const MOST_DEPTH = 64;

/** A fault that `JSON.parse` accepts silently; `at` is the pointer of what has it. */
export type JsonFault =
  | { readonly code: 'REPEATED_KEY'; readonly at: string; readonly key: string }
  | { readonly code: 'TOO_DEEP'; readonly at: string; readonly most: number }
  /** A text, or with `isKey` a name in what `at` names, is not well formed. */
  | { readonly code: 'NOT_TEXT'; readonly at: string; readonly isKey: boolean }
  | { readonly code: 'INEXACT_NUMBER'; readonly at: string; readonly literal: string };

/** A nested value that is open, its keys so far or null in an array, and where it is read on. */
interface Open {
  readonly keys: Set<string> | null;
  name: string | number;
}

const AFTER_KEY = /[ \t\r\n]*:/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Finds the faults in a text that is known to be JSON, in their order: a key that an object has
 * twice, which two readers would read differently; nesting that could exhaust a stack, where
 * reading ends; texts that are not well formed; numbers that a double would round. Reads once,
 * without recursion.
 */
export function* faultsOfJson(text: string): Generator<JsonFault> {
  const open: Open[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at] ?? '';
    const inner = open.at(-1);
    if (mark === '{' || mark === '[') {
      if (open.length === MOST_DEPTH) {
        yield { code: 'TOO_DEEP', at: pointerOf(open), most: MOST_DEPTH };
        return;
      }
      open.push({ keys: mark === '{' ? new Set() : null, name: mark === '{' ? '' : 0 });
    } else if (mark === '}' || mark === ']') {
      open.pop();
    } else if (mark === ',' && typeof inner?.name === 'number') {
      inner.name += 1;
    } else if (mark === '"') {
      const end = endOfString(text, at);
      yield* faultsOfString(text, { from: at, to: end }, open);
      at = end - 1;
    } else if (mark === '-' || (mark >= '0' && mark <= '9')) {
      NUMBER.lastIndex = at;
      const literal = NUMBER.exec(text)?.[0] ?? mark;
      if (!isExact(literal)) yield { code: 'INEXACT_NUMBER', at: pointerOf(open), literal };
      at += literal.length - 1;
    }
  }
}

/** The first fault that a text has, of those that its reader minds. */
export function faultOfJson(
  text: string,
  minds: (fault: JsonFault) => boolean = () => true,
): JsonFault | undefined {
  for (const fault of faultsOfJson(text)) if (minds(fault)) return fault;
  return undefined;
}

function* faultsOfString(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
  open: readonly Open[],
): Generator<JsonFault> {
  const written = text.slice(from, to);
  const read = written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1);
  const inner = open.at(-1);
  AFTER_KEY.lastIndex = to;
  const keys = inner?.keys && AFTER_KEY.test(text) ? inner.keys : undefined;
  if (!isWellFormed(read)) {
    // A name that nobody can read names nothing: told is what it stands in.
    const at = pointerOf(keys === undefined ? open : open.slice(0, -1));
    yield { code: 'NOT_TEXT', at, isKey: keys !== undefined };
  }
  if (inner === undefined || keys === undefined) return;
  inner.name = read;
  if (keys.has(read)) yield { code: 'REPEATED_KEY', at: pointerOf(open), key: read };
  keys.add(read);
}

function pointerOf(open: readonly Open[]): string {
  return open.reduce((at, { name }) => below(at, name), '');
}

/** The place after a string's closing quote. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}
