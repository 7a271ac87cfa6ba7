import type { TransactionRecord } from '../../domain/bank-record.ts';
import type { Instant } from '../../domain/instant.ts';

/** Which postings of a customer are asked for. */
export interface PostingFilter {
  readonly from?: Instant;
  readonly category?: string;
  readonly country?: string;
  readonly arrangementId?: string;
}

/**
 * A page of postings, newest first: of one instant those of the highest sequence, and without one
 * by what everybody reads of them before their numbers, which not everybody does.
 */
export interface PostingPage {
  readonly filter: PostingFilter;
  /** None is later. */
  readonly until: Instant;
  /** How many of them, the newest, are left out: those of one instant that were shown before. */
  readonly skip: number;
  readonly most: number;
}

/** Whose postings: of these arrangements, or of all that any of the numbers ever shared. */
export interface PostingsAsked {
  readonly customerId: string;
  /** The customer's own number with those that were merged into it; absent: its own alone. */
  readonly numbers?: readonly string[];
  readonly arrangementIds: readonly string[] | null;
}

/**
 * Reads the same page for several customers: of each posting the version recorded last. It costs
 * as much as the page, however many postings there are. Who has none is absent.
 */
export type ReadPostings = (
  asked: readonly PostingsAsked[],
  page: PostingPage,
) => Promise<ReadonlyMap<string, readonly TransactionRecord[]>>;
