import type { BusinessDate } from '../../domain/business-date.ts';
import type { Digest } from '../../domain/digest.ts';
import type { FactSheet } from '../../domain/fact.ts';

/** Which stored sheets mean the same as those derived now. */
interface SheetsWanted {
  readonly customerIds: readonly string[];
  readonly factsDigest: Digest;
  readonly ratesDigest: Digest;
}

/**
 * The fact sheets that decisions left behind, by customer number and business date: of several on
 * one date the last one stored. One that can no longer be read is left out: it is derived again.
 */
export type ReadLiveSheets = (
  wanted: SheetsWanted,
) => Promise<ReadonlyMap<string, ReadonlyMap<BusinessDate, FactSheet>>>;
