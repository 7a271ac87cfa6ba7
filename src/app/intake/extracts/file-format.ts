import type { FileFormat } from '../../../domain/mapping.ts';
import type { RowFormat } from '../../ports/extract.ts';
import { type DateReader, dateReader, firstMatch, ISO_DATE_FORMATS } from './date-format.ts';
import type { Notation } from './parse-cell.ts';

/** A file's format with everything stated. */
interface ResolvedFormat {
  readonly rows: RowFormat;
  readonly notation: Notation;
  readonly nullTokens: ReadonlySet<string>;
}

/** The format of one file: its own members before those of all files, or what is wrong with it. */
export function resolveFormat(...formats: readonly (FileFormat | undefined)[]) {
  const format: FileFormat = Object.assign({}, ...formats);
  const readers: DateReader[] = [];
  for (const text of format.dateFormats ?? ISO_DATE_FORMATS) {
    const reader = dateReader(text, format.twoDigitYearsFrom);
    if (typeof reader === 'string') return reader;
    readers.push(reader);
  }
  const { delimiter = ',', quote = '"', encoding = 'utf-8', decimalMark = '.' } = format;
  if (delimiter === quote) return 'delimiter and quote are the same character';
  const resolved: ResolvedFormat = {
    rows: { delimiter, quote, encoding },
    notation: { decimalMark, readDate: firstMatch(readers) },
    nullTokens: new Set(format.nullTokens ?? ['']),
  };
  return resolved;
}
