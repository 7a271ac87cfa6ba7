import type { Book } from '../../../app/ports/book.ts';
import type { Database } from '../connection/pool.ts';

/** The book in PostgreSQL: one statement, whatever the number of customers. */
export function createBook(database: Database): Book {
  return {
    async managersOf(customerIds) {
      const rows = await database.query<{ party_id: string; manager_id: string }>(
        `select r.party_id, r.manager_id from ${IN_FORCE} where r.party_id = any($1)
          and ${IS_LATEST}`,
        [customerIds],
      );
      const managers = new Map(rows.map((row) => [row.party_id, row.manager_id]));
      return new Map(customerIds.map((id) => [id, managers.get(id) ?? null]));
    },
  };
}

/** A subquery of the customers that the manager whose number is bound as `manager` has today. */
export function partiesOfBook(manager: string): string {
  return `select r.party_id from ${IN_FORCE} where r.manager_id = ${manager} and ${IS_LATEST}`;
}

const IN_FORCE = `bank_relationship_manager r join bank b
  on b.business_date >= r.starts_on and (r.ends_on is null or b.business_date <= r.ends_on)`;

/**
 * A later version takes the customer away even where it is not in force itself, and so does one
 * that was refused: whom it named is not known.
 */
const IS_LATEST = `not exists (
  select from bank_relationship_manager l
  where l.party_id = r.party_id and l.recorded_at > r.recorded_at)
  and not exists (
    select from lost_record k where k.part = 'book' and k.subject_id in (r.party_id, ''))`;
