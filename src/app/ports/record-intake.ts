import type { BankRecords, Entity } from '../../domain/bank-record.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Bank } from './bank.ts';

/** Where a row stood in the bank's files, so that a refusal can name it. */
export interface RowPlace {
  readonly file: string;
  readonly line: number;
}

/** `column` is null where the whole row, or none of several columns alone, is to blame. */
export interface RowRefusal {
  readonly place: RowPlace;
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
}

/** Of records, not rows: a row may yield several. */
export interface EntityCounts {
  readonly written: number;
  readonly merged: number;
  readonly refused: number;
}

/** A record and the row it came from, so that a refusal found later can name it. */
export interface PendingRow<E extends Entity> {
  readonly record: BankRecords[E];
  readonly place: RowPlace;
}

/**
 * A file that covers, for each arrangement with a transaction in it, the days from the
 * arrangement's opening until its last row there.
 */
export interface CoverageByKey {
  readonly file: string;
  readonly until: 'lastRow' | 'dayBeforeLastRow';
}

/** What is said of the records of a delivery as a whole. */
export interface Delivery {
  /** The system that the records came from. */
  readonly system: string;
  /** Until when it knew the world; null: until the latest `recordedAt` of the accepted rows. */
  readonly asOf: Instant | null;
  /** What was handed over, even without a row: the system then says that there is nothing. */
  readonly entities: readonly Entity[];
  /** What the system keeps but did not hand over: whatever it is a part of stays as known. */
  readonly missing: readonly Entity[];
  readonly coverageByKey: readonly CoverageByKey[];
}

/** Why a record that was read well cannot stand beside the others. */
export interface SettledRefusal {
  readonly entity: Entity;
  readonly place: RowPlace;
  /** The field that is wrong: the mapping knows its column. */
  readonly field: string;
  readonly code: 'ORPHAN' | 'DUPLICATE_KEY' | 'CONFLICTS_WITH_STORED';
  readonly message: string;
}

/**
 * What became of the pending records; `counts` leaves out entities of which nothing was pending.
 */
export interface Settled {
  readonly counts: ReadonlyMap<Entity, EntityCounts>;
  readonly refusals: readonly SettledRefusal[];
  /** Over the accepted rows; null where there are none. */
  readonly latestRecordedAt: Instant | null;
}

/** One import: everything or nothing becomes visible, and no other import runs beside it. */
export interface IntakeTransaction {
  /** The bank that the database holds, if any. */
  readBank(): Promise<Bank | undefined>;
  /** Adds a batch of one entity to the pending records. */
  add<E extends Entity>(entity: E, rows: readonly PendingRow<E>[]): Promise<void>;
  /**
   * Finds duplicate and orphan keys among what is pending and stored, merges equal rows, writes
   * the rest, moves the watermark of every party concerned and the system's `asOf`, and opens a
   * customer for each party. Refused rows are left out and named.
   */
  settle(delivery: Delivery): Promise<Settled>;
  /** Opens the bank, or moves its business date (never back), logs the run and ends. */
  commit(run: ImportRun): Promise<void>;
  rollback(): Promise<void>;
}

/** What is logged of an import that came in force. */
export interface ImportRun {
  readonly bank: Bank;
  readonly mappingName: string;
  readonly mappingDigest: string;
  readonly actor: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly rowsRead: number;
  /** Distinct rows, whatever they were refused for. */
  readonly rowsRefused: number;
}

/** The one way in: here alone versions, watermarks and customers are born. */
export interface RecordIntake {
  begin(): Promise<IntakeTransaction>;
}
