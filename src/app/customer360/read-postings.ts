import type { TransactionRecord } from '../../domain/bank-record.ts';
import type { BusinessDate } from '../../domain/business-date.ts';
import {
  type Lineage,
  type Part,
  sharesValue,
  type TransactionsPart,
} from '../../domain/customer360.ts';
import { endOfDay } from '../../domain/instant.ts';
import { mergesKnownAt, numbersMergedInto } from '../../domain/merged-numbers.ts';
import { knownAt } from '../../engine/point-in-time/known-at.ts';
import { historyAsOne } from '../../engine/point-in-time/one-customer.ts';
import type { PostingPage } from '../ports/posting-pages.ts';
import { KNOWN_NOW } from './bank-time.ts';
import type { CustomerLoaders } from './customer-loaders.ts';
import type { LoadPostings } from './posting-loader.ts';
import { type ViewedPart, type ViewMoment, withAge } from './read-part.ts';

/** One page of the transactions that a customer's part would show, and its lineage. */
export async function readPostings(
  customerId: string,
  page: PostingPage,
  how: {
    readonly loaders: CustomerLoaders;
    readonly postings: LoadPostings;
    readonly moment: ViewMoment;
  },
): Promise<ViewedPart<'transactions'>> {
  const { loaders, postings, moment } = how;
  const { businessDate } = moment;
  const at = { businessDate, knownAt: KNOWN_NOW, inPart: true } as const;
  const recorded = await loaders.historyOf(customerId, ['arrangements']);
  const history = historyAsOne(recorded, at);
  const { arrangements } = knownAt(history, at);
  // Which are shared nobody can tell where the arrangements failed: then all that ever were.
  const arrangementIds =
    arrangements.state === 'FAILED'
      ? null
      : arrangements.value
          .filter(sharesValue)
          .map(({ arrangement }) => arrangement.arrangementId);
  const merges = mergesKnownAt(recorded.merged?.merges ?? [], KNOWN_NOW);
  const numbers = [customerId, ...numbersMergedInto(customerId, merges)];
  const asked = { customerId, numbers, arrangementIds };
  const transactions = await loaders.partBy(customerId, 'transactions', async () => ({
    transactions: await postings(asked, untilToday(page, businessDate)),
    coverage: [],
  }));
  const part = knownAt({ ...history, transactions }, at).transactions;
  const shown = transactions.state === 'READ' ? inOrderOf(transactions.value, part) : part;
  return withAge(shown, { name: 'transactions', told: transactions, moment });
}

/** Oldest first as every part, but in the order of the page: by it the next page goes on. */
function inOrderOf<L extends Lineage>(
  { transactions: newestFirst }: TransactionsPart,
  part: Part<TransactionsPart, L>,
): Part<TransactionsPart, L> {
  if (part.state === 'FAILED') return part;
  const places = new Map(newestFirst.map(({ transactionId }, place) => [transactionId, place]));
  const placeOf = (row: TransactionRecord) => places.get(row.transactionId) ?? 0;
  const transactions = part.value.transactions.toSorted((a, b) => placeOf(b) - placeOf(a));
  return { ...part, value: { ...part.value, transactions } };
}

function untilToday(page: PostingPage, businessDate: BusinessDate): PostingPage {
  const last = endOfDay(businessDate);
  return page.until > last ? { ...page, until: last } : page;
}
