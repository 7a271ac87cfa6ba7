import type { Entity } from './bank-record.ts';
import type { PartName } from './customer360.ts';

/** The part of a customer's view in which an entity's records show. */
export const PART_OF: { readonly [E in Entity]: PartName } = {
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
};
