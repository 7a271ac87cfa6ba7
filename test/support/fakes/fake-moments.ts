import type { BankMode } from '../../../src/app/ports/bank.ts';
import type {
  Moment,
  MomentReader,
  SnapshotStore,
  SnapshotToStore,
} from '../../../src/app/ports/moment.ts';
import type { BusinessDate } from '../../../src/domain/business-date.ts';
import type { Address, Digest } from '../../../src/domain/digest.ts';
import type { Uuid } from '../../../src/domain/id.ts';
import type { LoadedSnapshot } from '../../../src/domain/snapshot.ts';
import type { FakeRecords } from './fake-records.ts';

/** A customer of a bank in memory. */
export interface FakeCustomer {
  readonly id: Uuid;
  readonly partyId: string;
  readonly addressKey: Uint8Array;
}

/** The bank whose moments are read. */
export interface FakeMomentsBank {
  readonly mode: BankMode;
  readonly businessDate: BusinessDate;
  readonly customers: readonly FakeCustomer[];
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
  const keyed = new Map(bank.customers.map((one) => [one.id, one]));
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
        const asked = [...keyed.values()].filter(({ partyId }) => ids.includes(partyId));
        return new Map(
          asked.map((one) => [
            one.partyId,
            { ...momentOf(one, bank, shotsOf(one.id)), activeRelease },
          ]),
        );
      },
    },
    snapshots: {
      save: async (given) => {
        const stray = given.find(({ customer }) => !keyed.has(customer));
        if (stray !== undefined) throw new Error('a snapshot of no customer');
        for (const one of given) keep(one, shotsOf(one.customer));
      },
      load: async (customer, address) =>
        keyed.has(customer) ? shotsOf(customer).byAddress.get(address) : undefined,
    },
    eraseKey: (partyId) => {
      for (const one of keyed.values()) if (one.partyId === partyId) keyed.delete(one.id);
    },
  };
}

function momentOf(
  { id, partyId, addressKey }: FakeCustomer,
  { mode, businessDate, records }: FakeMomentsBank,
  { current, byAddress }: Shots,
): Omit<Moment, 'activeRelease'> {
  const readings = records.readingsOf(partyId);
  return {
    customer: id,
    addressKey,
    bankMode: mode,
    businessDate,
    snapshot: (current && byAddress.get(current.address)) ?? null,
    snapshotWatermark: current?.watermark ?? null,
    watermark: records.watermarksOf(partyId).reduce((sum, { version }) => sum + version, 0),
    ...(readings.length > 0 && { readings }),
    versions: records.versionsOf(partyId),
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
