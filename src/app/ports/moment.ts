import type { PartyMergeRecord } from '../../domain/bank-record.ts';
import type { BusinessDate } from '../../domain/business-date.ts';
import type { PartName } from '../../domain/customer360.ts';
import type { Address, Digest } from '../../domain/digest.ts';
import type { FactSheet } from '../../domain/fact.ts';
import type { FactBins } from '../../domain/fact-bins.ts';
import type { Uuid } from '../../domain/id.ts';
import type { Instant } from '../../domain/instant.ts';
import type { LiveVersions } from '../../domain/live-versions.ts';
import type { LoadedSnapshot, Snapshot } from '../../domain/snapshot.ts';
import type { BankMode } from './bank.ts';

/** When a live core was last read for a customer. */
export interface PartReading {
  readonly part: PartName;
  readonly system: string;
  readonly readAt: Instant;
}

/**
 * What the bank holds of a customer now, read by one statement and hence one consistent view. It
 * tells versions only: what of them counts is for `liveStateOf` to say.
 */
export interface Moment {
  readonly customer: Uuid;
  readonly addressKey: Uint8Array;
  readonly bankMode: BankMode;
  readonly businessDate: BusinessDate;
  readonly activeRelease: Digest | null;
  /** The current snapshot, fresh or not; null when there is none that can be read. */
  readonly snapshot: LoadedSnapshot | null;
  /** The sum of the source versions of all numbers; older than `watermark` means stale. */
  readonly snapshotWatermark: number | null;
  readonly watermark: number;
  /** One a part and live core that told it whole; absent where none ever spoke of the customer. */
  readonly readings?: readonly PartReading[];
  /** Parts that a live core did not tell anew when it was due; absent where there are none. */
  readonly overdue?: readonly PartName[];
  /**
   * Of this number and of those that were ever merged into it or that it lives on in; absent where
   * there are none.
   */
  readonly merges?: readonly PartyMergeRecord[];
  /** The readings of the other numbers that were ever merged into this one, by number. */
  readonly otherReadings?: ReadonlyMap<string, readonly PartReading[]>;
  /** Of contacts and complaints those that can count within the last LIVE_DAYS. */
  readonly versions: LiveVersions;
}

/** What every decision reads first; one call reads one consistent view for all its customers. */
export interface MomentReader {
  /** A customer number that the bank does not know is absent from the answer. */
  readMoments(customerIds: readonly string[]): Promise<ReadonlyMap<string, Moment>>;
}

/** A snapshot just built, with the sum of the source versions (`watermark`) that it rests on. */
export interface SnapshotToStore {
  readonly customer: Uuid;
  readonly address: Address;
  readonly snapshot: Snapshot;
  readonly sheet: FactSheet;
  /** A byte a SHEET fact, in the order of the catalogue that the snapshot names. */
  readonly bins: FactBins;
  readonly watermark: number;
  readonly builtAt: Instant;
  /** False for a look back in time: stored as evidence, never served as the present. */
  readonly current: boolean;
}

/** What is stored is not what was written, or was written by a newer program. */
export class UnreadableSnapshot extends Error {
  constructor(cause: unknown) {
    super('a stored snapshot cannot be read', { cause });
    this.name = 'UnreadableSnapshot';
  }
}

/** Snapshots by customer and by the keyed address of their content. */
export interface SnapshotStore {
  /**
   * Stores sheets and snapshots that are new, all or none, and makes those current that are so
   * marked and where none newer is. What no longer reads as it was written is written again.
   */
  save(snapshots: readonly SnapshotToStore[]): Promise<void>;
  /** By address, for replay and audit; undefined when erased. Throws `UnreadableSnapshot`. */
  load(customer: Uuid, address: Address): Promise<LoadedSnapshot | undefined>;
}
