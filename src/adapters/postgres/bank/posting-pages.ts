import type {
  PostingPage,
  PostingsAsked,
  ReadPostings,
} from '../../../app/ports/posting-pages.ts';
import type { TransactionRecord } from '../../../domain/bank-record.ts';
import type { Database } from '../connection/pool.ts';
import { createTurns } from '../connection/turns.ts';
import { columnsOf, recordOf } from './record-columns.ts';

/**
 * Reads pages of postings: by its index each arrangement gives no more than a page. No more than
 * `atOnce` statements are out, so that a table that hangs leaves connections to the other parts.
 */
export function createPostingPages(database: Database, atOnce: number): ReadPostings {
  const turns = createTurns({ what: 'a part', atOnce });
  return (asked, page) => turns.take(() => readPages(database, asked, page));
}

async function readPages(
  database: Database,
  asked: readonly PostingsAsked[],
  { filter, until, skip, most }: PostingPage,
): ReturnType<ReadPostings> {
  const pairs = asked.flatMap(({ customerId, arrangementIds }) =>
    (arrangementIds ?? []).map((id) => [customerId, id] as const),
  );
  const anywhere = asked
    .filter(({ arrangementIds }) => arrangementIds === null)
    .flatMap(({ customerId, numbers = [customerId] }) =>
      numbers.map((number) => [customerId, number] as const),
    );
  const rows = await database.arrays(POSTING_PAGES, [
    asked.map(({ customerId }) => customerId),
    pairs.map(([customerId]) => customerId),
    pairs.map(([, id]) => id),
    anywhere.map(([customerId]) => customerId),
    until,
    filter.from ?? null,
    filter.category ?? null,
    filter.country ?? null,
    filter.arrangementId ?? null,
    skip,
    most,
    anywhere.map(([, number]) => number),
  ]);
  const pages = new Map<string, TransactionRecord[]>();
  for (const row of rows) {
    const customerId = row[0] as string;
    const page = pages.get(customerId) ?? [];
    pages.set(customerId, page);
    page.push(recordOf('transaction', row, 1));
  }
  return pages;
}

/**
 * By time, then by sequence, where one that states none is the oldest. Then by what everybody
 * reads, and by number last: who may not read numbers must not tell them by their order.
 */
const NEWEST_FIRST = `r.effective_at desc, coalesce(r.sequence, -1) desc, r.recorded_at desc,
  r.amount_minor, r.currency collate "C" desc, coalesce(r.category, '') collate "C" desc,
  coalesce(r.country, '') collate "C" desc, r.transaction_id collate "C" desc`;

/** As one statement, so that its plan can be looked at. */
export const POSTING_PAGES = `
  select c.party_id, ${columnsOf('transaction').map(({ column }) => `r.${column}`)}
  from unnest($1::text[]) c(party_id)
  cross join lateral (
    select r.* from (
      select own.arrangement_id from unnest($2::text[], $3::text[]) own(party_id, arrangement_id)
      where own.party_id = c.party_id
      union
      select b.arrangement_id from unnest($4::text[], $12::text[]) any_of(party_id, number)
      join bank_role b on b.party_id = any_of.number and b.role in ('OWNER', 'JOINT')
      where any_of.party_id = c.party_id
    ) a
    cross join lateral (
      select r.* from bank_transaction r
      where r.arrangement_id = a.arrangement_id and r.effective_at <= $5
        and r.withdrawn is not true
        and ($6::timestamptz is null or r.effective_at >= $6)
        and ($7::text is null or r.category = $7)
        and ($8::text is null or r.country = $8)
        and not exists (
          select from bank_transaction v
          where v.transaction_id = r.transaction_id and v.recorded_at > r.recorded_at)
      order by ${NEWEST_FIRST}
      limit $10::int + $11::int
    ) r
    where $9::text is null or a.arrangement_id = $9
    order by ${NEWEST_FIRST}
    offset $10 limit $11
  ) r
  order by c.party_id, ${NEWEST_FIRST}`;
