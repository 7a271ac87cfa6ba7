/**
 * The bytes that open each value of a packed text; what follows them is told by `pack-json.ts`.
 * INVARIANT: stored bodies are read by these numbers, so none ever changes its meaning.
 */
export const TOKEN = {
  null: 0,
  true: 1,
  false: 2,
  /** A length in bytes and the text in UTF-8. */
  text: 3,
  /** Eight bytes, big-endian. */
  double: 4,
  /** A whole number from 0. */
  natural: 5,
  /** A whole number n below 0, as -1 - n. */
  negative: 6,
  /** A count and the items. */
  list: 7,
  /** A count, the names in order and the values in theirs. */
  object: 8,
  /** The number of a shape, and the values in the order of its names. */
  shape: 9,
  /** The number of a word. */
  word: 10,
  /** Days since the date before it in the body, doubled; less one where they are negative. */
  date: 11,
  /** Milliseconds since 1970. */
  instant: 12,
  /** 32 bytes, and so is an address. */
  digest: 13,
  address: 14,
  /** 16 bytes. */
  uuid: 15,
} as const;

/** From here on the number of a column is part of the byte. */
export const FIRST_COLUMN = 16;
/** A whole number below 8 is part of the byte. */
export const FIRST_NATURAL = 24;
/** So is the number of one of the first 64 shapes. */
export const FIRST_SHAPE = 32;
/** And that of one of the first 128 words. */
export const FIRST_WORD = 96;
/** Words by two bytes: the high part of the number is in the first. */
export const FIRST_WIDE_WORD = 224;

/** A day, in which dates are counted. */
export const DAY_MS = 86_400_000;
/** Names whose value is 32 bytes, and by which token. */
export const PREFIXES = [
  { token: TOKEN.digest, prefix: 'sha256:' },
  { token: TOKEN.address, prefix: 'hmac:' },
] as const;
