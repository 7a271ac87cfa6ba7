import type { CellFormat, FileFormat } from '../../../domain/mapping.ts';
import type { RowFormat } from '../../ports/extract.ts';
import {
  type DateReader,
  dateReader,
  firstMatch,
  ISO_DATE_FORMATS,
  inUtc,
} from './date-format.ts';
import { numberReader } from './number-format.ts';
import type { Notation } from './parse-cell.ts';
import { openZone } from './time-zone.ts';

/** A file's format with everything stated. */
export interface ResolvedFormat extends CellReading {
  readonly rows: RowFormat;
  /** How the cells of one value are read, where it states a format of its own. */
  readonly readingOf: (own: CellFormat | undefined) => CellReading;
}

/** How cells are read: which say nothing, and what the others mean. */
export interface CellReading {
  readonly notation: Notation;
  readonly nullTokens: ReadonlySet<string>;
}

/** The format of one file: its own members before those of all files, or what is wrong with it. */
export function resolveFormat(
  ...formats: readonly (FileFormat | undefined)[]
): ResolvedFormat | string {
  const format: FileFormat = Object.assign({}, ...formats);
  const reading = cellReading(format);
  if (typeof reading === 'string') return reading;
  const { delimiter = ',', quote = '"', encoding = 'utf-8', preambleLines = 0 } = format;
  if (delimiter === quote) return 'delimiter and quote are the same character';
  const known = new Map<CellFormat, CellReading>();
  return {
    ...reading,
    rows: { delimiter, quote, encoding, preambleLines },
    readingOf(own) {
      if (own === undefined) return reading;
      const found = known.get(own) ?? cellReading({ ...format, ...own });
      if (typeof found === 'string') throw new TypeError(`an unchecked mapping: ${found}`);
      known.set(own, found);
      return found;
    },
  };
}

function cellReading(format: CellFormat): CellReading | string {
  const readers: DateReader[] = [];
  const dateFormats = format.dateFormats ?? ISO_DATE_FORMATS;
  for (const text of dateFormats) {
    const reader = dateReader(text, format.twoDigitYearsFrom);
    if (typeof reader === 'string') return reader;
    readers.push(format.timeZone === undefined ? reader : inUtc(reader, text));
  }
  const readNumber = numberReader(format);
  if (typeof readNumber === 'string') return readNumber;
  const { decimalMark = '.', timeZone } = format;
  const readDate = firstMatch(readers, dateFormats);
  const nullTokens = new Set(format.nullTokens ?? ['']);
  const notation: Notation = { decimalMark, readNumber, readDate, dateFormats };
  if (timeZone === undefined) return { notation, nullTokens };
  const zone = openZone(timeZone, format.clockChanges);
  if (zone === undefined) return `there is no time zone \`${timeZone}\`: name one of IANA's`;
  return { notation: { ...notation, zone }, nullTokens };
}
