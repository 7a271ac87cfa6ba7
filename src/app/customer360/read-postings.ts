import type { BusinessDate } from '../../domain/business-date.ts';
import { sharesValue } from '../../domain/customer360.ts';
import { endOfDay } from '../../domain/instant.ts';
import { knownAt } from '../../engine/point-in-time/known-at.ts';
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
  const history = await loaders.historyOf(customerId, ['arrangements']);
  const { arrangements } = knownAt(history, at);
  // Which are shared nobody can tell where the arrangements failed: then all that ever were.
  const arrangementIds =
    arrangements.state === 'FAILED'
      ? null
      : arrangements.value
          .filter(sharesValue)
          .map(({ arrangement }) => arrangement.arrangementId);
  const transactions = await loaders.partBy(customerId, 'transactions', async () => ({
    transactions: await postings({ customerId, arrangementIds }, untilToday(page, businessDate)),
    coverage: [],
  }));
  const part = knownAt({ ...history, transactions }, at).transactions;
  return withAge(part, { name: 'transactions', told: transactions, moment });
}

function untilToday(page: PostingPage, businessDate: BusinessDate): PostingPage {
  const last = endOfDay(businessDate);
  return page.until > last ? { ...page, until: last } : page;
}
