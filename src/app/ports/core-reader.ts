import type { BankRecords, Entity } from '../../domain/bank-record.ts';
import type { PartName } from '../../domain/customer360.ts';
import type { Instant } from '../../domain/instant.ts';

/** A record as a core states it now; since when it is so, and whether still, the intake says. */
export type CoreRecord<E extends Entity> = Omit<BankRecords[E], 'recordedAt' | 'withdrawn'>;

/** The records of an answer by entity, in any order. */
export type CoreRecords = { readonly [E in Entity]?: readonly CoreRecord<E>[] };

/** A part of a customer, by the bank's customer number. */
export interface CustomerPart {
  readonly customerId: string;
  readonly part: PartName;
}

/**
 * A part that a core told whole: what the answer does not list, the core no longer has. Postings
 * are whole within the windows of coverage that the answer tells, each of one arrangement.
 */
export interface AnsweredPart extends CustomerPart {
  /** Until when the core knew the world, in the bank's time. */
  readonly asOf: Instant;
  /** The core's own version of what it told, where it has one. */
  readonly version?: string;
}

/** A record that could not be read. It is named, and none of its values is. */
export interface DroppedRecord {
  /** Whose it is; null where that could not be read either: then it may be anybody's. */
  readonly customerId: string | null;
  readonly entity: Entity;
  /** Its key as the core writes it; null where that could not be read. */
  readonly key: string | null;
  readonly code: string;
  readonly message: string;
}

/** What a core says of the customers that it was asked for. */
export interface CoreAnswer {
  readonly records: CoreRecords;
  /**
   * A customer's part that the core refuses to tell, or knows nothing of, is left out. A number
   * that it has merged into another one it tells whole, and mostly empty.
   */
  readonly lineage: readonly AnsweredPart[];
  /** A part that lacks a record is not whole: it is unknown, never silently smaller. */
  readonly dropped: readonly DroppedRecord[];
}

/** Who is asked for, and what of them. */
export interface CoreQuestion {
  readonly customerIds: readonly string[];
  readonly parts: readonly PartName[];
}

/**
 * A banking core as it knows the present: one question about many customers, in the fewest calls
 * that it offers. It knows nothing of versions over time. Throws an `Outage` when the core does
 * not answer, at the latest when the signal aborts.
 */
export interface CoreReader {
  read(question: CoreQuestion, signal: AbortSignal): Promise<CoreAnswer>;
}
