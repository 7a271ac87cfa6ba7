import type { BusinessDate } from './business-date.ts';

/** From a snapshot that decisions left behind, or derived afterwards as of the day. */
export interface RowOrigins {
  readonly live: number;
  readonly backfill: number;
}

/** How full the window is: rows a month (a year where months are many), and what was missing. */
export interface CardCoverage {
  readonly periods: readonly {
    readonly period: string;
    readonly rows: number;
    readonly positives: number;
  }[];
  /** Features that some rows lack, the scarcest first. */
  readonly missing: readonly { readonly name: string; readonly sharePpm: number }[];
  /** Features that had one value in all rows, and so taught nothing. */
  readonly constant: readonly string[];
}

/** Rows before a day, on which a forest of the same settings learned, and rows from it on. */
export interface SplitByTime {
  readonly trainFrom: BusinessDate;
  readonly trainTo: BusinessDate;
  readonly testFrom: BusinessDate;
  readonly testTo: BusinessDate;
  readonly trainRows: number;
  readonly trainPositives: number;
  readonly testRows: number;
  readonly testPositives: number;
  /** Whether outcomes of rows trained on were still open on the first day tested. */
  readonly overlaps: boolean;
}

/** What a card tells apart for monitoring; neither is ever a feature. */
export type MonitoredAttribute = 'AGE_BAND' | 'SEX';

/** One group by its calibrated out-of-bag scores. */
export interface CardGroup {
  readonly attribute: MonitoredAttribute;
  readonly group: string;
  readonly rows: number;
  readonly positives: number;
  readonly baseRatePpm: number;
  readonly meanScorePpm: number;
  /** Absent where too few rows are positive or negative to tell. */
  readonly aucPpm?: number;
  /** What was said over what happened; 1,000,000 is true; absent where nothing happened. */
  readonly calibrationRatioPpm?: number;
}

/** Bytes as estimated before the training: in all but threads, and what each thread adds. */
export interface TrainingMemory {
  readonly estimatedBytes: number;
  readonly bytesPerThread: number;
}
