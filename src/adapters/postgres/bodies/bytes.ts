import type { Address, Digest } from '../../../domain/digest.ts';

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
