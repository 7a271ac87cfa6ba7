import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { packJson } from './pack-json.ts';
import { unpackJson } from './unpack-json.ts';
import { type DictionaryText, type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** A body as its row holds it: the number says how the bytes are to be read. */
export interface StoredBody {
  readonly codec: number;
  readonly body: Uint8Array;
}

/** What bodies are likely to say, stored once; a body names it by its code. */
export interface Dictionary {
  readonly code: number;
  /** The JSON text of a `DictionaryText`. */
  readonly bytes: Uint8Array;
}

/** A body is spoilt, its dictionary is missing, or a newer program wrote it. */
export class BadBody extends Error {
  constructor(codec: number, reason: string) {
    super(`a body of codec ${codec} cannot be read: ${reason}`);
    this.name = 'BadBody';
  }
}

/** Codec 0: the canonical text in UTF-8. */
export const CANONICAL_TEXT = 0;
/**
 * Codec 1: four bytes with the dictionary's code, four with a CRC-32, then the packed bytes,
 * deflated without a header.
 */
export const PACKED = 1;

const HEAD_BYTES = 8;
/** Deflate cannot point further back. */
const MOST_PRESET_BYTES = 32_768;
/** Deflate's own: a higher one gained nothing on capsules of the demo bank. */
const LEVEL = 6;
/** No body is near as long; without a limit a spoilt one could take all memory. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Writes a body by codec 1. `columns` are texts that the row's own columns hold; the body only
 * points at them, so it must be read with the same ones.
 */
export function encodeBody(
  value: unknown,
  dictionary: Dictionary,
  columns: readonly string[] = [],
): StoredBody {
  const { vocabulary, preset, check } = opened(dictionary.bytes);
  const packed = packJson(value, { vocabulary, columns });
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(dictionary.code, 0);
  head.writeUInt32BE(checkOf([packed, columns.join('\n')], check), 4);
  const deflated = deflateRawSync(packed, { dictionary: preset, level: LEVEL });
  return { codec: PACKED, body: Buffer.concat([head, deflated]) };
}

/** The code of the dictionary that a body needs to be read; undefined if it needs none. */
export function dictionaryCodeOf({ codec, body }: StoredBody): number | undefined {
  if (codec !== PACKED) return undefined;
  if (body.length < HEAD_BYTES) throw new BadBody(codec, 'it is cut off');
  return viewOf(body).getUint32(0);
}

/**
 * The value that was written as this body, given dictionaries by code and the same columns as
 * then. Throws `BadBody` where it cannot be had.
 */ export function decodeBody<T>(
  stored: StoredBody,
  dictionaries: ReadonlyMap<number, Uint8Array>,
  columns: readonly string[] = [],
): T {
  const { codec, body } = stored;
  if (codec === CANONICAL_TEXT) return parse(codec, Buffer.from(body).toString('utf8')) as T;
  const code = dictionaryCodeOf(stored);
  if (code === undefined) throw new BadBody(codec, 'this program knows no such codec');
  const bytes = dictionaries.get(code);
  if (bytes === undefined) throw new BadBody(codec, `no dictionary ${code} is stored`);
  const { vocabulary, preset, check } = opened(bytes);
  const packed = inflate(codec, body.subarray(HEAD_BYTES), preset);
  if (checkOf([packed, columns.join('\n')], check) !== viewOf(body).getUint32(4)) {
    throw new BadBody(codec, 'its check fails');
  }
  return unpackJson(packed, { vocabulary, columns }) as T;
}

interface OpenedDictionary {
  readonly vocabulary: Vocabulary;
  /** The likely values, packed: deflated bytes point back at them. */
  readonly preset: Uint8Array;
  /** CRC-32 of the dictionary. */
  readonly check: number;
}

/** Dictionaries opened before, as long as anyone holds their bytes. */
const openedBefore = new WeakMap<Uint8Array, OpenedDictionary>();

function opened(bytes: Uint8Array): OpenedDictionary {
  const known = openedBefore.get(bytes);
  if (known !== undefined) return known;
  const { likely, words } = parse(PACKED, Buffer.from(bytes).toString('utf8')) as DictionaryText;
  if (!Array.isArray(likely) || !Array.isArray(words)) {
    throw new BadBody(PACKED, 'its dictionary is none');
  }
  const vocabulary = vocabularyOf({ likely, words });
  const packed = packJson(likely, { vocabulary, columns: [] });
  const preset = packed.subarray(-MOST_PRESET_BYTES);
  const dictionary = { vocabulary, preset, check: crc32(bytes) };
  openedBefore.set(bytes, dictionary);
  return dictionary;
}

/** A CRC-32. It covers dictionary and columns too, without which a body says something else. */
function checkOf(parts: readonly (Uint8Array | string)[], from: number): number {
  return parts.reduce<number>((check, part) => crc32(part, check), from);
}

function inflate(codec: number, packed: Uint8Array, dictionary: Uint8Array): Buffer {
  try {
    return inflateRawSync(packed, { dictionary, maxOutputLength: MOST_BYTES });
  } catch {
    throw new BadBody(codec, 'it does not inflate');
  }
}

function parse(codec: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadBody(codec, 'its text is no JSON');
  }
}

function viewOf(body: Uint8Array): DataView {
  return new DataView(body.buffer, body.byteOffset, body.byteLength);
}
