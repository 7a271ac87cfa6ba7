import type { Entity } from './bank-record.ts';

/**
 * What it means that a core tells a part whole and does not list a record of its own any more.
 * WITHDRAWN: a version says that it counts no more. DATED: it ends on the business date, in its
 * own field. BY_ROLE: others may have it too, so it goes with the customer's role. STANDS: silence
 * says nothing.
 */
export type Silence = 'WITHDRAWN' | 'DATED' | 'BY_ROLE' | 'STANDS';

/**
 * By entity. What happened has happened: a list of talks, contacts, answers or applications may
 * reach back some months only, and a complaint or a refusal of credit that has slid out of it must
 * not permit. Regions are nobody's.
 */
export const ON_SILENCE: { readonly [E in Entity]: Silence } = {
  party: 'WITHDRAWN',
  region: 'STANDS',
  household_member: 'WITHDRAWN',
  arrangement: 'BY_ROLE',
  role: 'DATED',
  balance: 'WITHDRAWN',
  transaction: 'WITHDRAWN',
  interaction: 'STANDS',
  consent: 'DATED',
  hold: 'DATED',
  contact: 'STANDS',
  response: 'STANDS',
  goal: 'WITHDRAWN',
  credit_application: 'STANDS',
  relationship_value: 'WITHDRAWN',
  relationship_manager: 'STANDS',
  party_merge: 'STANDS',
  coverage: 'WITHDRAWN',
};
