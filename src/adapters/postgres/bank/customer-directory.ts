import type {
  CustomerDirectory,
  CustomerPage,
  CustomerQuery,
} from '../../../app/ports/customer-source.ts';
import type { Database } from '../connection/pool.ts';
import { partiesOfBook } from './book.ts';
import { standsItself } from './merged-numbers.ts';

/**
 * The customer master, by customer number as the database sorts text. A number that was merged
 * into another one is found under that.
 */
export function createCustomerDirectory(database: Database): CustomerDirectory {
  return {
    page: (query) => readPage(database, query),
    async count() {
      const [row] = await database.query<{ count: number }>(COUNT);
      return row?.count ?? 0;
    },
  };
}

const COUNT = `select count(*) from customer c where ${standsItself('c.party_id')}`;

async function readPage(database: Database, query: CustomerQuery): Promise<CustomerPage> {
  const values: unknown[] = [query.first + 1];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions: string[] = [standsItself('c.party_id')];
  if (query.after !== null) conditions.push(`c.party_id > ${bind(query.after)}`);
  if (query.idPrefix !== undefined) {
    conditions.push(`starts_with(c.party_id, ${bind(query.idPrefix)})`);
  }
  if (query.kind !== undefined) conditions.push(`p.kind = ${bind(query.kind)}`);
  if (query.segment !== undefined) conditions.push(`p.segment = ${bind(query.segment)}`);
  if (query.book !== undefined) {
    conditions.push(`c.party_id in (${partiesOfBook(bind(query.book))})`);
  }
  const rows = await database.query<{ party_id: string }>(
    `select c.party_id from customer c ${conditions.some(readsParty) ? LATEST_PARTY : ''}
     where ${conditions.join(' and ')} order by c.party_id limit $1`,
    values,
  );
  const customerIds = rows.map((row) => row.party_id);
  return {
    customerIds: customerIds.slice(0, query.first),
    hasMore: customerIds.length > query.first,
  };
}

const LATEST_PARTY = `join lateral (
  select kind, segment from bank_party b
  where b.party_id = c.party_id order by b.recorded_at desc limit 1) p on true`;

const readsParty = (condition: string) => condition.startsWith('p.');
