import type { Entity } from '../../../domain/bank-record.ts';
import type { Digest } from '../../../domain/digest.ts';
import type { Mapping } from '../../../domain/mapping.ts';
import type { Problem } from '../../../domain/result.ts';
import type { Bank } from '../../ports/bank.ts';
import type { EntityCounts, RowRefusal } from '../../ports/record-intake.ts';
import type { RefusalGroup } from './refusal-groups.ts';

/** What one run is asked; the mapping may still be wrong, `importExtract` checks it. */
export interface ImportRequest {
  readonly mapping: Mapping;
  /** As the command line named the mapping, for messages. */
  readonly mappingFile: string;
  readonly mappingDigest: Digest;
  readonly folder: string;
  readonly actor: string;
  /** Leaves refused rows out instead of refusing the whole folder. */
  readonly skipRefused: boolean;
  /** With more refused rows than this the folder is refused all the same; absent: with any. */
  readonly mostRefused?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/**
 * Bytes are those on disk, packed or not; `rowsRead` grows over all files, without header lines.
 */
export interface ImportProgress {
  readonly activity: 'READING' | 'SETTLING';
  readonly file: string | null;
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/** A file that was read to its end, whatever became of its rows. */
export interface FileReport {
  readonly name: string;
  readonly rowsRead: number;
  /** Rows that could not be read as mapped, or whose records cannot stand beside the others. */
  readonly rowsRefused: number;
}

/** What an import found and did; `written` is true once it is in force. */
export interface ImportReport {
  readonly written: boolean;
  readonly mapping: string;
  /** As it stands after the import; null where nothing dates it. */
  readonly bank: Bank | null;
  /** Data rows of all files, without header lines. */
  readonly rowsRead: number;
  /** Distinct rows among the refusals. */
  readonly rowsRefused: number;
  /** Of records: a row may yield several. */
  readonly recordsWritten: number;
  readonly recordsMerged: number;
  readonly recordsRefused: number;
  readonly files: readonly FileReport[];
  readonly entities: { readonly [E in Entity]?: EntityCounts };
  /** The first few refusals of each group, by file and line. */
  readonly refusals: readonly RowRefusal[];
  /** All refusals, counted by file, column, code and kind of message. */
  readonly refusalGroups: readonly RefusalGroup[];
  /** Entries of the mapping of which no file came: what they tell stays as it was. */
  readonly filesNotDelivered: readonly string[];
  /** Files of the folder that no entry of the mapping names. */
  readonly unmappedFiles: readonly string[];
  readonly notImported: readonly { readonly name: string; readonly reason: string }[];
}

/** Why nothing was imported. */
export type ImportRefusal = { readonly message: string } & (
  | { readonly code: 'MAPPING_INVALID'; readonly problems: readonly Problem[] }
  | { readonly code: 'NO_FOLDER'; readonly folder: string }
  | { readonly code: 'FILES_MISSING'; readonly names: readonly string[] }
  | { readonly code: 'FILE_AMBIGUOUS'; readonly names: readonly string[] }
  | { readonly code: 'FILE_OUTSIDE_FOLDER'; readonly names: readonly string[] }
  | { readonly code: 'FILE_IRREGULAR'; readonly names: readonly string[] }
  | { readonly code: 'FILE_UNREADABLE'; readonly file: string }
  | { readonly code: 'FILES_DO_NOT_FIT'; readonly problems: readonly Problem[] }
  | { readonly code: 'ANOTHER_BANK'; readonly held: Bank }
  | { readonly code: 'ROWS_REFUSED'; readonly report: ImportReport }
);
