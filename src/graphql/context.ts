import type { CustomerLoaders } from '../app/customer360/customer-loaders.ts';
import type { Customers } from '../app/customer360/customers.ts';
import type { IdentityLoaders } from '../app/customer360/identity-loaders.ts';
import type { MaySee } from '../app/customer360/may-see.ts';
import type { LoadPostings } from '../app/customer360/posting-loader.ts';
import type { Deciding } from '../app/decisions/deciding/deciding.ts';
import type { Evidence, Sitting } from '../app/decisions/evidence/evidence.ts';
import type { BankStore } from '../app/ports/bank.ts';
import type { Clock } from '../app/ports/clock.ts';
import { VIA, type Viewer } from '../app/ports/identity.ts';
import type { ShapComputer } from '../app/ports/shap.ts';
import type { Releases } from '../app/releases/releases.ts';
import { isId } from '../domain/id.ts';
import type { Admission } from './admission/admit.ts';
import { errorOf } from './http-refusal.ts';
import { createSlices, type Slices } from './slice-lists.ts';

/** What the resolvers ask, service by service; the same for every request. */
export interface Services {
  readonly deciding: Deciding;
  readonly evidence: Evidence;
  readonly customers: Customers;
  readonly releases: Pick<Releases, 'list' | 'take' | 'takeActive'>;
  readonly bank: Pick<BankStore, 'read'>;
  readonly clock: Clock;
  readonly shap: ShapComputer;
}

/** One request: who asks, and what was read for it so far. */
export interface RequestContext extends Services {
  readonly viewer: Viewer;
  /** The name that is recorded: of the person, and of the assistant that asks for it. */
  readonly caller: string;
  /** Null where a person asks without one. */
  readonly assistant: Assistant | null;
  readonly loaders: CustomerLoaders;
  readonly postings: LoadPostings;
  readonly identities: IdentityLoaders;
  /** INVARIANT: nothing of a customer is decided or shown before this said yes. */
  readonly maySee: MaySee;
  /** Decides again; of all that one operation asks each release is read and checked once. */
  readonly replay: Sitting;
  readonly slices: Slices;
  /** Counts a decision for a channel; throws where its quota is used up. */
  readonly spend: (channel: string) => void;
  /** Identical selections in one operation decide once. */
  readonly once: <T>(key: string, run: () => Promise<T>) => Promise<T>;
}

/** What came with an assistant's question. */
interface Assistant {
  readonly mandate: string | null;
}

/** What serves every request of a process. */
interface Serving {
  readonly services: Services;
  readonly admission: Pick<Admission, 'refusalOf'>;
}

/** Makes the context of one request. */
export function createContext(
  viewer: Viewer,
  { services, admission }: Serving,
  assistant: Assistant | null = null,
): RequestContext {
  const running = new Map<string, Promise<unknown>>();
  const maySee = services.customers.seenBy(viewer);
  return {
    ...services,
    viewer,
    caller:
      assistant === null ? viewer.subject : `${viewer.subject}${VIA}${viewer.client ?? '?'}`,
    assistant,
    replay: services.evidence.sitting('SOURCE'),
    slices: createSlices(),
    spend(channel) {
      const refusal = admission.refusalOf(channel, viewer);
      if (refusal !== undefined) throw errorOf(refusal);
    },
    loaders: services.customers.loaders(),
    postings: services.customers.postings(),
    identities: services.customers.identities(),
    // What may not reach the database is nobody's number.
    maySee: async (id) => viewer.book === null || (isId(id) && maySee(id)),
    once: <T>(key: string, run: () => Promise<T>): Promise<T> => {
      const before = running.get(key) as Promise<T> | undefined;
      const result = before ?? run();
      if (before === undefined) running.set(key, result);
      return result;
    },
  };
}
