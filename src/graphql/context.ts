import type { CustomerLoaders } from '../app/customer360/customer-loaders.ts';
import {
  createIdentityLoaders,
  type IdentityLoaders,
} from '../app/customer360/identity-loaders.ts';
import { createMaySee, type MaySee } from '../app/customer360/may-see.ts';
import type { DecisionDeps } from '../app/decisions/deciding/next-best-actions.ts';
import type { Replayer } from '../app/decisions/evidence/replay-decision.ts';
import type { BankStore } from '../app/ports/bank.ts';
import type { Book } from '../app/ports/book.ts';
import type { CustomerIdentities } from '../app/ports/customer-identity.ts';
import type { CustomerDirectory } from '../app/ports/customer-source.ts';
import type { Viewer } from '../app/ports/identity.ts';
import type { ReleaseStore } from '../app/ports/release-store.ts';
import type { ShapComputer } from '../app/ports/shap.ts';

import { isArgumentText } from './argument-text.ts';

/** What the resolvers reach the world through; the same for every request. */
export interface GraphqlDeps extends DecisionDeps {
  readonly bank: BankStore;
  readonly directory: CustomerDirectory;
  readonly book: Book;
  readonly releaseStore: ReleaseStore;
  /** A new one each time: it remembers the releases it read. */
  readonly replayer: () => Replayer;
  readonly loaders: () => CustomerLoaders;
  readonly identities: CustomerIdentities;
  readonly shap: ShapComputer;
}

/** One request: who asks, and what was read for it so far. */
export interface RequestContext {
  readonly viewer: Viewer;
  readonly deps: GraphqlDeps;
  readonly loaders: CustomerLoaders;
  /** INVARIANT: nothing of a customer is decided or shown before this said yes. */
  readonly maySee: MaySee;
  readonly identities: IdentityLoaders;
  /** Identical selections in one operation decide once. */
  readonly once: <T>(key: string, run: () => Promise<T>) => Promise<T>;
}

/** Makes the context of one request. */
export function createContext(viewer: Viewer, deps: GraphqlDeps): RequestContext {
  const running = new Map<string, Promise<unknown>>();
  const maySee = createMaySee(viewer, deps.book);
  return {
    viewer,
    deps,
    loaders: deps.loaders(),
    // What may not reach the database is nobody's number.
    maySee: async (id) => viewer.book === null || (isArgumentText(id) && maySee(id)),
    identities: createIdentityLoaders(deps.identities),
    once: <T>(key: string, run: () => Promise<T>): Promise<T> => {
      const before = running.get(key) as Promise<T> | undefined;
      const result = before ?? run();
      if (before === undefined) running.set(key, result);
      return result;
    },
  };
}
