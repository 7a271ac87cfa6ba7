import { isExact, toldRounded } from '../../domain/exact-number.ts';
import { isWellFormed } from '../../domain/id.ts';
import { below } from '../../domain/json-pointer.ts';

/** A JSON text with the place of everything in it. */
interface JsonReading {
  readonly value: unknown;
  /** The line, from 1, of what a JSON pointer names, or of the nearest thing around it. */
  readonly lineOf: (pointer: string) => number;
}

/** Why a text is not JSON as RFC 8259 has it, or is refused although it is. */
export class JsonRefusal extends Error {
  readonly code: 'NOT_JSON' | 'DUPLICATE_KEY' | 'TOO_DEEP' | 'NOT_TEXT' | 'INEXACT_NUMBER';
  readonly pointer: string;
  readonly line: number;

  constructor(
    code: JsonRefusal['code'],
    message: string,
    place: { readonly pointer: string; readonly line: number },
  ) {
    super(message);
    this.name = 'JsonRefusal';
    this.code = code;
    this.pointer = place.pointer;
    this.line = place.line;
  }
}

/** Deeper nesting is refused before it can exhaust the stack. */
const MOST_DEPTH = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Where reading stands. */
interface Cursor {
  readonly text: string;
  /** For each JSON pointer, where what it names begins. */
  readonly places: Map<string, number>;
  at: number;
}

/**
 * Reads JSON strictly and keeps positions. The platform's parser keeps the last of two equal keys
 * without a word and tells no line of what it took; here a key twice is refused.
 */
export function readJson(text: string): JsonReading {
  const cursor: Cursor = { text, places: new Map(), at: 0 };
  const value = readValue(cursor, '', 0);
  skipSpace(cursor);
  if (cursor.at < text.length) throw notJson(cursor, '', 'text stands after the end: remove it');
  return { value, lineOf: (pointer) => lineAt(text, placeOf(cursor.places, pointer)) };
}

function readValue(cursor: Cursor, pointer: string, depth: number): unknown {
  skipSpace(cursor);
  cursor.places.set(pointer, cursor.at);
  const mark = cursor.text[cursor.at];
  if (mark === '{' || mark === '[') {
    if (depth >= MOST_DEPTH) {
      const line = lineAt(cursor.text, cursor.at);
      const message = `nested more than ${MOST_DEPTH} deep: flatten it`;
      throw new JsonRefusal('TOO_DEEP', message, { pointer, line });
    }
    return mark === '{' ? readObject(cursor, pointer, depth) : readArray(cursor, pointer, depth);
  }
  if (mark === '"') return readString(cursor, pointer);
  for (const [word, value] of WORDS) {
    if (!cursor.text.startsWith(word, cursor.at)) continue;
    cursor.at += word.length;
    return value;
  }
  return readNumber(cursor, pointer);
}

const WORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

function readObject(cursor: Cursor, pointer: string, depth: number): unknown {
  cursor.at += 1;
  const members = new Map<string, unknown>();
  if (takes(cursor, '}')) return {};
  do {
    skipSpace(cursor);
    if (cursor.text[cursor.at] !== '"')
      throw notJson(cursor, pointer, 'a member begins with its name in double quotes');
    const start = cursor.at;
    const name = readString(cursor, pointer);
    const inner = below(pointer, name);
    if (members.has(name)) {
      const line = lineAt(cursor.text, start);
      const message = `\`${name.slice(0, 60)}\` stands twice in one object: remove one`;
      throw new JsonRefusal('DUPLICATE_KEY', message, { pointer: inner, line });
    }
    if (!takes(cursor, ':')) throw notJson(cursor, inner, 'a `:` stands between name and value');
    members.set(name, readValue(cursor, inner, depth + 1));
  } while (takes(cursor, ','));
  if (!takes(cursor, '}')) throw notJson(cursor, pointer, 'members end with `,` or `}`');
  // Own members whatever their names: assigning `__proto__` would change the object itself.
  return Object.fromEntries(members);
}

function readArray(cursor: Cursor, pointer: string, depth: number): readonly unknown[] {
  cursor.at += 1;
  const elements: unknown[] = [];
  if (takes(cursor, ']')) return elements;
  do {
    elements.push(readValue(cursor, `${pointer}/${elements.length}`, depth + 1));
  } while (takes(cursor, ','));
  if (!takes(cursor, ']')) throw notJson(cursor, pointer, 'elements end with `,` or `]`');
  return elements;
}

function readString(cursor: Cursor, pointer: string): string {
  const { text } = cursor;
  const start = cursor.at;
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      cursor.at = at + 1;
      return decode(cursor, pointer, text.slice(start, cursor.at));
    }
    if (code < 0x20) {
      cursor.at = at;
      throw notJson(cursor, pointer, 'a control character stands in a string: escape it');
    }
    if (code === 0x5c) at += 1;
  }
  throw notJson(cursor, pointer, 'a string has no end: close its quotes');
}

/** The platform decodes escapes; positions are ours already. */
function decode(cursor: Cursor, pointer: string, literal: string): string {
  let text: string;
  try {
    text = String(JSON.parse(literal));
  } catch {
    throw notJson(cursor, pointer, 'a backslash begins no escape that JSON knows');
  }
  if (isWellFormed(text)) return text;
  const { place, line } = placeAt(cursor, cursor.at - literal.length);
  const message = `a text at ${place} holds a control character or half a letter: remove it`;
  throw new JsonRefusal('NOT_TEXT', message, { pointer, line });
}

function readNumber(cursor: Cursor, pointer: string): number {
  NUMBER.lastIndex = cursor.at;
  const match = NUMBER.exec(cursor.text);
  if (match === null) throw notJson(cursor, pointer, 'a value is missing or not JSON');
  const [literal] = match;
  const value = Number(literal);
  if (!Number.isFinite(value)) throw notJson(cursor, pointer, 'the number is too large');
  if (!isExact(literal)) {
    const { line } = placeAt(cursor, cursor.at);
    throw new JsonRefusal('INEXACT_NUMBER', toldRounded(literal), { pointer, line });
  }
  cursor.at += literal.length;
  return value;
}

function takes(cursor: Cursor, mark: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== mark) return false;
  cursor.at += 1;
  return true;
}

function skipSpace(cursor: Cursor): void {
  for (;;) {
    const mark = cursor.text[cursor.at];
    if (mark !== ' ' && mark !== '\n' && mark !== '\t' && mark !== '\r') return;
    cursor.at += 1;
  }
}

function notJson(cursor: Cursor, pointer: string, why: string): JsonRefusal {
  const { place, line } = placeAt(cursor, cursor.at);
  return new JsonRefusal('NOT_JSON', `not JSON at ${place}: ${why}`, { pointer, line });
}

function placeAt(
  { text }: Cursor,
  at: number,
): { readonly place: string; readonly line: number } {
  const line = lineAt(text, at);
  const column = at - text.lastIndexOf('\n', at - 1);
  return { line, place: `line ${line}, column ${column}` };
}

function placeOf(places: ReadonlyMap<string, number>, pointer: string): number {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = places.get(at);
    if (place !== undefined) return place;
  }
  return places.get('') ?? 0;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}
