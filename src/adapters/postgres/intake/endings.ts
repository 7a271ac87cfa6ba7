import type { Entity } from '../../../domain/bank-record.ts';
import { type RecordTable, sameKey } from './record-tables.ts';

/** How the records of an entity end that their core no longer lists. */
export interface Ending {
  readonly entity: Entity;
  /** The column that says so, and what it then says. */
  readonly says: readonly [column: string, value: string];
  /** True of a version that has not ended yet. */
  readonly stands: string;
  /** What gives `b`: versions of those whose part was told whole, by default the party's own. */
  readonly from?: string;
  /** What else must be true of `b`. */
  readonly where?: string;
}

/**
 * Adds an ended version of each record of the system ($2) that the customers whose part was told
 * whole ($1) still have and the answer lacks. What another system gave is not this one's to end,
 * nor is what may be of a customer whose part was told and is not whole ($3).
 * `offset 0` keeps the planner at its indexes: it cannot know how few rows are pending.
 */
export function endMissing(table: RecordTable, ending: Ending): string {
  const [says, value] = ending.says;
  const body = table.body.map((name) => (name === says ? value : `b.${name}`));
  const { stored, pending, key } = table;
  return `insert into ${pending} (${[...key, ...table.body].join(', ')})
    select ${[...key.map((name) => `b.${name}`), ...body].join(', ')}
    from bank k cross join ${ending.from ?? `${stored} b`}
    where b.system = $2 and ${ending.stands} and ${ending.where ?? OWN}
      and not exists (select from ${stored} n
        where ${sameKey(table, 'n', 'b')} and n.recorded_at > b.recorded_at offset 0)
      and not exists (select from ${pending} s where ${sameKey(table, 's', 'b')})`;
}

const OWN = 'b.party_id = any($1) and b.party_id <> all($3::text[])';

/** Some of these customers have or had a part in the arrangement. */
const isOf = (arrangement: string, customers: string) => `exists (
  select from bank_role r
  where r.arrangement_id = ${arrangement} and r.party_id = any(${customers})
  union all
  select from pending_role r
  where r.arrangement_id = ${arrangement} and r.party_id = any(${customers}))`;

/** The arrangement can be judged: all who are in it and were asked for were told whole. */
const whole = (arrangement: string) =>
  `${isOf(arrangement, '$1')} and not ${isOf(arrangement, '$3::text[]')}`;

const WITHDRAWN = {
  says: ['withdrawn', 'true'],
  stands: 'b.withdrawn is null',
} as const;

/** A figure of a day is history where the answer has one of a later day, and wrong otherwise. */
export const noneLater = (pending: string, subject: string) => `not exists (
  select from ${pending} n where n.${subject} = b.${subject} and n.effective_on > b.effective_on)`;

/** The memberships of everybody whom the answer may say something of. */
const TOLD_MEMBERS = `(
    select party_id from unnest($1::text[]) asked (party_id)
    union select party_id from pending_household_member
    union select s.party_id from pending_household_member own cross join lateral (
      select o.party_id from bank_household_member o
      where o.household_id = own.household_id offset 0) s
  ) a cross join lateral (
    select * from bank_household_member o where o.party_id = a.party_id offset 0
  ) b`;
/** Who is in no household that the answer tells has left it; so has who is told in another. */
const LEFT = `b.party_id <> all($3::text[]) and (b.party_id = any($1) or exists (
    select from pending_household_member m
      join pending_household_member own using (household_id)
    where own.party_id = any($1)
      and (m.household_id = b.household_id or m.party_id = b.party_id)))`;

/** The balances of the arrangements that the answer tells; it may tell none of a day before. */
const TOLD_BALANCES = `(
    select distinct r.arrangement_id from pending_role r, bank kk
    where r.party_id = any($1) and (r.ended_on is null or r.ended_on > kk.business_date)
  ) a cross join lateral (
    select * from bank_balance o where o.arrangement_id = a.arrangement_id offset 0
  ) b`;

/** The postings since the first day that the answer tells of their arrangement. */
const TOLD_POSTINGS = `(
    select arrangement_id, min(covered_from) as since from pending_coverage group by 1
  ) a cross join lateral (
    select * from bank_transaction o where o.arrangement_id = a.arrangement_id
      and o.effective_at >= a.since::timestamp at time zone 'UTC' offset 0
  ) b`;
/** A posting within a told window; a live core tells none of all arrangements. */
export const IN_TOLD_WINDOW = `exists (
  select from pending_coverage w where w.arrangement_id in (b.arrangement_id, '')
    and (b.effective_at at time zone 'UTC')::date >= w.covered_from
    and (w.covered_to is null or (b.effective_at at time zone 'UTC')::date <= w.covered_to))`;

/** The windows of the arrangements whose postings are the customers' still. */
const OWN_WINDOWS = `(
    select distinct r.arrangement_id from bank_role r, bank kk
    where r.party_id = any($1) and r.role in ('OWNER', 'JOINT')
      and (r.ended_on is null or r.ended_on > kk.business_date)
      and not exists (select from bank_role n
        where (n.party_id, n.arrangement_id, n.role) = (r.party_id, r.arrangement_id, r.role)
          and n.recorded_at > r.recorded_at)
      and not exists (select from pending_role n
        where (n.party_id, n.arrangement_id, n.role) = (r.party_id, r.arrangement_id, r.role)
          and n.ended_on <= kk.business_date)
  ) a cross join lateral (
    select * from bank_coverage o
    where (o.entity, o.arrangement_id) = ('transaction', a.arrangement_id) offset 0
  ) b`;
/** A window that another one carries on is true still: it begins earlier and that is all. */
const NOT_CARRIED_ON = `not exists (
  select from pending_coverage n where (n.arrangement_id, n.entity) = (b.arrangement_id, b.entity)
    and (n.covered_to is null or n.covered_to >= b.covered_to))`;

/**
 * A role and a consent end on their day, a hold after its last: from then on it counts no more on
 * the business date. A no never ends by silence. Roles come before what hangs on arrangements.
 */
export const ENDINGS: readonly Ending[] = [
  { entity: 'party', ...WITHDRAWN },
  { entity: 'household_member', ...WITHDRAWN, from: TOLD_MEMBERS, where: LEFT },
  {
    entity: 'role',
    says: ['ended_on', 'k.business_date'],
    stands: '(b.ended_on is null or b.ended_on > k.business_date)',
  },
  {
    entity: 'balance',
    ...WITHDRAWN,
    from: TOLD_BALANCES,
    where: `${whole('b.arrangement_id')} and ${noneLater('pending_balance', 'arrangement_id')}`,
  },
  {
    entity: 'transaction',
    ...WITHDRAWN,
    from: TOLD_POSTINGS,
    where: `${whole('b.arrangement_id')} and ${IN_TOLD_WINDOW}`,
  },
  {
    entity: 'coverage',
    ...WITHDRAWN,
    from: OWN_WINDOWS,
    where: `${whole('b.arrangement_id')} and ${NOT_CARRIED_ON}`,
  },
  {
    entity: 'consent',
    says: ['expires_on', 'k.business_date'],
    stands: `b.state = 'GIVEN' and (b.expires_on is null or b.expires_on > k.business_date)`,
  },
  {
    entity: 'hold',
    says: ['ends_on', 'k.business_date - 1'],
    stands: '(b.ends_on is null or b.ends_on > k.business_date - 1)',
  },
  { entity: 'goal', ...WITHDRAWN },
  {
    entity: 'relationship_value',
    ...WITHDRAWN,
    where: `${OWN} and ${noneLater('pending_relationship_value', 'party_id')}`,
  },
];
