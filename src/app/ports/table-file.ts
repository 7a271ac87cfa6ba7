import type { Result } from '../../domain/result.ts';

/** A delimited file with a header, read whole: the texts of its cells, column by column. */
export interface RawTable {
  readonly file: string;
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly rows: number;
  /**
   * The cells of the named column, in the order of the file; of none where there is no such
   * column. They are made anew at each call: keep them no longer than needed.
   */
  readonly cellsOf: (name: string) => readonly string[];
  /** For each row the line on which it starts. */
  readonly lines: Int32Array;
  /** Bytes that the table takes as long as it is kept. */
  readonly heldBytes: number;
}

/** What was read of a table so far. */
export interface ReadSoFar {
  readonly rows: number;
  readonly columns: number;
  readonly heldBytes: number;
}

/** Why a file is no table: what is wrong, and where. */
export interface TableRefusal {
  readonly code:
    | 'NO_FILE'
    | 'UNREADABLE'
    | 'TOO_LARGE'
    | 'EMPTY_FILE'
    | 'NO_ROWS'
    | 'BAD_HEADER'
    | 'DUPLICATE_COLUMN'
    | 'BAD_ROW'
    | 'TOO_MUCH_MEMORY';
  /** The file, with its line where one is at fault. */
  readonly at: string;
  readonly message: string;
}

/**
 * Reads a table from a path, packed or not, whatever delimiter of `,` `;` tab `|` it has. `stop`
 * is asked about every piece; where it gives a reason, reading ends as TOO_MUCH_MEMORY.
 */
export type TableReader = (
  path: string,
  stop?: (soFar: ReadSoFar) => string | null,
) => Promise<Result<RawTable, TableRefusal>>;
