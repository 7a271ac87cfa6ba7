/** A UUID in lower-case text; version 7 where it is made here, so that it sorts by time. */
export type Uuid = string;

const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a lower-case UUID of any version. */
export function isUuid(text: string): boolean {
  return PATTERN.test(text);
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
