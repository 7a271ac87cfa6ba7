import type { BankRecords, Entity } from '../../domain/bank-record.ts';
import type { LostPart, Subject } from '../../domain/entity-subjects.ts';
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

/**
 * What a refused row was about: from `since` on (null: from the beginning) this part of whoever
 * the subject concerns is unknown, until it is told whole. `id` is empty where it may be
 * everybody.
 */
export interface Loss {
  readonly part: LostPart;
  readonly subject: Subject;
  readonly id: string;
  readonly since: Instant | null;
}

/** The fields that a file tells of an entity; what it leaves empty there is told to be empty. */
export interface ToldFields {
  readonly entity: Entity;
  /** Null: the mapping has such a file, and it did not come. */
  readonly file: string | null;
  readonly fields: readonly string[];
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
  /** Parts of which it holds everything: what was lost of them before is told now. */
  readonly whole: readonly LostPart[];
  /** Entities whose files list all that counts: what they no longer list has ended. */
  readonly ends: readonly Entity[];
  /** Files in which a key may stand once for each time at which its record changed. */
  readonly historyFiles: readonly string[];
  /** Records without an id, whose keys are told apart by how often they stood in the file. */
  readonly occurrences: readonly { readonly entity: Entity; readonly file: string }[];
  readonly told: readonly ToldFields[];
}

/** Why a record that was read well cannot stand beside the others. */
export interface SettledRefusal {
  readonly entity: Entity;
  readonly place: RowPlace;
  /** The field that is wrong: the mapping knows its column. */
  readonly field: string;
  readonly code:
    | 'ORPHAN'
    | 'DUPLICATE_KEY'
    | 'CONFLICTS_WITH_STORED'
    | 'MERGE_LOOP'
    | 'MERGE_CHAIN';
  readonly message: string;
  /** So many further records of the file are refused alike: only the first few are named. */
  readonly more: number;
}

/**
 * What became of the pending records; `counts` leaves out entities of which nothing was pending.
 */
export interface Settled {
  readonly counts: ReadonlyMap<Entity, EntityCounts>;
  readonly refusals: readonly SettledRefusal[];
  /** Distinct rows among the refusals by file: with one of its records a row is refused whole. */
  readonly rowsRefused: ReadonlyMap<string, number>;
  /** Over the accepted rows; null where there are none. */
  readonly latestRecordedAt: Instant | null;
}

/** One import: everything or nothing becomes visible, and no other import runs beside it. */
export interface IntakeTransaction {
  /** The bank that the database holds, if any. */
  readBank(): Promise<Bank | undefined>;
  /** Adds a batch of one entity to the pending records. */
  add<E extends Entity>(entity: E, rows: readonly PendingRow<E>[]): Promise<void>;
  /** Adds what rows were about that could not be read. */
  lose(losses: readonly Loss[]): Promise<void>;
  /**
   * Finds duplicate and orphan keys among what is pending and stored, merges equal rows, writes
   * the rest, moves the watermark of every party concerned and the system's `asOf`, and opens a
   * customer for each party. A row is refused with all its records and named; what it was about
   * is spoilt, like all that was lost.
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
