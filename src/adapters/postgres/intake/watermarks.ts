import type { Entity } from '../../../domain/bank-record.ts';
import type { PartName } from '../../../domain/customer360.ts';

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

const byRole = (entity: Entity) =>
  `select r.party_id from pending_${entity} s join bank_role r using (arrangement_id)`;
const byParty = (entity: Entity) => `select party_id from pending_${entity}`;
/** Whose it is and whose it ever was: a correction may take a record from somebody. */
const everOf = (entity: Entity, key: string) =>
  `select b.party_id from pending_${entity} s join bank_${entity} b using (${key})`;

/** Whose parts a written record changes: a joint holder's and a housemate's too. */
const CONCERNED: readonly (readonly [PartName, string])[] = [
  ['profile', byParty('party')],
  ['profile', 'select p.party_id from pending_region s join bank_party p using (region_code)'],
  [
    'household',
    `select m.party_id from pending_household_member s
      join bank_household_member own using (party_id)
      join bank_household_member m on m.household_id = own.household_id`,
  ],
  ['arrangements', byRole('arrangement')],
  ['arrangements', byRole('role')],
  ['arrangements', byRole('balance')],
  ['transactions', byRole('role')],
  ['transactions', byRole('transaction')],
  [
    'transactions',
    `select r.party_id from pending_transaction s
      join bank_transaction b
        on b.transaction_id = s.transaction_id and b.arrangement_id <> s.arrangement_id
      join bank_role r on r.arrangement_id = b.arrangement_id`,
  ],
  ['transactions', byRole('coverage')],
  [
    'transactions',
    `select party_id from bank_role
      where exists (select from pending_coverage where arrangement_id = '')`,
  ],
  ['interactions', everOf('interaction', 'interaction_id')],
  ['campaigns', everOf('contact', 'contact_id')],
  [
    'campaigns',
    `select c.party_id from pending_response s join bank_response b using (response_id)
      join bank_contact c on c.contact_id = b.contact_id`,
  ],
  ['goals', everOf('goal', 'goal_id')],
  ['relationshipValue', byParty('relationship_value')],
  ['consents', byParty('consent')],
  ['holds', everOf('hold', 'hold_id')],
];

function concerned([part, query]: readonly [PartName, string]): string {
  return `select party_id, '${part}' as part from (${query}) q`;
}

/**
 * Moves, once each, the watermark of the system ($1) for every party and part that the pending
 * rows still change.
 */
export const MOVE_WATERMARKS = `insert into watermark (party_id, part, system, version)
  select party_id, part, $1, 1 from (
    ${CONCERNED.map(concerned).join('\n    union ')}
  ) concerned
  on conflict (party_id, part, system) do update set version = watermark.version + 1`;

/**
 * Says until when each part ($1) of the system ($2) is known ($3); never earlier than before. What
 * the first import of a bank brings is its past; a part that comes later was not known until then.
 */
export const MOVE_SOURCES = `insert into source (part, system, as_of, delivered_at)
  select part, $2, $3::timestamptz, (select $3::timestamptz from bank)
  from unnest($1::text[]) part
  on conflict (part, system) do update set as_of = greatest(source.as_of, excluded.as_of)`;
