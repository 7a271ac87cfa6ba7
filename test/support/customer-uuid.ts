import { createHash } from 'node:crypto';
import type { Uuid } from '../../src/domain/id.ts';

/** The uuid that a customer number has in tests. */
export function customerUuid(partyId: string): Uuid {
  const hex = createHash('sha256').update(partyId).digest('hex');
  const middle = `${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}`;
  return `${hex.slice(0, 8)}-${middle}-${hex.slice(20, 32)}`;
}
