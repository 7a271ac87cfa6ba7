import DataLoader from 'dataloader';
import type { TransactionRecord } from '../../domain/bank-record.ts';
import type { PostingPage, PostingsAsked, ReadPostings } from '../ports/posting-pages.ts';

/** Loads a page of a customer's postings; customers of one request share their statement. */
export type LoadPostings = (
  asked: PostingsAsked,
  page: PostingPage,
) => Promise<readonly TransactionRecord[]>;

/** Makes one for a request. */
export function createPostingLoader(read: ReadPostings): LoadPostings {
  const loader = new DataLoader<Wanted, readonly TransactionRecord[]>(
    (wanted) => loadAll(wanted, read),
    { cache: false },
  );
  return (asked, page) => loader.load({ asked, page, name: JSON.stringify(page) });
}

interface Wanted {
  readonly asked: PostingsAsked;
  readonly page: PostingPage;
  /** Equal for equal pages. */
  readonly name: string;
}

async function loadAll(
  wanted: readonly Wanted[],
  read: ReadPostings,
): Promise<readonly (readonly TransactionRecord[])[]> {
  const pages = new Map(wanted.map(({ name, page }) => [name, page]));
  const found = new Map(
    await Promise.all(
      [...pages].map(async ([name, page]) => {
        const own = wanted.filter((one) => one.name === name).map(({ asked }) => asked);
        return [name, await read(own, page)] as const;
      }),
    ),
  );
  return wanted.map(({ name, asked }) => found.get(name)?.get(asked.customerId) ?? []);
}
