import { mergesKnownAt, survivorOf } from '../../domain/merged-numbers.ts';
import type { Book } from '../ports/book.ts';
import type { Clock } from '../ports/clock.ts';
import type { CustomerIdentities } from '../ports/customer-identity.ts';
import type { CustomerDirectory, CustomerSource } from '../ports/customer-source.ts';
import type { Viewer } from '../ports/identity.ts';
import type { MomentReader } from '../ports/moment.ts';
import type { ReadPostings } from '../ports/posting-pages.ts';
import { KNOWN_NOW } from './bank-time.ts';
import { type CustomerLoaders, createCustomerLoaders } from './customer-loaders.ts';
import { createIdentityLoaders, type IdentityLoaders } from './identity-loaders.ts';
import { createMaySee, type MaySee } from './may-see.ts';
import { createPostingLoader, type LoadPostings } from './posting-loader.ts';

/** The customers of the bank: who there is, what is known of them, and who may see it. */
export interface Customers {
  readonly directory: CustomerDirectory;
  /**
   * The number in which a number that the bank, or a live core of it, knows lives on: mostly its
   * own. Undefined where nobody knows it.
   */
  readonly survivorOf: (customerId: string) => Promise<string | undefined>;
  /** A fresh set for one request: loaders remember what they read. */
  readonly loaders: () => CustomerLoaders;
  /** The same of pages of postings. */
  readonly postings: () => LoadPostings;
  /** The same of names, contacts and numbers, which nothing that decides reads. */
  readonly identities: () => IdentityLoaders;
  /** The check of one request; never share it between two. */
  readonly seenBy: (viewer: Pick<Viewer, 'book'>) => MaySee;
}

/** What customers are read from. */
export interface CustomersPorts {
  readonly directory: CustomerDirectory;
  readonly source: CustomerSource;
  readonly postings: ReadPostings;
  readonly identities: CustomerIdentities;
  readonly moments: MomentReader;
  readonly book: Book;
  readonly clock: Clock;
}

/** Makes the customers' view over what the bank handed over. */
export function createCustomers(ports: CustomersPorts): Customers {
  const { directory, source, postings, identities, moments, book, clock } = ports;
  return {
    directory,
    survivorOf: async (customerId) => {
      const moment = (await moments.readMoments([customerId])).get(customerId);
      if (moment === undefined) return undefined;
      return survivorOf(customerId, mergesKnownAt(moment.merges ?? [], KNOWN_NOW));
    },
    loaders: () => createCustomerLoaders(source, clock),
    postings: () => createPostingLoader(postings),
    identities: () => createIdentityLoaders(identities),
    seenBy: (viewer) => createMaySee(viewer, book),
  };
}
