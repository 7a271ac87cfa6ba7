/** A UUID in lower-case text; version 7 where it is made here, so that it sorts by time. */
export type Uuid = string;

const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a lower-case UUID of any version. */
export function isUuid(text: string): boolean {
  return PATTERN.test(text);
}

/** The longest id, in UTF-16 code units. */
export const MOST_ID_CHARACTERS = 128;

/** The longest other text of a record, in UTF-16 code units. */
export const MOST_TEXT_CHARACTERS = 500;

/**
 * True for an id of the bank's or of a caller: the one measure of every door, so that what one
 * takes every other gives back. Text that is not well formed is nobody's id: stored as UTF-8, two
 * of them would be one.
 */
export function isId(text: string): boolean {
  return text !== '' && isIdPart(text);
}

/** True for what an id may begin with, nothing included. */
export function isIdPart(text: string): boolean {
  return text.length <= MOST_ID_CHARACTERS && isLine(text);
}

/** True for any other text of a record. */
export function isText(text: string): boolean {
  return text.length <= MOST_TEXT_CHARACTERS && isWellFormed(text);
}

/**
 * True for text that every reader gives back as it went in: whole characters, and of the control
 * characters, C1 and DEL among them, none but tab and line break. Where those of C1 stand, a file
 * was read in another encoding than it was written in, and terminals obey them.
 */
export function isWellFormed(text: string): boolean {
  return !/\p{Cs}|(?![\t\n\r])\p{Cc}/u.test(text);
}

/** True for well-formed text of one line, without tabs. */
export function isLine(text: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** A version 7 UUID of a time in ms since 1970 and 10 random bytes (RFC 9562, 5.7). */
export function uuidv7(timeMs: number, random: Uint8Array): Uuid {
  const bytes = new Uint8Array(16);
  for (let i = 0, rest = timeMs; i < 6; i += 1, rest = Math.floor(rest / 256)) {
    bytes[5 - i] = rest % 256;
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

/** Milliseconds since 1970 held by a version 7 UUID. */
export function timeOfUuidv7(id: Uuid): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
