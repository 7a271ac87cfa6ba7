import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { canonicalText } from './canonical.ts';

/** `sha256:` and 64 hexadecimal digits: the name of public content such as a release. */
export type Digest = string;

/**
 * `hmac:` and 64 hexadecimal digits: the name of a customer's content, under that customer's
 * key.
 */
export type Address = string;

/** True for the name of public content, whether or not there is such. */
export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

/** SHA-256 over bytes or UTF-8 text. */
export function digestBytes(content: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** SHA-256 over the RFC 8785 form of a value. */
export function digestOf(value: unknown): Digest {
  return digestBytes(canonicalText(value));
}

/**
 * HMAC-SHA-256 over the RFC 8785 form of a value under the customer's own key: facts are easy to
 * guess from a bare hash, and destroying the key makes the address meaningless.
 */
export function addressOf(key: Uint8Array, value: unknown): Address {
  return `hmac:${keyedHash(key, canonicalText(value)).toString('hex')}`;
}

/**
 * The 32 bytes of HMAC-SHA-256 over UTF-8 text. The key is handed over as a key: given its bare
 * bytes, Node 24 first tries them as keys of two other kinds, which costs more than the hash.
 */
export function keyedHash(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', createSecretKey(key)).update(text).digest();
}
