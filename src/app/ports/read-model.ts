import type { BusinessDate } from '../../domain/business-date.ts';
import type { Capsule } from '../../domain/decision.ts';
import type { Address, Digest } from '../../domain/digest.ts';
import type { FactSheet } from '../../domain/fact.ts';
import type { FactBins } from '../../domain/fact-bins.ts';
import type { Uuid } from '../../domain/id.ts';

/** A decision of which the read model needs a row. */
export interface DecisionToRead {
  readonly id: Uuid;
  readonly capsule: Capsule;
}

/** A fact sheet that has no bins yet: stored before there were any, or lost since. */
export interface UnbinnedSheet extends SheetName {
  readonly sheet: FactSheet;
  readonly factsDigest: Digest;
  readonly businessDate: BusinessDate;
}

/** What a sheet is stored under. */
export interface SheetName {
  readonly customer: Uuid;
  readonly address: Address;
}

/** Some sheets without bins; `next` is null once there are no more. */
export interface UnbinnedPage {
  readonly sheets: readonly UnbinnedSheet[];
  readonly next: SheetName | null;
}

/** How much is stored, and how much of it the read model has. */
export interface ReadModelExtent {
  readonly decisions: number;
  readonly outcomes: number;
  readonly sheets: number;
  readonly binned: number;
}

/**
 * Narrow rows for questions over many decisions, written in the commit of what they are derived
 * from. These calls make them again and hold them against it.
 */
export interface ReadModel {
  extent(): Promise<ReadModelExtent>;
  /** The ids among these whose row is missing or says something else than the capsule. */
  differing(decisions: readonly DecisionToRead[]): Promise<readonly Uuid[]>;
  /** Writes the rows of these decisions anew. */
  rewrite(decisions: readonly DecisionToRead[]): Promise<void>;
  /** A page of sheets without bins, after the one named; what cannot be read is left out. */
  unbinned(after: SheetName | null, limit: number): Promise<UnbinnedPage>;
  writeBins(
    bins: readonly { readonly sheet: UnbinnedSheet; readonly bins: FactBins }[],
  ): Promise<void>;
}
