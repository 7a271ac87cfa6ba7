import type { CustomerSource, ReadMany } from '../../../app/ports/customer-source.ts';
import type { Entity } from '../../../domain/bank-record.ts';
import type { Database } from '../connection/pool.ts';
import { createTurns } from '../connection/turns.ts';
import { type CustomerRows, type PartMember, partStatement, readRows } from './part-statement.ts';
import { createLineageReader } from './source-lineages.ts';

/** How much of a bank is read, and how much of it at once. */
export interface CustomerSourceOptions {
  /** Transactions of so many months up to the bank's business date; absent: all. */
  readonly transactionMonths?: number;
  /** Statements of one part that may be out at once; absent: as many as are asked. */
  readonly atOnce?: number;
}

/** Reads imported bank records: one statement a part, whatever the number of customers. */
export function createCustomerSource(
  database: Database,
  options: CustomerSourceOptions = {},
): CustomerSource {
  const months = options.transactionMonths ?? null;
  const limit = options.atOnce === undefined ? {} : { atOnce: options.atOnce };
  const part = <T>(members: readonly PartMember[], shape: (rows: CustomerRows) => T) =>
    partReader(database, members, { shape, values: [], ...limit });
  const list = <E extends Entity>(member: PartMember & { readonly entity: E }) =>
    part([member], (rows) => rows.of(member.entity));
  return {
    lineages: createLineageReader(database),
    parties: part([PARTY, REGION], (rows) => ({
      party: rows.of('party'),
      regions: rows.of('region'),
    })),
    households: list(HOUSEHOLD),
    arrangements: part([ARRANGEMENT, ROLE, BALANCE], (rows) => ({
      arrangements: rows.of('arrangement'),
      roles: rows.of('role'),
      balances: rows.of('balance'),
    })),
    transactions: partReader(database, [TRANSACTION, COVERAGE], {
      ...limit,
      values: [months],
      shape: (rows) => ({
        transactions: rows.of('transaction'),
        coverage: rows.of('coverage'),
      }),
    }),
    interactions: list(everOfParty('interaction', 'interaction_id', ['occurred_at'])),
    campaigns: part([CONTACT, RESPONSE], (rows) => ({
      contacts: rows.of('contact'),
      responses: rows.of('response'),
    })),
    goals: list(everOfParty('goal', 'goal_id', [])),
    creditApplications: list(everOfParty('credit_application', 'application_id', ['applied_on'])),
    relationshipValues: list(ofParty('relationship_value', ['effective_on'])),
    consents: list(ofParty('consent', ['purpose', 'channel', 'effective_at'])),
    holds: list(everOfParty('hold', 'hold_id', [])),
  };
}

/** The arrangements in which a customer ever had one of the roles. */
const arrangementsIn = (roles = '') =>
  `select distinct party_id, arrangement_id from bank_role where party_id = any($1)${roles}`;
const OWNED = arrangementsIn(" and role in ('OWNER', 'JOINT')");
const OF_ANY_ROLE = `(${arrangementsIn()}) a`;
const OF_OWNER = `(${OWNED}) a`;

function ofParty<E extends Entity>(entity: E, order: readonly string[]) {
  const from = `bank_${entity} r where r.party_id = any($1)`;
  return { entity, from, party: 'r.party_id', order };
}

/**
 * Of every record that was ever a customer's, all versions: a correction may have given it to
 * somebody else, and without that version the former would still look like the last word.
 */
function everOfParty<E extends Entity>(entity: E, key: string, order: readonly string[]) {
  const from = `(select distinct party_id, ${key} from bank_${entity} where party_id = any($1)) k
    join bank_${entity} r using (${key})`;
  return { entity, from, party: 'k.party_id', order: [...order, key] };
}

const PARTY = ofParty('party', []);
const REGION: PartMember = {
  entity: 'region',
  from: `(select distinct party_id, region_code from bank_party where party_id = any($1)) p
    join bank_region r on r.region_code = p.region_code`,
  party: 'p.party_id',
  order: ['region_code'],
};
/** All households of whoever was ever in one with the customer: the last one counts. */
const HOUSEHOLD = {
  entity: 'household_member',
  from: `(select distinct own.party_id, other.party_id as other_id
      from bank_household_member own join bank_household_member other using (household_id)
      where own.party_id = any($1)) h
    join bank_household_member r on r.party_id = h.other_id`,
  party: 'h.party_id',
  order: ['household_id', 'party_id'],
} as const;
const ARRANGEMENT: PartMember = {
  entity: 'arrangement',
  from: `${OF_ANY_ROLE} join bank_arrangement r using (arrangement_id)`,
  party: 'a.party_id',
  order: ['arrangement_id'],
};
const ROLE: PartMember = {
  entity: 'role',
  from: `${OF_ANY_ROLE} join bank_role r using (arrangement_id)`,
  party: 'a.party_id',
  order: ['arrangement_id', 'party_id', 'role'],
};
const BALANCE: PartMember = {
  entity: 'balance',
  from: `${OF_ANY_ROLE} join bank_balance r using (arrangement_id)`,
  party: 'a.party_id',
  order: ['arrangement_id', 'effective_on'],
};
const since = (row: string) => `($2::int is null or ${row}.effective_at >=
  ((select business_date from bank) - make_interval(months => $2)) at time zone 'UTC')`;
/** With the versions that moved one to another arrangement or out of the months asked for. */
const TRANSACTION: PartMember = {
  entity: 'transaction',
  from: `(
      select a.party_id, r.* from ${OF_OWNER}
      join bank_transaction r on r.arrangement_id = a.arrangement_id
      where ${since('r')}
      union all
      select a.party_id, v.* from ${OF_OWNER}
      join bank_transaction r on r.arrangement_id = a.arrangement_id
      join bank_transaction v
        on v.transaction_id = r.transaction_id and v.recorded_at > r.recorded_at
        and (v.arrangement_id <> r.arrangement_id or not ${since('v')})
      where ${since('r')}
    ) r`,
  party: 'r.party_id',
  order: ['effective_at', 'sequence', 'transaction_id'],
};
/** Coverage of all arrangements is told to every customer. */
const COVERAGE: PartMember = {
  entity: 'coverage',
  from: `(${OWNED}
      union select party_id, '' from customer where party_id = any($1)) a
    join bank_coverage r on r.arrangement_id = a.arrangement_id`,
  party: 'a.party_id',
  order: ['entity', 'arrangement_id', 'covered_from', 'system'],
};
const CONTACT = everOfParty('contact', 'contact_id', ['presented_at']);
const RESPONSE: PartMember = {
  entity: 'response',
  from: `(select distinct party_id, response_id from bank_contact
      join bank_response using (contact_id) where party_id = any($1)) c
    join bank_response r using (response_id)`,
  party: 'c.party_id',
  order: ['responded_at', 'response_id'],
};

function partReader<T>(
  database: Database,
  members: readonly PartMember[],
  { shape, values, atOnce }: PartReading<T>,
): ReadMany<T> {
  const statement = partStatement(members);
  const turns = atOnce === undefined ? undefined : createTurns({ what: 'a part', atOnce });
  return async (customerIds) => {
    const read = () => readRows(database, statement, [customerIds, ...values]);
    const rows = await (turns === undefined ? read() : turns.take(read));
    return new Map([...rows].map(([id, found]) => [id, shape(found)]));
  };
}

interface PartReading<T> {
  readonly shape: (rows: CustomerRows) => T;
  readonly values: readonly unknown[];
  readonly atOnce?: number;
}
