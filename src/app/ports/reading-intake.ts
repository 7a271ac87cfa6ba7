import type { PartName } from '../../domain/customer360.ts';
import type { Instant } from '../../domain/instant.ts';
import type { AnsweredPart, CoreRecords, CustomerPart, DroppedRecord } from './core-reader.ts';

/** What a live core said of some customers at one instant. */
export interface CoreReading {
  readonly system: string;
  /** What changed is recorded at this instant. */
  readonly readAt: Instant;
  readonly records: CoreRecords;
  /** What was told whole: there alone the absence of a record means that it ended. */
  readonly answered: readonly AnsweredPart[];
  /** What was told and could not be read whole: unknown from now on, until it is told whole. */
  readonly spoilt: readonly CustomerPart[];
}

/** What became of a reading. */
export interface TakenReading {
  /** Versions of records that were added; 0 where nothing changed. */
  readonly written: number;
  /** Records that cannot stand beside the others: without a parent, or twice unlike. */
  readonly dropped: readonly DroppedRecord[];
  /** What is unknown now: what the reading said, and whatever lost a record here. */
  readonly spoilt: readonly CustomerPart[];
}

/** A live core, and what it answers. */
export interface LiveCore {
  readonly system: string;
  readonly parts: readonly PartName[];
}

/** The way in for what live cores say: the same versions and watermarks as an import makes. */
export interface ReadingIntake {
  /**
   * Says that a core feeds these parts from now on: until it has answered for a customer, they
   * are unknown. Said again, it changes nothing.
   */
  declare(core: LiveCore, at: Instant): Promise<void>;
  /**
   * Adds a version of each record whose content changed and ends what is no longer told; where
   * nothing changed it writes the time of the reading only. Undefined where an import holds the
   * way in for longer than `waitMs`: nothing was taken.
   */
  take(reading: CoreReading, waitMs: number): Promise<TakenReading | undefined>;
}
