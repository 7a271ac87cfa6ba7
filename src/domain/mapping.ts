import type { Entity } from './bank-record.ts';
import type { BusinessDate } from './business-date.ts';
import type { Instant } from './instant.ts';
import type { CurrencyCode } from './money.ts';

/**
 * How a bank's delimited files become bank records: data, never code. The meaning of every member
 * is described once, in `seeds/mapping.schema.json`, which editors show while one types.
 */
export interface Mapping {
  readonly $schema?: string;
  readonly name: string;
  readonly description?: string;
  readonly bank: {
    readonly name: string;
    readonly mode: 'DEMO' | 'BANK' | 'EVALUATION';
    readonly reportingCurrency: CurrencyCode;
    readonly businessDate: BusinessDate | FromData;
  };
  readonly source: { readonly name: string; readonly extractedAt: Instant | FromData };
  /** The format of every file that does not state its own. */
  readonly format?: FileFormat;
  readonly codes?: { readonly [table: string]: CodeTable };
  readonly lookups?: { readonly [name: string]: Lookup };
  readonly files: readonly MappedFile[];
  readonly notImported?: readonly { readonly name: string; readonly reason: string }[];
}

interface FromData {
  readonly fromData: 'latest recordedAt';
}

/**
 * How cells are written: of a file, or of one value where it differs. What is left out means a
 * decimal point, a leading minus, ISO days in UTC and the empty cell.
 */
export interface CellFormat {
  readonly decimalMark?: '.' | ',';
  readonly groupMark?: string;
  readonly negatives?: readonly NegativeForm[];
  /** The signs that may stand at an amount, each of its currency; another one is refused. */
  readonly currencySigns?: { readonly [sign: string]: CurrencyCode };
  /** Cells that mean nothing was stated, compared after trimming. */
  readonly nullTokens?: readonly string[];
  /** A text that two of them read as different days is refused. */
  readonly dateFormats?: readonly string[];
  /** The first year that a two-digit year can mean. */
  readonly twoDigitYearsFrom?: number;
  /** An IANA zone of the times that state no offset. */
  readonly timeZone?: string;
  /** What a time means that clocks skipped or showed twice; what is not said is refused. */
  readonly clockChanges?: ClockChanges;
}

/** How a number below zero may be written: -5, 5- or (5). */
export const NEGATIVE_FORMS = ['leading', 'trailing', 'parentheses'] as const;
type NegativeForm = (typeof NEGATIVE_FORMS)[number];

/** By the offset before the change; the first or second time that clocks showed it. */
export interface ClockChanges {
  readonly skipped?: 'shift';
  readonly repeated?: 'first' | 'second';
}

/** Besides how cells are written: a comma, double quotes, UTF-8 and no preamble unless stated. */
export interface FileFormat extends CellFormat {
  readonly delimiter?: string;
  /** `null`: the file knows no quotes. */
  readonly quote?: string | null;
  readonly encoding?: Encoding;
  /** Lines before the header, or before the first row where `columns` names them. */
  readonly preambleLines?: number;
}

/** None is guessed: a file that states none is read as UTF-8. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'us-ascii',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1250',
  'windows-1252',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** A file's code to ours; `null` means the code says nothing. */
interface CodeTable {
  readonly [code: string]: string | null;
}

/** A small join held in memory: the value column by the key column of another mapped file. */
export interface Lookup {
  readonly file: string;
  readonly key: string;
  readonly value: string;
  readonly when?: readonly RowCondition[];
}

/** What the rows of one file become, or of all files whose names fit. */
export interface MappedFile {
  /** A plain name, where `*` stands for any characters; the file may be there as `.gz`. */
  readonly name: string;
  readonly optional?: boolean;
  /** Without it a file that has no rows is refused: its export may have failed. */
  readonly mayBeEmpty?: boolean;
  /** A key may stand once for each time at which its record changed. */
  readonly holdsHistory?: boolean;
  /** Each delivery holds every row that counts, not what changed: it tells its records whole. */
  readonly whole?: boolean;
  /** What a delivery no longer lists has ended; only of a file that is whole. */
  readonly endsWhatIsGone?: boolean;
  readonly format?: FileFormat;
  /** The names of the columns of a file without a header line. */
  readonly columns?: readonly string[];
  readonly records: readonly MappedRecord[];
  readonly trailer?: Trailer;
  readonly coverage?: Coverage;
  /** Columns that are left out on purpose, each with its reason. */
  readonly ignored?: { readonly [column: string]: string };
}

/** The last row: its first cell is the marker, and others hold what all rows come to. */
export interface Trailer {
  readonly marker: string;
  /** Which cell of it, from 1, holds the number of rows. */
  readonly rowCount?: number;
  readonly sums?: readonly { readonly cell: number; readonly column: string }[];
}

type Coverage =
  | { readonly by: 'key'; readonly until: 'lastRow' | 'dayBeforeLastRow' }
  | { readonly by: 'range'; readonly from: BusinessDate; readonly to?: BusinessDate };

/** A record that a row yields; a row may yield several and is taken or refused whole. */
export interface MappedRecord {
  readonly entity: Exclude<Entity, 'coverage'>;
  /** All must hold, or the row yields no such record. */
  readonly when?: readonly RowCondition[];
  readonly fields: { readonly [field: string]: FieldValue };
}

/**
 * Asked of the trimmed cell before any transform; an empty one is none of these but not
 * `present`. Patterns know `*` for any characters and `?` for one, and nothing else.
 */
export type RowCondition =
  | { readonly column: string; readonly in: readonly string[] }
  | { readonly column: string; readonly notIn: readonly string[] }
  | { readonly column: string; readonly like: readonly string[] }
  | { readonly column: string; readonly notLike: readonly string[] }
  | ({ readonly column: string } & CellRange)
  | { readonly column: string; readonly present: boolean };

/** Numbers, or days as `2026-11-24`; a cell that cannot be read as such refuses its row. */
export interface CellRange {
  readonly atLeast?: number | BusinessDate;
  readonly above?: number | BusinessDate;
  readonly atMost?: number | BusinessDate;
  readonly below?: number | BusinessDate;
}

/** Columns that every file has: the line where a row starts, and the name of its file. */
export const ROW_COLUMNS = ['$line', '$file'] as const;

/** What a field holds: the same in every record, or read from the row. */
export type FieldValue = { readonly constant: string | number | boolean } | ReadValue;

/**
 * A cell; several joined, with empty ones as empty text unless all of them are; the first that is
 * stated; or an amount in one of two columns.
 */
export type ReadValue = (
  | { readonly column: string }
  | { readonly columns: readonly string[]; readonly join: string }
  | { readonly firstOf: readonly string[] }
  | { readonly debit: string; readonly credit: string }
) &
  ReadOptions;

/** Applied in this order: default, lookup, transforms, codes, type of the field, sign. */
interface ReadOptions {
  /** Where these cells are written unlike the others of the file. */
  readonly format?: CellFormat;
  /** Stands in for an empty cell, as if the file said so. */
  readonly default?: string;
  /** One lookup, or several in a chain. */
  readonly lookup?: string | readonly string[];
  readonly transforms?: readonly Transform[];
  readonly codes?: string;
  /** For a code that the table does not hold; without it such a row is refused. */
  readonly otherwise?: string | null;
  /** Of an amount; by default the record's own currency, or else the bank's. */
  readonly currency?: CurrencyCode | { readonly column: string };
  readonly signByCode?: SignByCode;
}

/** The sign of an amount as another column tells it; a code in neither list refuses the row. */
export interface SignByCode {
  readonly column: string;
  readonly negative: readonly string[];
  readonly positive: readonly string[];
}

/**
 * The transforms that read nothing but their cell; `occurrence` says that the key is no id, and
 * tells equal ones apart by their order in the file once it is read.
 */
export const PLAIN_TRANSFORMS = [
  'lowercase',
  'uppercase',
  'czechBirthNumberDate',
  'czechBirthNumberSex',
  'negate',
  'percentToPpm',
  'ratioToPpm',
  'thousandsToUnits',
  'startOfDay',
  'endOfDay',
  'startOfMonth',
  'endOfMonth',
  'occurrence',
] as const;
export type PlainTransform = (typeof PLAIN_TRANSFORMS)[number];

/** What becomes of decimals beyond those that count; `zerosOnly` drops nothing but zeros. */
export const ROUNDING_RULES = [
  'zerosOnly',
  'halfEven',
  'halfAwayFromZero',
  'towardZero',
] as const;
export type RoundingRule = (typeof ROUNDING_RULES)[number];

/** One step from a cell's text to the next; `addMonths` adds as many as another column says. */
export type Transform =
  | PlainTransform
  | { readonly prefix: string }
  | { readonly strip: readonly string[] }
  | { readonly round: { readonly rule: RoundingRule; readonly decimals?: number } }
  | { readonly addMonths: { readonly column: string } };
