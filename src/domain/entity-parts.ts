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
  relationship_value: 'relationshipValue',
  consent: 'consents',
  hold: 'holds',
  // It says who may see the customer, and nothing of the customer.
  relationship_manager: null,
};

/** True where an entity's records show in one of these parts. */
export function showsIn(parts: readonly PartName[], entity: Entity): boolean {
  const part = PART_OF[entity];
  return part !== null && parts.includes(part);
}
