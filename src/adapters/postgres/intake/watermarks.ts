import type { Entity } from '../../../domain/bank-record.ts';
import type { SourcePart } from '../../../domain/entity-parts.ts';

const byRole = (entity: Entity) =>
  `select r.party_id from pending_${entity} s join bank_role r using (arrangement_id)`;
const byParty = (entity: Entity) => `select party_id from pending_${entity}`;
/** Whose it is and whose it ever was: a correction may take a record from somebody. */
const everOf = (entity: Entity, key: string) =>
  `select b.party_id from pending_${entity} s join bank_${entity} b using (${key})`;

/**
 * Whose parts a pending record of an entity changes: a joint holder's and a housemate's too.
 */
const CONCERNED: readonly (readonly [Entity, SourcePart, string])[] = [
  ['party', 'profile', byParty('party')],
  [
    'region',
    'profile',
    'select p.party_id from pending_region s join bank_party p using (region_code)',
  ],
  [
    'household_member',
    'household',
    `select m.party_id from pending_household_member s
      join bank_household_member own using (party_id)
      join bank_household_member m on m.household_id = own.household_id`,
  ],
  ['arrangement', 'arrangements', byRole('arrangement')],
  ['role', 'arrangements', byRole('role')],
  ['balance', 'arrangements', byRole('balance')],
  ['role', 'transactions', byRole('role')],
  ['transaction', 'transactions', byRole('transaction')],
  [
    'transaction',
    'transactions',
    `select r.party_id from pending_transaction s
      join bank_transaction b
        on b.transaction_id = s.transaction_id and b.arrangement_id <> s.arrangement_id
      join bank_role r on r.arrangement_id = b.arrangement_id`,
  ],
  ['coverage', 'transactions', byRole('coverage')],
  [
    'coverage',
    'transactions',
    `select party_id from bank_role
      where exists (select from pending_coverage where arrangement_id = '')`,
  ],
  ['interaction', 'interactions', everOf('interaction', 'interaction_id')],
  ['contact', 'campaigns', everOf('contact', 'contact_id')],
  [
    'response',
    'campaigns',
    `select c.party_id from pending_response s join bank_response b using (response_id)
      join bank_contact c on c.contact_id = b.contact_id`,
  ],
  ['goal', 'goals', everOf('goal', 'goal_id')],
  ['credit_application', 'creditApplications', everOf('credit_application', 'application_id')],
  ['relationship_value', 'relationshipValue', byParty('relationship_value')],
  ['consent', 'consents', byParty('consent')],
  ['hold', 'holds', everOf('hold', 'hold_id')],
  // Whoever it lives on in rests on the sum of both.
  ['party_merge', 'merges', byParty('party_merge')],
];

/**
 * Moves, once each, the watermark of the system ($1) for every party and part that the pending
 * rows of these entities still change.
 */
export function moveWatermarks(entities: readonly Entity[]): string {
  const queries = CONCERNED.filter(([entity]) => entities.includes(entity)).map(
    ([, part, query]) => `select party_id, '${part}' as part from (${query}) q`,
  );
  // A union of one keeps what stands twice; over several it has gone already.
  const once = queries.length === 1 ? 'distinct' : '';
  return `insert into watermark (party_id, part, system, version)
    select ${once} party_id, part, $1, 1 from (${queries.join(' union ')}) concerned
    on conflict (party_id, part, system) do update set version = watermark.version + 1`;
}

/**
 * Says until when each part ($1) of the system ($2) is known ($3); never earlier than before. What
 * the first import of a bank brings is its past; a part that comes later was not known until then.
 */
export const MOVE_SOURCES = `insert into source (part, system, as_of, delivered_at)
  select part, $2, $3::timestamptz, (select $3::timestamptz from bank)
  from unnest($1::text[]) part
  on conflict (part, system) do update set as_of = greatest(source.as_of, excluded.as_of)`;
