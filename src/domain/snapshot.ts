import type { BusinessDate } from './business-date.ts';
import type { Lineage, PartFailure, PartName } from './customer360.ts';
import type { Address, Digest } from './digest.ts';
import type { FactSheet } from './fact.ts';
import type { Instant } from './instant.ts';

/** The number of the form of snapshot and sheet, raised with any member of either. */
export const SNAPSHOT_FORMAT = 3;

/**
 * Which systems a part was read from, by name, or why it was not. Snapshots stored before more
 * than one could feed a part hold its lineage by itself.
 */
export type PartSources = readonly Lineage[] | Lineage | { readonly failed: PartFailure };

/** The lineage of each system that a part was read from, in either form of a snapshot. */
export function lineagesIn(sources: PartSources | undefined): readonly Lineage[] {
  if (sources === undefined || 'failed' in sources) return [];
  return 'source' in sources ? [sources] : sources;
}

/**
 * When and from what a fact sheet was derived: online feature store, evidence and training row.
 */
export interface Snapshot {
  readonly sheetAddress: Address;
  readonly businessDate: BusinessDate;
  readonly sources: { readonly [part in PartName]?: PartSources };
  readonly factsDigest: Digest;
  readonly ratesDigest: Digest;
  /** The newest instant any source was read at. */
  readonly factsAsOf: Instant;
  /** The earliest of age limits, the next business date and the next dated event. */
  readonly validUntil: Instant;
}

/** A snapshot with its address and the sheet it names. */
export interface LoadedSnapshot {
  readonly address: Address;
  readonly snapshot: Snapshot;
  readonly sheet: FactSheet;
}
