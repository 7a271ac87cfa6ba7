import type { MomentReader, SnapshotStore } from '../../src/app/ports/moment.ts';
import type { BankRecords, Entity } from '../../src/domain/bank-record.ts';
import type { PartName } from '../../src/domain/customer360.ts';
import type { Instant } from '../../src/domain/instant.ts';

interface WatermarkRow {
  readonly part: PartName;
  readonly system: string;
  readonly version: number;
  /** Of a live core: until when it knew the customer, and when it was read. */
  readonly asOf?: Instant;
  readonly readAt?: Instant;
  readonly answeredSince?: Instant;
}

export interface SourceRow {
  readonly system: string;
  /** Until when it knows the bank; null where it is a live core. */
  readonly asOf: Instant | null;
  readonly deliveredAt?: Instant;
}

export interface MomentWorld {
  readonly moments: MomentReader;
  readonly snapshots: SnapshotStore;
  give<E extends Entity>(entity: E, records: readonly BankRecords[E][]): Promise<void>;
  setWatermark(partyId: string, moved: WatermarkRow): Promise<void>;
  /** Says what a system that feeds a part tells of itself; the same system again replaces it. */
  setSource(part: PartName, told: SourceRow): Promise<void>;
  eraseKey(partyId: string): Promise<void>;
  readonly close: () => Promise<void>;
}
