import type { Encoding } from '../../domain/mapping.ts';

/** A regular file of an extract's folder, by its plain name. */
export interface ExtractFile {
  readonly name: string;
  readonly bytes: number;
}

/** A row of a file at the line where it starts, or why that line is no row. */
export type ExtractRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly fault: RowFault };

/** Why a line could not be split into cells; only this row is refused, reading goes on. */
export interface RowFault {
  readonly code: 'ROW_TOO_LONG' | 'MALFORMED_QUOTES' | 'INVALID_CHARACTER' | 'OTHER_ENCODING';
  readonly message: string;
}

/** How rows are told apart; the meaning of cells is the mapping's. */
export interface RowFormat {
  readonly delimiter: string;
  readonly quote: string | null;
  readonly encoding: Encoding;
  /** Lines at the start that are no rows, empty ones counted. */
  readonly preambleLines?: number;
}

/** A folder as it was when opened, by name; folders inside it are not looked into. */
export interface ExtractFolder {
  readonly files: readonly ExtractFile[];
  /** Links whose target lies outside the folder: they are never read. */
  readonly escaping: readonly string[];
  /** Pipes, sockets and devices, by name and in words: they are never opened. */
  readonly irregular: readonly { readonly name: string; readonly what: string }[];
  /** The first bytes of a file, unpacking `.gz`; fewer where it is shorter. */
  head(file: ExtractFile, bytes: number): Promise<Uint8Array>;
  /**
   * Streams a file's rows in batches, the header line among them, unpacking `.gz`. `onBytes` is
   * told how many bytes of the file were read so far. Throws {@link UnreadableFile}.
   */
  read(
    file: ExtractFile,
    format: RowFormat,
    onBytes: (bytesRead: number) => void,
  ): AsyncIterable<readonly ExtractRow[]>;
}

/** The file system as an import sees it. */
export interface ExtractSource {
  /** Undefined when there is no such folder. */
  open(folder: string): Promise<ExtractFolder | undefined>;
}

/** A file that breaks off or cannot be opened: nothing of it may count as read. */
export class UnreadableFile extends Error {
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(`\`${file}\` cannot be read to its end`, { cause });
    this.name = 'UnreadableFile';
    this.file = file;
  }
}
