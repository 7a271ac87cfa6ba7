import { readPostings } from '../../app/customer360/read-postings.ts';
import type { PostingPage } from '../../app/ports/posting-pages.ts';
import { moneyView } from '../../app/wording/decimals.ts';
import type { TransactionRecord } from '../../domain/bank-record.ts';
import { END_OF_TIME, endOfDay, type Instant, startOfDay } from '../../domain/instant.ts';
import { badMember, memberMend } from '../argument-text.ts';
import type { RequestContext } from '../context.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { TransactionFilter } from '../generated/types.ts';
import { badInput } from '../refusals.ts';
import { type CustomerView, shownPart } from './customer-view.ts';

const MOST = 200;

interface TransactionArgs {
  readonly filter?: TransactionFilter | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page of postings, newest first. */
export async function transactions(
  customer: CustomerView,
  args: TransactionArgs,
  context: Pick<RequestContext, 'loaders' | 'postings'>,
) {
  const first = args.first ?? 20;
  if (first < 1 || first > MOST) throw badInput('first', `pass a whole number from 1 to ${MOST}`);
  const bad = badMember(args.filter ?? {});
  if (bad !== undefined) throw badInput(`filter.${bad}`, memberMend(bad));
  const after = placeAfter(args.after);
  const page = pageOf(args.filter ?? {}, { first, after });
  const { loaders, postings } = context;
  const part = await readPostings(customer.id, page, { loaders, postings, moment: customer });
  const { value, sources } = shownPart('transactions', part);
  const rows = value.transactions.toReversed();
  const edges = placesOf(rows.slice(0, first), after).map(({ row, shown }) => ({
    cursor: writeCursor('transaction', `${row.effectiveAt} ${shown}`),
    node: transactionView(row),
  }));
  const endCursor = edges.at(-1)?.cursor ?? null;
  return { sources, edges, pageInfo: { hasNextPage: rows.length > first, endCursor } };
}

/**
 * Where a page ended: at this instant, of which so many were shown. By time, for whoever may not
 * see a posting's number must not read it from its cursor.
 */
interface Place {
  readonly instant: Instant;
  readonly shown: number;
}

/** One row more than asked for tells whether there are others. */
function pageOf(
  { from, to, category, arrangementId, country }: TransactionFilter,
  { first, after }: { readonly first: number; readonly after: Place | null },
): PostingPage {
  const last = to == null ? END_OF_TIME : endOfDay(to);
  const isWithin = after !== null && after.instant <= last;
  return {
    filter: {
      ...(from != null && { from: startOfDay(from) }),
      ...(category != null && { category }),
      ...(country != null && { country }),
      ...(arrangementId != null && { arrangementId }),
    },
    until: isWithin ? after.instant : last,
    skip: isWithin ? after.shown : 0,
    most: first + 1,
  };
}

function placeAfter(after: string | null | undefined): Place | null {
  if (after == null) return null;
  const [, instant, shown] = PLACE.exec(readCursor('transaction', after) ?? '') ?? [];
  if (instant === undefined) throw badInput('after', 'pass an `endCursor` of `transactions`');
  return { instant, shown: Number(shown) };
}

const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,9})$/;

/** Each posting with how many of its instant are shown once it is. */
function placesOf(newestFirst: readonly TransactionRecord[], after: Place | null) {
  let last = after;
  return newestFirst.map((row) => {
    const before = last?.instant === row.effectiveAt ? last.shown : 0;
    last = { instant: row.effectiveAt, shown: before + 1 };
    return { row, shown: before + 1 };
  });
}

function transactionView(row: TransactionRecord) {
  return {
    id: row.transactionId,
    arrangementId: row.arrangementId,
    effectiveAt: row.effectiveAt,
    recordedAt: row.recordedAt,
    amount: moneyView(row.amountMinor, row.currency),
    category: row.category ?? null,
    merchant: row.merchant ?? null,
    country: row.country ?? null,
  };
}
