import type { CellFormat } from '../../../domain/mapping.ts';
import { type DateReader, dateReader } from '../extracts/date-format.ts';
import { type NumberReader, numberReader } from '../extracts/number-format.ts';

/** What the cells of a column seem to be; several readings that differ are a question. */
export interface ColumnProfile {
  readonly name: string;
  readonly stated: number;
  readonly empty: number;
  /** Formats that read every cell as a day, the stricter first. */
  readonly dates: readonly string[];
  /** Formats that read every cell as a number. */
  readonly numbers: readonly CellFormat[];
  /** What most cells are, and how many are not; null where all are, or few. */
  readonly nearly: { readonly format: string; readonly misses: number } | null;
  /** The points and commas that stand in it. */
  readonly marks: readonly string[];
  /** Two cells were alike; null where there were too many to tell. */
  readonly repeats: boolean | null;
  /** Digests of the values that differ, as many as are held. */
  readonly values: ReadonlySet<number>;
}

/** Takes a column's cells one by one. */
export interface ColumnProfiler {
  readonly take: (cell: string) => void;
  readonly profile: () => ColumnProfile;
}

/** The stricter before the laxer: of formats that read alike the first is proposed. */
const DATE_FORMATS = [
  'YYYY-MM-DD',
  'YYYY-MM-DDThh:mm:ss.fffZ',
  'YYYY-MM-DDThh:mm:ssZZ',
  'YYYY-MM-DD hh:mm:ss',
  'YYYY-MM-DD hh:mm',
  'YYYYMMDD',
  'YYMMDD',
  'YYMMDD hh:mm:ss',
  'DD.MM.YYYY',
  'D.M.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'D/M/YYYY',
  'M/D/YYYY',
  'DD-MMM-YYYY',
  'MM/YYYY',
  'YYYY-MM',
] as const;

const NUMBER_FORMATS: readonly CellFormat[] = [
  {},
  { decimalMark: ',' },
  { groupMark: ',' },
  { decimalMark: ',', groupMark: '.' },
  { decimalMark: ',', groupMark: ' ' },
  { groupMark: ' ' },
  { negatives: ['leading', 'trailing', 'parentheses'], groupMark: ',' },
  { negatives: ['leading', 'trailing', 'parentheses'], groupMark: '.', decimalMark: ',' },
];

/** After so many cells only formats stay that read at least half of them. */
const TRIED = 1_000;

interface Candidate<T> {
  readonly format: T;
  readonly reads: (cell: string) => boolean;
  hits: number;
}

/** Starts the profile of a column that holds the digests of so many values at the most. */
export function columnProfiler(name: string, mostValues: number): ColumnProfiler {
  let dates: readonly Candidate<string>[] = DATE_FORMATS.map(dateCandidate);
  let numbers: readonly Candidate<CellFormat>[] = NUMBER_FORMATS.map(numberCandidate);
  const values = new Set<number>();
  const marks = new Set<string>();
  let [stated, empty] = [0, 0];
  let repeats: boolean | null = false;
  return {
    take(raw) {
      const cell = raw.trim();
      if (cell === '') {
        empty += 1;
        return;
      }
      stated += 1;
      for (const one of dates) if (one.reads(cell)) one.hits += 1;
      for (const one of numbers) if (one.reads(cell)) one.hits += 1;
      if (stated === TRIED) {
        dates = dates.filter(({ hits }) => 2 * hits >= TRIED);
        numbers = numbers.filter(({ hits }) => 2 * hits >= TRIED);
      }
      for (const mark of ['.', ',']) if (cell.includes(mark)) marks.add(mark);
      const digest = digestOf(cell);
      if (values.has(digest)) repeats = true;
      else if (values.size < mostValues) values.add(digest);
      else if (repeats === false) repeats = null;
    },
    profile: () => ({
      name,
      stated,
      empty,
      dates: fitting(dates, stated),
      numbers: fitting(numbers, stated),
      nearly: nearest([...dates, ...numbers], stated),
      marks: [...marks],
      repeats,
      values,
    }),
  };
}

function fitting<T>(all: readonly Candidate<T>[], stated: number): readonly T[] {
  return all.filter(({ hits }) => stated > 0 && hits === stated).map(({ format }) => format);
}

/** Of a column that no format reads whole, the one that reads three cells in five at least. */
function nearest(all: readonly Candidate<string | CellFormat>[], stated: number) {
  const [best] = all.toSorted((a, b) => b.hits - a.hits);
  if (best === undefined || best.hits === stated || best.hits * 5 < stated * 3) return null;
  const format = typeof best.format === 'string' ? `a day ${best.format}` : 'a number';
  return { format, misses: stated - best.hits };
}

function dateCandidate(format: string): Candidate<string> {
  const read = dateReaderOf(format);
  return { format, reads: (cell) => isPlausible(read(cell)?.date), hits: 0 };
}

function numberCandidate(format: CellFormat): Candidate<CellFormat> {
  const read = numberReaderOf(format);
  return { format, reads: (cell) => read(cell) !== undefined, hits: 0 };
}

function dateReaderOf(format: string): DateReader {
  const reader = dateReader(format, 1950);
  if (typeof reader === 'string') throw new TypeError(reader);
  return reader;
}

function numberReaderOf(format: CellFormat): NumberReader {
  const reader = numberReader(format);
  if (typeof reader === 'string') throw new TypeError(reader);
  return reader;
}

function isPlausible(date: string | undefined): boolean {
  return date !== undefined && date >= '1880' && date < '2200';
}

/** 53 bits of a text (cyrb53): two of a million texts hardly ever share one. */
function digestOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
}
