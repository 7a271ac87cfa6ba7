import type { Packing } from './pack-json.ts';
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

interface Reader extends Packing {
  readonly bytes: Buffer;
  at: number;
  lastDay: number;
}

/**
 * The value that `packJson` wrote with the same vocabulary and columns; its objects have their
 * names in sorted order. Throws a RangeError for bytes that no value is written as.
 */
export function unpackJson(bytes: Uint8Array, packing: Packing): unknown {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader: Reader = { ...packing, bytes: buffer, at: 0, lastDay: 0 };
  const value = readValue(reader);
  if (reader.at !== buffer.length) throw new RangeError('bytes are left over after the value');
  return value;
}

function readValue(reader: Reader): unknown {
  const token = readByte(reader);
  if (token >= FIRST_WORD) return wordAt(reader, wordNumber(reader, token));
  if (token >= FIRST_SHAPE) return readMembers(reader, shapeAt(reader, token - FIRST_SHAPE));
  if (token >= FIRST_NATURAL) return token - FIRST_NATURAL;
  if (token >= FIRST_COLUMN) return known(reader.columns[token - FIRST_COLUMN]);
  const read = READERS.get(token);
  if (read === undefined) throw new RangeError(`no value opens with ${token}`);
  return read(reader);
}

type Read = (reader: Reader) => unknown;

const READERS: ReadonlyMap<number, Read> = new Map<number, Read>([
  [TOKEN.null, () => null],
  [TOKEN.true, () => true],
  [TOKEN.false, () => false],
  [TOKEN.text, (reader) => take(reader, readNatural(reader)).toString('utf8')],
  [TOKEN.double, (reader) => take(reader, 8).readDoubleBE()],
  [TOKEN.natural, readNatural],
  [TOKEN.negative, (reader) => -1 - readNatural(reader)],
  [TOKEN.list, (reader) => readItems(reader, readNatural(reader))],
  [TOKEN.object, (reader) => readMembers(reader, readNames(reader))],
  [TOKEN.shape, (reader) => readMembers(reader, shapeAt(reader, readNatural(reader)))],
  [TOKEN.word, (reader) => wordAt(reader, readNatural(reader))],
  [TOKEN.date, readDate],
  [TOKEN.instant, (reader) => new Date(readNatural(reader)).toISOString()],
  [TOKEN.uuid, readUuid],
  ...PREFIXES.map(({ token, prefix }): readonly [number, Read] => [
    token,
    (reader) => prefix + take(reader, 32).toString('hex'),
  ]),
]);

function readItems(reader: Reader, count: number): readonly unknown[] {
  const items: unknown[] = [];
  for (let i = 0; i < count; i += 1) items.push(readValue(reader));
  return items;
}

function readNames(reader: Reader): readonly string[] {
  const names = readItems(reader, readNatural(reader));
  return names.filter((name) => typeof name === 'string');
}

function readMembers(reader: Reader, names: readonly string[]): object {
  // Assigning to this name would set the object's prototype and add no member.
  if (names.includes('__proto__')) {
    return Object.fromEntries(names.map((name) => [name, readValue(reader)]));
  }
  const members: Record<string, unknown> = {};
  for (const name of names) members[name] = readValue(reader);
  return members;
}

function readDate(reader: Reader): string {
  const folded = readNatural(reader);
  reader.lastDay += folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  return new Date(reader.lastDay * DAY_MS).toISOString().slice(0, 10);
}

function readUuid(reader: Reader): string {
  const hex = take(reader, 16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function wordNumber(reader: Reader, token: number): number {
  if (token < FIRST_WIDE_WORD) return token - FIRST_WORD;
  const direct = FIRST_WIDE_WORD - FIRST_WORD;
  return direct + (token - FIRST_WIDE_WORD) * 256 + readByte(reader);
}

function wordAt({ vocabulary }: Reader, number: number): string {
  return known(vocabulary.words[number]);
}

function shapeAt({ vocabulary }: Reader, number: number): readonly string[] {
  return known(vocabulary.shapes[number]);
}

function known<T>(named: T | undefined): T {
  if (named === undefined) throw new RangeError('a word, shape or column is not known');
  return named;
}

function readNatural(reader: Reader): number {
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = readByte(reader);
    value += (byte % 128) * factor;
    if (byte < 128) return value;
    factor *= 128;
  }
}

function readByte(reader: Reader): number {
  const byte = reader.bytes[reader.at];
  if (byte === undefined) throw new RangeError('the bytes end within a value');
  reader.at += 1;
  return byte;
}

function take(reader: Reader, count: number): Buffer {
  const end = reader.at + count;
  if (end > reader.bytes.length) throw new RangeError('the bytes end within a value');
  const taken = reader.bytes.subarray(reader.at, end);
  reader.at = end;
  return taken;
}
