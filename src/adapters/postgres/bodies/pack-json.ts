import { isUuid } from '../../../domain/id.ts';
import {
  DAY_MS,
  FIRST_COLUMN,
  FIRST_NATURAL,
  FIRST_SHAPE,
  FIRST_WIDE_WORD,
  FIRST_WORD,
  PREFIXES,
  TOKEN,
} from './packed-tokens.ts';
import { shapeOf, type Vocabulary } from './vocabulary.ts';

/** What a value is packed with; it can be unpacked only with the same. */
export interface Packing {
  readonly vocabulary: Vocabulary;
  /** Up to eight texts that the row's own columns hold: each is one byte, wherever it occurs. */
  readonly columns: readonly string[];
}

interface Writer extends Packing {
  readonly bytes: number[];
  /** The date written last, in days since 1970: the next one is written as days from it. */
  lastDay: number;
}

/**
 * Writes JSON data in bytes: equal data, whatever the order of its members, as equal bytes. Leaves
 * out members that are undefined; throws a TypeError for what JSON cannot say.
 */
export function packJson(value: unknown, packing: Packing): Uint8Array {
  const writer: Writer = { ...packing, bytes: [], lastDay: 0 };
  writeValue(writer, value);
  return Uint8Array.from(writer.bytes);
}

function writeValue(writer: Writer, value: unknown): void {
  if (typeof value === 'string') writeText(writer, value);
  else if (typeof value === 'number') writeNumber(writer, value);
  else if (value === null) writer.bytes.push(TOKEN.null);
  else if (typeof value === 'boolean') writer.bytes.push(value ? TOKEN.true : TOKEN.false);
  else if (Array.isArray(value)) writeList(writer, value);
  else if (isObject(value)) writeObject(writer, value);
  else throw new TypeError(`a value of type ${typeof value} cannot be stored`);
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object';
}

function writeList(writer: Writer, items: readonly unknown[]): void {
  writer.bytes.push(TOKEN.list);
  writeNatural(writer, items.length);
  for (const item of items) writeValue(writer, item);
}

function writeObject(writer: Writer, value: { readonly [name: string]: unknown }): void {
  const all = Object.keys(value);
  const absent = all.some((name) => value[name] === undefined);
  const there = absent ? all.filter((name) => value[name] !== undefined) : all;
  const { names, number } = shapeOf(writer.vocabulary, there);
  if (number === undefined) {
    writer.bytes.push(TOKEN.object);
    writeNatural(writer, names.length);
    for (const name of names) writeText(writer, name);
  } else if (number < FIRST_WORD - FIRST_SHAPE) writer.bytes.push(FIRST_SHAPE + number);
  else {
    writer.bytes.push(TOKEN.shape);
    writeNatural(writer, number);
  }
  for (const name of names) writeValue(writer, value[name]);
}

function writeNumber(writer: Writer, value: number): void {
  const { bytes } = writer;
  if (!Number.isFinite(value))
    throw new TypeError('a number that is not finite cannot be stored');
  if (!Number.isSafeInteger(value)) {
    const cell = Buffer.alloc(8);
    cell.writeDoubleBE(value);
    bytes.push(TOKEN.double, ...cell);
  } else if (value < 0) {
    bytes.push(TOKEN.negative);
    writeNatural(writer, -1 - value);
  } else if (value < FIRST_SHAPE - FIRST_NATURAL) bytes.push(FIRST_NATURAL + value);
  else {
    bytes.push(TOKEN.natural);
    writeNatural(writer, value);
  }
}

function writeText(writer: Writer, text: string): void {
  const column = writer.columns.indexOf(text);
  const word = writer.vocabulary.wordNumbers.get(text);
  if (column >= 0) writer.bytes.push(FIRST_COLUMN + column);
  else if (word !== undefined) writeWord(writer, word);
  else if (!writeTime(writer, text) && !writeName(writer, text)) writeLetters(writer, text);
}

function writeWord(writer: Writer, word: number): void {
  const wide = word - (FIRST_WIDE_WORD - FIRST_WORD);
  if (wide < 0) writer.bytes.push(FIRST_WORD + word);
  else if (wide < (256 - FIRST_WIDE_WORD) * 256) {
    writer.bytes.push(FIRST_WIDE_WORD + (wide >> 8), wide & 255);
  } else {
    writer.bytes.push(TOKEN.word);
    writeNatural(writer, word);
  }
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Writes a date or an instant; false for a text that would not be read back to the letter. */
function writeTime(writer: Writer, text: string): boolean {
  if (text.length === 10 && DATE.test(text)) return writeDate(writer, text);
  if (text.length !== 24 || !INSTANT.test(text)) return false;
  const timeMs = Date.parse(text);
  if (!(timeMs >= 0) || new Date(timeMs).toISOString() !== text) return false;
  writer.bytes.push(TOKEN.instant);
  writeNatural(writer, timeMs);
  return true;
}

function writeDate(writer: Writer, text: string): boolean {
  const date = new Date(text);
  const day = date.getTime() / DAY_MS;
  // `Date` takes the 30th of February for a day in March.
  if (!(day >= 0) || date.getUTCDate() !== Number(text.slice(8))) return false;
  const days = day - writer.lastDay;
  writer.lastDay = day;
  writer.bytes.push(TOKEN.date);
  writeNatural(writer, days < 0 ? -2 * days - 1 : 2 * days);
  return true;
}

const HEX_32_BYTES = /^[0-9a-f]{64}$/;

/** Writes a digest, an address or a UUID, two digits a byte; false for any other text. */
function writeName(writer: Writer, text: string): boolean {
  if (isUuid(text)) {
    writer.bytes.push(TOKEN.uuid, ...Buffer.from(text.replaceAll('-', ''), 'hex'));
    return true;
  }
  const form = PREFIXES.find(({ prefix }) => text.startsWith(prefix));
  if (form === undefined) return false;
  const digits = text.slice(form.prefix.length);
  if (!HEX_32_BYTES.test(digits)) return false;
  writer.bytes.push(form.token, ...Buffer.from(digits, 'hex'));
  return true;
}

function writeLetters(writer: Writer, text: string): void {
  if (!text.isWellFormed()) throw new TypeError('a text with half a character cannot be stored');
  const letters = Buffer.from(text, 'utf8');
  writer.bytes.push(TOKEN.text);
  writeNatural(writer, letters.length);
  for (const byte of letters) writer.bytes.push(byte);
}

/** Seven bits a byte, the lowest first; all but the last have their highest bit set. */
function writeNatural({ bytes }: Writer, value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}
