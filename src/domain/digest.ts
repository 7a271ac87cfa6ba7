import { createHash, createHmac } from 'node:crypto';
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
  return `hmac:${createHmac('sha256', key).update(canonicalText(value)).digest('hex')}`;
}
