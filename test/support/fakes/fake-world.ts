import { createCustomerLoaders } from '../../../src/app/customer360/customer-loaders.ts';
import { createCustomers } from '../../../src/app/customer360/customers.ts';
import {
  createDeciding,
  type DecidingPorts,
} from '../../../src/app/decisions/deciding/deciding.ts';
import {
  createEvidence,
  type EvidencePorts,
} from '../../../src/app/decisions/evidence/evidence.ts';
import type { BankStore } from '../../../src/app/ports/bank.ts';
import type { Book } from '../../../src/app/ports/book.ts';
import type { CustomerIdentities } from '../../../src/app/ports/customer-identity.ts';
import type {
  CustomerDirectory,
  CustomerSource,
} from '../../../src/app/ports/customer-source.ts';
import type { ShapComputer } from '../../../src/app/ports/shap.ts';
import { createReleaseShelf, digestsOf } from '../../../src/app/releases/release-shelf.ts';
import { createReleases } from '../../../src/app/releases/releases.ts';
import { PART_NAMES } from '../../../src/domain/customer360.ts';
import { digestOf } from '../../../src/domain/digest.ts';
import type { Services } from '../../../src/graphql/context.ts';
import { person } from '../customer-history.ts';
import { SMALL_LIVE, smallInput, TODAY } from '../small-input.ts';
import { SMALL_FORESTS, smallBody } from '../small-release.ts';
import { fakeBankStore } from './fake-bank-store.ts';
import { fakeBook } from './fake-book.ts';
import { fakeCustomerSource } from './fake-customer-source.ts';
import { fakeDirectory } from './fake-directory.ts';
import { fakeIdentities } from './fake-identities.ts';
import { fakeLog } from './fake-log.ts';
import { fakeMoments } from './fake-moments.ts';
import { fakePostings } from './fake-postings.ts';
import { type FakeRecords, fakeRecords } from './fake-records.ts';
import { fakeReleaseStore } from './fake-release-store.ts';

const NOW = '2026-11-24T09:30:00.000Z';

/** What services are made from, all of it in memory; each port may be another. */
export interface FakePorts
  extends Omit<DecidingPorts, 'loaders' | 'onRebuild'>,
    Omit<EvidencePorts, keyof DecidingPorts> {
  readonly source: CustomerSource;
  readonly directory: CustomerDirectory;
  readonly identities: CustomerIdentities;
  readonly book: Book;
  readonly bank: BankStore;
  readonly shap: ShapComputer;
}

/** Makes every feature that resolvers ask from ports, as `src/main` makes them from stores. */
export function wireFakes(ports: FakePorts): Services {
  const { source, clock, bank, shap, releaseStore, releaseShelf } = ports;
  return {
    deciding: createDeciding({ ...ports, loaders: () => createCustomerLoaders(source, clock) }),
    evidence: createEvidence(ports),
    customers: createCustomers({ ...ports, postings: fakePostings(source) }),
    releases: createReleases(releaseStore, releaseShelf),
    bank,
    clock,
    shap,
  };
}

/**
 * The ports of a demo bank of one customer on 24 November 2026, to whom every action of the small
 * release, which is in force, may be offered; a test gives more of it.
 */
export async function fakePorts(
  partyId: string,
  giveMore: (records: FakeRecords) => void = () => {},
): Promise<FakePorts> {
  const releaseStore = await smallReleaseStore();
  const customer = '019ab000-0000-7000-8000-00000000000c';
  const bank = {
    name: 'test',
    mode: 'DEMO',
    businessDate: TODAY,
    reportingCurrency: 'EUR',
  } as const;
  const records = quietRecords(partyId);
  records.openCustomer(partyId, customer);
  giveMore(records);
  const book = fakeBook([], TODAY, () => records.of('party_merge'));
  const { moments, snapshots } = fakeMoments({
    ...bank,
    records,
    activeRelease: () => releaseStore.active(),
  });
  const { snapshotAddress: address, snapshot, sheet } = smallInput();
  const current = { ...snapshot, ...digestsOf(smallBody()) };
  await snapshots.save([{ customer, address, snapshot: current, sheet, ...QUIET_SNAPSHOT }]);
  let drawn = 0;
  return {
    ...fakeLog({
      numberOf: (id) => records.customers().find((one) => one.id === id)?.partyId,
      merges: () => records.of('party_merge'),
      hasRelease: (digest) => digest === digestOf(smallBody()),
    }),
    moments,
    snapshotStore: snapshots,
    releaseStore,
    releaseShelf: createReleaseShelf(releaseStore),
    source: fakeCustomerSource(records),
    clock: { now: () => NOW },
    randomness: { bytes: (length) => new Uint8Array(length).fill(drawn++ % 256) },
    engines: { load: async () => undefined },
    disagreements: { record: async () => {} },
    book,
    identities: fakeIdentities(records),
    directory: fakeDirectory(records, book),
    bank: fakeBankStore(bank),
    shap: async () => [],
  };
}

const QUIET_SNAPSHOT = {
  bins: new Uint8Array(),
  watermark: 0,
  builtAt: NOW,
  current: true,
} as const;

async function smallReleaseStore() {
  const store = fakeReleaseStore();
  const body = smallBody();
  const stamp = { actor: 'analyst', at: NOW };
  const forests = body.forests.flatMap((entry) => {
    const bytes = SMALL_FORESTS.get(entry.digest);
    return bytes === undefined ? [] : [{ entry, bytes }];
  });
  await store.saveForests(forests, stamp);
  await store.save({ digest: digestOf(body), body }, stamp);
  await store.activate(digestOf(body), stamp);
  return store;
}

/** Consent is given, and nothing else is known that a decision heeds. */
function quietRecords(partyId: string) {
  const records = fakeRecords();
  const recordedAt = '2026-01-10T09:00:00.000Z';
  for (const part of PART_NAMES) {
    records.setSource(part, { system: 'test', asOf: NOW });
  }
  records.give('party', [person({ partyId, language: 'en', recordedAt })]);
  const consents = SMALL_LIVE.consents ?? [];
  records.give(
    'consent',
    consents.map((one) => ({ ...one, partyId, recordedAt })),
  );
  return records;
}
