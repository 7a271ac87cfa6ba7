import type { Entity } from './bank-record.ts';
import type { PartName } from './customer360.ts';

/** The part of a customer's view in which an entity's records show; null: it shows in none. */
export const PART_OF: { readonly [E in Entity]: PartName | null } = {
  party: 'profile',
  region: 'profile',
  household_member: 'household',
  arrangement: 'arrangements',
  role: 'arrangements',
  balance: 'arrangements',
  transaction: 'transactions',
  coverage: 'transactions',
  interaction: 'interactions',
  contact: 'campaigns',
  response: 'campaigns',
  goal: 'goals',
  credit_application: 'creditApplications',
  relationship_value: 'relationshipValue',
  consent: 'consents',
  hold: 'holds',
  // It says who may see the customer, and nothing of the customer.
  relationship_manager: null,
  // It says which numbers are the customer's, hence whose records show in all of them.
  party_merge: null,
};

/**
 * What is kept of a source: when it told a part, or which numbers are one customer. Where the
 * latter is not known whole, no part of whoever is concerned is.
 */
export type SourcePart = PartName | 'merges';

/** What of a source tells an entity's records; null: nothing that is kept. */
export function sourcePartOf(entity: Entity): SourcePart | null {
  return entity === 'party_merge' ? 'merges' : PART_OF[entity];
}

/** The part that a live core tells an entity's records with; null: it tells none. */
export function toldWith(entity: Entity): PartName | null {
  return entity === 'party_merge' ? 'profile' : PART_OF[entity];
}

/** True where an entity's records are told with one of these parts. */
export function isToldWith(parts: readonly PartName[], entity: Entity): boolean {
  const part = toldWith(entity);
  return part !== null && parts.includes(part);
}
