import {
  constants,
  crc32,
  deflateRawSync,
  inflateRawSync,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import { canonicalText } from '../../src/domain/canonical.ts';

/** A way to write a body and to read it again, with the texts of the columns beside it. */
export interface BodyForm {
  encode(value: unknown, columns: readonly string[]): Uint8Array;
  decode(body: Uint8Array, columns: readonly string[]): unknown;
}

/** Compresses bytes that resemble those of a preset, and the reverse. */
export interface Compressor {
  compress(bytes: Uint8Array, preset: Uint8Array): Uint8Array;
  decompress(bytes: Uint8Array, preset: Uint8Array): Uint8Array;
}

/** Raw deflate, at the level at which packed bodies are written. */
export const DEFLATE: Compressor = {
  compress: (bytes, preset) => deflateRawSync(bytes, { dictionary: lastOf(preset), level: 6 }),
  decompress: (bytes, preset) => inflateRawSync(bytes, { dictionary: lastOf(preset) }),
};

/** Deflate looks back no further. */
function lastOf(preset: Uint8Array): Uint8Array {
  return preset.subarray(-32_768);
}

const ZSTD_MAGIC = Buffer.from('28b52ffd', 'hex');

/** Zstandard without the four bytes that say so, for the codec's number says it already. */
export function zstandard(level: number): Compressor {
  const params = {
    [constants.ZSTD_c_compressionLevel]: level,
    [constants.ZSTD_c_contentSizeFlag]: 0,
  };
  return {
    compress: (bytes, dictionary) =>
      zstdCompressSync(bytes, { dictionary, params }).subarray(ZSTD_MAGIC.length),
    decompress: (bytes, dictionary) =>
      zstdDecompressSync(Buffer.concat([ZSTD_MAGIC, bytes]), { dictionary }),
  };
}

/** Eight bytes, as in codec 1: the dictionary's code and a check. */
const HEAD_BYTES = 8;

/**
 * Canonical text, compressed. A text that a column holds is one character, a digest that the
 * preset does not say is 32 bytes before the text.
 */
export function textForm(preset: string, compressor: Compressor): BodyForm {
  return compressedForm(preset, compressor, {
    shorten: (text) => text,
    lengthen: (text) => text,
  });
}

/**
 * The same, with one character in place of each string that the dictionary says, quotes and colon
 * included, and of each date.
 */
export function wordForm(
  preset: string,
  words: readonly string[],
  compressor: Compressor,
): BodyForm {
  return compressedForm(preset, compressor, characterForWord(preset, words));
}

interface Shortening {
  shorten(text: string): string;
  lengthen(text: string): string;
}

function compressedForm(
  preset: string,
  { compress, decompress }: Compressor,
  { shorten, lengthen }: Shortening,
): BodyForm {
  const presetBytes = Buffer.from(shorten(preset));
  const said = new Set(preset.match(DIGITS));
  return {
    encode(value, columns) {
      const { digests, text } = withoutNames(canonicalText(value), columns, said);
      const bytes = Buffer.from(shorten(text));
      const head = Buffer.alloc(HEAD_BYTES + 1);
      head.writeUInt32BE(crc32(bytes), 4);
      head[HEAD_BYTES] = digests.length / 32;
      return Buffer.concat([head, digests, compress(bytes, presetBytes)]);
    },
    decode(body, columns) {
      const start = HEAD_BYTES + 1;
      const end = start + (body[HEAD_BYTES] ?? 0) * 32;
      const bytes = Buffer.from(decompress(body.subarray(end), presetBytes));
      if (crc32(bytes) !== Buffer.from(body).readUInt32BE(4)) throw new Error('spoilt');
      const digests = Buffer.from(body.subarray(start, end));
      return JSON.parse(withNames(lengthen(bytes.toString()), columns, digests));
    },
  };
}

const DIGITS = /[0-9a-f]{64}/g;

/** Stands for a digest that is stored as bytes; JSON text escapes control characters. */
export const DIGEST = '\u001f';

/** Stands for what a column holds, by its place among the columns. */
export function columnCharacter(at: number): string {
  return characterAt(1 + at);
}

function withoutNames(whole: string, columns: readonly string[], said: ReadonlySet<string>) {
  let text = whole;
  for (const [at, column] of columns.entries())
    text = text.replaceAll(column, columnCharacter(at));
  const digits: string[] = [];
  text = text.replace(DIGITS, (digest) => {
    if (said.has(digest)) return digest;
    digits.push(digest);
    return DIGEST;
  });
  return { digests: Buffer.from(digits.join(''), 'hex'), text };
}

function withNames(whole: string, columns: readonly string[], digests: Buffer): string {
  let at = 0;
  let text = whole.replaceAll(DIGEST, () => {
    at += 32;
    return digests.toString('hex', at - 32, at);
  });
  for (const [i, column] of columns.entries()) text = text.replaceAll(columnCharacter(i), column);
  return text;
}

const STRING = /"(?:[^"\\]|\\.)*":?/g;
const STRING_OR_CHARACTER = /"(?:[^"\\]|\\.)*"|[\u0100-\ud7ff]/g;
const DATE = /^"\d{4}-\d\d-\d\d"$/;
const FIRST_WORD = 0x100;
/** The character of 2000-01-01; the last one before the surrogates is in 2106. */
const FIRST_DAY = 0x40_00;
const LAST_DAY = 0xd7_ff;
const DAY_MS = 86_400_000;
const DAYS_TO_2000 = Date.parse('2000-01-01') / DAY_MS;

/** The commonest words come first: up to U+07FF a character takes two bytes. */
function characterForWord(preset: string, words: readonly string[]): Shortening {
  const counts = new Map<string, number>();
  const said = `${JSON.stringify(words)}${preset}`.match(STRING) ?? [];
  for (const word of said) counts.set(word, (counts.get(word) ?? 0) + 1);
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a).map(([word]) => word);
  const known = byCount.slice(0, FIRST_DAY - FIRST_WORD);
  const characters = new Map(known.map((word, at) => [word, characterAt(FIRST_WORD + at)]));
  return {
    shorten: (text) =>
      text.replace(STRING, (word) => characters.get(word) ?? characterOfDate(word) ?? word),
    lengthen: (text) =>
      text.replace(STRING_OR_CHARACTER, (one) => {
        const code = one.charCodeAt(0);
        if (one.length > 1) return one;
        return code < FIRST_DAY ? (known[code - FIRST_WORD] ?? one) : dateAt(code);
      }),
  };
}

function characterOfDate(word: string): string | undefined {
  if (!DATE.test(word)) return undefined;
  const code = FIRST_DAY + Date.parse(word.slice(1, -1)) / DAY_MS - DAYS_TO_2000;
  const fits = code >= FIRST_DAY && code <= LAST_DAY && dateAt(code) === word;
  return fits ? characterAt(code) : undefined;
}

function dateAt(code: number): string {
  const timeMs = (code - FIRST_DAY + DAYS_TO_2000) * DAY_MS;
  return `"${new Date(timeMs).toISOString().slice(0, 10)}"`;
}

function characterAt(code: number): string {
  return String.fromCharCode(code);
}
