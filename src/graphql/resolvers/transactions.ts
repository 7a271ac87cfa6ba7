import { GraphQLError } from 'graphql';
import { moneyView } from '../../app/wording/decimals.ts';
import type { TransactionRecord } from '../../domain/bank-record.ts';
import { endOfDay, startOfDay } from '../../domain/instant.ts';
import { badMember, memberMend } from '../argument-text.ts';
import type { RequestContext } from '../context.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { TransactionFilter } from '../generated/types.ts';
import { type CustomerView, partView } from './customer-view.ts';

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
  context: Pick<RequestContext, 'loaders'>,
) {
  const first = args.first ?? 20;
  if (first < 1 || first > MOST) throw badInput('first', `pass a whole number from 1 to ${MOST}`);
  const bad = badMember(args.filter ?? {});
  if (bad !== undefined) throw badInput(`filter.${bad}`, memberMend(bad));
  const { value, sources } = await partView(customer, 'transactions', context);
  const all = placesOf(value.transactions).toReversed();
  const wanted = all.filter(({ row }) => matches(row, args.filter ?? {}));
  const start = startAfter(wanted, args.after);
  const page = wanted.slice(start, start + first);
  const edges = page.map((placed) => ({
    cursor: cursorOf(placed),
    node: transactionView(placed.row),
  }));
  const pageInfo = {
    hasNextPage: start + first < wanted.length,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { sources, edges, pageInfo };
}

function matches(row: TransactionRecord, filter: TransactionFilter): boolean {
  const { from, to, category, arrangementId, country } = filter;
  return (
    (from == null || row.effectiveAt >= startOfDay(from)) &&
    (to == null || row.effectiveAt <= endOfDay(to)) &&
    (category == null || row.category === category) &&
    (arrangementId == null || row.arrangementId === arrangementId) &&
    (country == null || row.country === country)
  );
}

/** A posting with its place among those of the same instant. */
interface Placed {
  readonly row: TransactionRecord;
  readonly place: number;
}

/** Of postings, oldest first. */
function placesOf(rows: readonly TransactionRecord[]): readonly Placed[] {
  let place = 0;
  return rows.map((row, i) => {
    place = rows[i - 1]?.effectiveAt === row.effectiveAt ? place + 1 : 0;
    return { row, place };
  });
}

/** Where the postings older than the cursor's begin. */
function startAfter(wanted: readonly Placed[], after: string | null | undefined): number {
  if (after == null) return 0;
  const [, effectiveAt, place] = PLACE.exec(readCursor('transaction', after) ?? '') ?? [];
  if (effectiveAt === undefined) throw badInput('after', 'pass an `endCursor` of `transactions`');
  const start = wanted.findIndex(
    (one) =>
      one.row.effectiveAt < effectiveAt ||
      (one.row.effectiveAt === effectiveAt && one.place < Number(place)),
  );
  return start < 0 ? wanted.length : start;
}

const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,9})$/;

/** By time, for whoever may not see a posting's number must not read it from its cursor. */
function cursorOf({ row, place }: Placed): string {
  return writeCursor('transaction', `${row.effectiveAt} ${place}`);
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

function badInput(argument: string, message: string): GraphQLError {
  return new GraphQLError(`\`${argument}\`: ${message}`, {
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
}
