import type { Result } from '../../domain/result.ts';

/** A delimited file with a header, read whole: the texts of its cells, column after column. */
export interface RawTable {
  readonly file: string;
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly rows: number;
  /** For each name its cells, in the order of the file. */
  readonly cells: readonly (readonly string[])[];
  /** For each row the line on which it starts. */
  readonly lines: Int32Array;
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
    | 'BAD_ROW';
  /** The file, with its line where one is at fault. */
  readonly at: string;
  readonly message: string;
}

/** Reads a table from a path, packed or not, whatever delimiter of `,` `;` tab `|` it has. */
export type TableReader = (path: string) => Promise<Result<RawTable, TableRefusal>>;
