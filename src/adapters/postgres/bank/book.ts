import type { Book } from '../../../app/ports/book.ts';
import { END_OF_TIME } from '../../../domain/instant.ts';
import {
  type Merges,
  MOST_MERGES,
  mergesKnownAt,
  numbersMergedInto,
  survivorOf,
  wayFrom,
} from '../../../domain/merged-numbers.ts';
import type { Database } from '../connection/pool.ts';
import {
  givenUp,
  MERGES_NOW,
  type MergeCells,
  mergesFrom,
  mergesOf,
  onward,
} from './merged-numbers.ts';

/** The book in PostgreSQL: one statement, whatever the number of customers. */
export function createBook(database: Database): Book {
  return {
    async managersOf(customerIds) {
      // By name: planning it would cost more than it does.
      const rows = await database.run<NumberRow>({
        name: 'managers',
        text: MANAGERS,
        values: [customerIds],
      });
      const merges = mergesKnownAt(mergesFrom(rows[0]?.merges ?? null), END_OF_TIME);
      const numbers = new Map(rows.map((row) => [row.party_id, row]));
      return new Map(customerIds.map((id) => [id, whoHas(id, numbers, merges)]));
    },
  };
}

interface NumberRow {
  readonly party_id: string;
  /** Null where nobody has the number today. */
  readonly manager_id: string | null;
  /** When it was last told whose the number is; null where it never was. */
  readonly told_at: string | null;
  readonly lost: boolean;
  /** Of all numbers alike. */
  readonly merges: readonly MergeCells[] | null;
}

/**
 * Whose the customer is in whom a number lives on: by its own record, and where it never had one
 * by that of the number that became it by the fewest merges, and of those by the last told.
 */
function whoHas(
  id: string,
  numbers: ReadonlyMap<string, NumberRow>,
  merges: Merges,
): string | null {
  const survivor = survivorOf(id, merges);
  const own = [survivor, ...numbersMergedInto(survivor, merges)].flatMap(
    (number) => numbers.get(number) ?? [],
  );
  // Whom a lost record named is not known.
  if (own.some(({ lost }) => lost)) return null;
  const [nearest] = own
    .filter(({ told_at: toldAt }) => toldAt !== null)
    .toSorted((a, b) => stepsOf(a, merges) - stepsOf(b, merges) || lastTold(a, b));
  return nearest?.manager_id ?? null;
}

function stepsOf({ party_id: number }: NumberRow, merges: Merges): number {
  return wayFrom(number, merges).length;
}

/** A subquery of the customers that the manager whose number is bound as `manager` has today. */
export function partiesOfBook(manager: string): string {
  const mine = `select r.party_id from ${IN_FORCE}
    where r.manager_id = ${manager} and ${IS_LATEST}`;
  return `${mine} union ${livingOn(mine)}`;
}

/** Those in whom numbers of the manager live on, where these say whose they are. */
function livingOn(mine: string): string {
  return `(
    with recursive way (number, party_id) as (
      select m.party_id, m.survivor_id from (${mine}) own cross join lateral (
        select s.party_id, s.survivor_id from ${MERGES_NOW} s
        where s.party_id = own.party_id offset 0) m
      union
      select w.number, m.survivor_id from way w cross join lateral (
        select s.survivor_id from ${MERGES_NOW} s where s.party_id = w.party_id offset 0) m
    )
    select w.party_id from way w
    where not exists (select from bank_relationship_manager o where o.party_id = w.party_id)
      and w.number = (
        with recursive near (party_id, steps) as (
          select m.party_id, 1 from (
            select s.party_id from ${MERGES_NOW} s where s.survivor_id = w.party_id offset 0) m
          union
          select m.party_id, n.steps + 1
          from near n cross join lateral (
            select s.party_id from ${MERGES_NOW} s where s.survivor_id = n.party_id offset 0) m
          where n.steps < ${MOST_MERGES}
        )
        select o.party_id from near n join bank_relationship_manager o using (party_id)
        order by n.steps, o.recorded_at desc, o.party_id collate "C" limit 1))`;
}

const IN_FORCE = `bank_relationship_manager r join bank b
  on b.business_date >= r.starts_on and (r.ends_on is null or b.business_date <= r.ends_on)`;

const IS_LOST = (number: string) => `exists (
  select from lost_record k where k.part = 'book' and k.subject_id in (${number}, ''))`;

/**
 * A later version takes the customer away even where it is not in force itself, and so does one
 * that was refused: whom it named is not known.
 */
const IS_LATEST = `not exists (
  select from bank_relationship_manager l
  where l.party_id = r.party_id and l.recorded_at > r.recorded_at)
  and not ${IS_LOST('r.party_id')}`;

/** Of the numbers asked for, those in which they live on, and all that live on in these. */
const MANAGERS = `
  with recursive ${onward('$1::text[]')},
    ${givenUp('array(select party_id from onward)', MERGES_NOW)},
    numbers as (select party_id from onward union select party_id from given_up)
  select n.party_id,
    (select r.manager_id from ${IN_FORCE} where r.party_id = n.party_id and ${IS_LATEST})
      as manager_id,
    (select max(t.recorded_at) from bank_relationship_manager t where t.party_id = n.party_id)
      as told_at,
    ${IS_LOST('n.party_id')} as lost,
    ${mergesOf('select party_id from numbers')} as merges
  from numbers n`;

function lastTold(a: NumberRow, b: NumberRow): number {
  const [toldOfA, toldOfB] = [a.told_at ?? '', b.told_at ?? ''];
  if (toldOfA !== toldOfB) return toldOfA > toldOfB ? -1 : 1;
  return a.party_id < b.party_id ? -1 : 1;
}
