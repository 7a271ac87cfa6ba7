import type { Capsule } from '../../../domain/decision.ts';
import { type Address, addressOf } from '../../../domain/digest.ts';

/** Names a capsule and who asked for it, under the customer's key. */
export function capsuleAddress(
  addressKey: Uint8Array,
  { caller, capsule }: { readonly caller: string; readonly capsule: Capsule },
): Address {
  return addressOf(addressKey, { caller, capsule });
}

/** True when content has this address; what has no canonical form has none. */
export function isAddressOf(address: Address, key: Uint8Array, content: unknown): boolean {
  try {
    return addressOf(key, content) === address;
  } catch {
    return false;
  }
}
