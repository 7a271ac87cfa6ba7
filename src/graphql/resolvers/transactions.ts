import { GraphQLError } from 'graphql';
import { moneyView } from '../../app/decisions/decimals.ts';
import type { TransactionRecord } from '../../domain/bank-record.ts';
import { endOfDay, startOfDay } from '../../domain/instant.ts';
import type { RequestContext } from '../context.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { TransactionFilter } from '../generated/types.ts';
import { type CustomerView, readPart } from './customer-view.ts';

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
  context: RequestContext,
) {
  const first = args.first ?? 20;
  if (first < 1 || first > MOST) throw badInput('first', `pass a whole number from 1 to ${MOST}`);
  const { value, source } = await readPart(customer, 'transactions', context);
  const wanted = value.transactions.toReversed().filter((row) => matches(row, args.filter ?? {}));
  const start = startAfter(wanted, args.after);
  const page = wanted.slice(start, start + first);
  const edges = page.map((row) => ({ cursor: cursorOf(row), node: transactionView(row) }));
  const pageInfo = {
    hasNextPage: start + first < wanted.length,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { source, edges, pageInfo };
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

function startAfter(
  rows: readonly TransactionRecord[],
  after: string | null | undefined,
): number {
  if (after == null) return 0;
  const id = readCursor('transaction', after);
  const at = rows.findIndex((row) => row.transactionId === id);
  if (at < 0) throw badInput('after', 'pass an `endCursor` of the same list and filter');
  return at + 1;
}

function cursorOf(row: TransactionRecord): string {
  return writeCursor('transaction', row.transactionId);
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
