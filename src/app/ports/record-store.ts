import type { BankRecords, Entity } from '../../domain/bank-record.ts';
import type { Instant } from '../../domain/instant.ts';

/** Where a row stood in the bank's files, so that a refusal can name it. */
export interface RowPlace {
  readonly file: string;
  readonly line: number;
}

export interface RowRefusal {
  readonly place: RowPlace;
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
}

export interface EntityCounts {
  readonly written: number;
  readonly merged: number;
  readonly refused: number;
}

/** One import: everything or nothing becomes visible. */
export interface ImportTransaction {
  /** Streams a batch of one entity into staging. */
  stage<E extends Entity>(
    entity: E,
    rows: readonly { readonly record: BankRecords[E]; readonly place: RowPlace }[],
  ): Promise<void>;
  /**
   * Finds duplicate and orphan keys over staging and what is stored, merges equal rows, moves the
   * watermarks of every party concerned and the sources' `asOf`, and opens a customer for each party.
   */
  settle(options: { readonly source: string; readonly asOf: Instant }): Promise<{
    readonly counts: ReadonlyMap<Entity, EntityCounts>;
    readonly refusals: readonly RowRefusal[];
  }>;
  commit(run: ImportRun): Promise<void>;
  rollback(): Promise<void>;
}

export interface ImportRun {
  readonly mappingName: string;
  readonly mappingDigest: string;
  readonly actor: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly rowsRead: number;
}

export interface RecordStore {
  begin(): Promise<ImportTransaction>;
}
