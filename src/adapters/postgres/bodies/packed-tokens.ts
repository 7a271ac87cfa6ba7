/**
 * Each value of a packed body opens with one of these bytes; beside each stands what follows it.
 * A count, length or number that follows is written in seven bits a byte, the lowest first.
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
  /** Days from the date before it in the body: n days later as 2n, n days earlier as 2n - 1. */
  date: 11,
  /** Milliseconds since 1970. */
  instant: 12,
  /** 32 bytes, and so is an address. */
  digest: 13,
  address: 14,
  /** 16 bytes. */
  uuid: 15,
} as const;

/** 16 to 23: the column of this number, from 0. */
export const FIRST_COLUMN = 16;
/** 24 to 31: the whole numbers 0 to 7. */
export const FIRST_NATURAL = 24;
/** 32 to 95: an object of one of the first 64 shapes; its values follow. */
export const FIRST_SHAPE = 32;
/** 96 to 223: one of the first 128 words. */
export const FIRST_WORD = 96;
/** 224 to 255: one of the next 8,192 words, by this byte and the one that follows. */
export const FIRST_WIDE_WORD = 224;

/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;
/** The texts that open with these and go on with 64 hexadecimal digits, by token. */
export const PREFIXES = [
  { token: TOKEN.digest, prefix: 'sha256:' },
  { token: TOKEN.address, prefix: 'hmac:' },
] as const;
