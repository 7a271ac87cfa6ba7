import { canonicalText } from '../../domain/canonical.ts';
import type { Address, Digest } from '../../domain/digest.ts';

/** The 32 bytes of an address or a digest, without its prefix. */
export function bytesOf(name: Address | Digest): Buffer {
  const hex = name.slice(name.indexOf(':') + 1);
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new RangeError('not 64 hexadecimal digits');
  return Buffer.from(hex, 'hex');
}

/** An address from its bytes. */
export function addressFrom(bytes: Uint8Array): Address {
  return `hmac:${Buffer.from(bytes).toString('hex')}`;
}

/** A digest from its bytes. */
export function digestFrom(bytes: Uint8Array): Digest {
  return `sha256:${Buffer.from(bytes).toString('hex')}`;
}

/** The codec of bodies: 0 is the canonical text in UTF-8. */
export const CANONICAL_TEXT = 0;

/** Writes a body by codec 0. */
export function encodeBody(value: unknown): Buffer {
  return Buffer.from(canonicalText(value), 'utf8');
}

/** Reads a body by its codec; what it holds is what was written there. */
export function decodeBody<T>(codec: number, body: Uint8Array): T {
  if (codec !== CANONICAL_TEXT) throw new RangeError(`no codec ${codec} is known here`);
  return JSON.parse(Buffer.from(body).toString('utf8')) as T;
}
