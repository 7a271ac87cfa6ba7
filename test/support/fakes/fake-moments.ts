import { asCustomers } from '../../../src/adapters/postgres/moments/merged-moments.ts';
import type { BankMode } from '../../../src/app/ports/bank.ts';
import type {
  Moment,
  MomentReader,
  SnapshotStore,
  SnapshotToStore,
} from '../../../src/app/ports/moment.ts';
import type { BusinessDate } from '../../../src/domain/business-date.ts';
import type { PartName } from '../../../src/domain/customer360.ts';
import type { Address, Digest } from '../../../src/domain/digest.ts';
import type { Uuid } from '../../../src/domain/id.ts';
import type { LiveRows, LiveVersions } from '../../../src/domain/live-versions.ts';
import type { LoadedSnapshot } from '../../../src/domain/snapshot.ts';
import { rowsOf } from './customer-rows.ts';
import type { FakeCustomer, FakeRecords } from './fake-records.ts';

/** The bank whose moments are read. */
export interface FakeMomentsBank {
  readonly mode: BankMode;
  readonly businessDate: BusinessDate;
  readonly records: FakeRecords;
  readonly activeRelease: () => Promise<Digest | undefined>;
}

/** Moments and snapshots in memory, held to the same contract as the real ones. */
export interface FakeMoments {
  readonly moments: MomentReader;
  readonly snapshots: SnapshotStore;
  /** Destroys the key of a customer, of whom nothing is read any more. */
  readonly eraseKey: (partyId: string) => void;
}

interface Shots {
  readonly byAddress: Map<Address, LoadedSnapshot>;
  current: SnapshotToStore | undefined;
}

/** Begins without snapshots. */
export function fakeMoments(bank: FakeMomentsBank): FakeMoments {
  const erased = new Set<string>();
  const keyed = () => bank.records.customers().filter(({ partyId }) => !erased.has(partyId));
  const isKeyed = (customer: Uuid) => keyed().some(({ id }) => id === customer);
  const shots = new Map<Uuid, Shots>();
  const shotsOf = (customer: Uuid): Shots => {
    const own = shots.get(customer) ?? { byAddress: new Map(), current: undefined };
    shots.set(customer, own);
    return own;
  };
  return {
    moments: {
      readMoments: async (ids) => {
        const activeRelease = (await bank.activeRelease()) ?? null;
        const all = new Map(
          keyed().map((one) => [
            one.partyId,
            { ...momentOf(one, bank, shotsOf(one.id)), activeRelease },
          ]),
        );
        return asCustomers(ids, all, bank.records.of('party_merge'));
      },
    },
    snapshots: {
      save: async (given) => {
        const stray = given.find(({ customer }) => !isKeyed(customer));
        if (stray !== undefined) throw new Error('a snapshot of no customer');
        for (const one of given) keep(one, shotsOf(one.customer));
      },
      load: async (customer, address) =>
        isKeyed(customer) ? shotsOf(customer).byAddress.get(address) : undefined,
    },
    eraseKey: (partyId) => void erased.add(partyId),
  };
}

function momentOf(
  { id, partyId, addressKey }: FakeCustomer,
  { mode, businessDate, records }: FakeMomentsBank,
  { current, byAddress }: Shots,
): Omit<Moment, 'activeRelease'> {
  const watermarks = records.watermarksOf(partyId);
  const readings = watermarks.flatMap(({ part, system, readAt }) =>
    readAt === undefined ? [] : [{ part, system, readAt }],
  );
  return {
    customer: id,
    addressKey,
    bankMode: mode,
    businessDate,
    snapshot: (current && byAddress.get(current.address)) ?? null,
    snapshotWatermark: current?.watermark ?? null,
    watermark: watermarks.reduce((sum, { version }) => sum + version, 0),
    ...(readings.length > 0 && { readings }),
    versions: versionsOf(records, partyId),
  };
}

/** Of contacts and complaints all that there are: what counts is told from them. */
function versionsOf(records: FakeRecords, partyId: string): LiveVersions {
  const { party, consents, holds, contacts, responses, interactions } = rowsOf(records, partyId);
  const told = <T>(part: PartName, value: T): LiveRows<T> => {
    const lineages = records.lineagesOf(partyId, part);
    if (lineages.length === 0) return { state: 'FAILED', reason: 'NOT_COVERED' };
    const lineage = lineages.map(({ source, version, ...dated }) => dated);
    return { state: 'READ', value, lineage };
  };
  return {
    customerId: partyId,
    party: told('profile', party),
    consents: told('consents', consents),
    holds: told('holds', holds),
    campaigns: told('campaigns', { contacts, responses }),
    interactions: told('interactions', interactions),
  };
}

function keep(one: SnapshotToStore, shots: Shots): void {
  const { address, snapshot, sheet } = one;
  shots.byAddress.set(address, { address, snapshot, sheet });
  if (one.current && (shots.current === undefined || isNewer(one, shots.current))) {
    shots.current = one;
  }
}

/** What is current moves only forward; at equal sources, to what stands as long or is another. */
function isNewer(one: SnapshotToStore, old: SnapshotToStore): boolean {
  const [now, then] = [one.snapshot, old.snapshot];
  if (one.watermark !== old.watermark) return one.watermark > old.watermark;
  if (now.businessDate !== then.businessDate) return now.businessDate > then.businessDate;
  return (
    now.validUntil >= then.validUntil ||
    now.factsDigest !== then.factsDigest ||
    now.ratesDigest !== then.ratesDigest
  );
}
