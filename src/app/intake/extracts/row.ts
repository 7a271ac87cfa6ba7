import { type CellFormat, ROW_COLUMNS } from '../../../domain/mapping.ts';
import type { CellReading, ResolvedFormat } from './file-format.ts';

/** One row's cells by column: trimmed, and undefined where nothing is stated. */
export interface Row {
  readonly cell: (column: string, by?: Pick<CellReading, 'nullTokens'>) => string | undefined;
  /** How a value's cells are read here, by its own format or the file's. */
  readonly readingOf: (own: CellFormat | undefined) => CellReading;
}

/** Where a row stands, which is a column too. */
export interface RowAt {
  readonly file: string;
  readonly line: number;
}

/** Names the cells of a file's rows. */
export function rowMaker(
  columns: readonly string[],
  format: Pick<ResolvedFormat, 'nullTokens' | 'readingOf'>,
): (cells: readonly string[], at?: RowAt) => Row {
  const own = new Set<string>(ROW_COLUMNS);
  const positions = new Map(
    columns.map((column, position) => [own.has(column) ? '' : column, position]),
  );
  const { readingOf, nullTokens } = format;
  // Most files know the empty cell alone, and to compare is cheaper than to look up.
  const isPlain = nullTokens.size === 1 && nullTokens.has('');
  return (cells, at) => ({
    readingOf,
    cell: (column, by) => {
      const position = positions.get(column);
      if (position === undefined) return placeOf(column, at);
      const text = cells[position]?.trim();
      if (text === undefined) return undefined;
      const tokens = by === undefined ? nullTokens : by.nullTokens;
      const saysNothing = isPlain && tokens === nullTokens ? text === '' : tokens.has(text);
      return saysNothing ? undefined : text;
    },
  });
}

function placeOf(column: string, at: RowAt | undefined): string | undefined {
  const [line, file] = ROW_COLUMNS;
  if (column === line) return at === undefined ? undefined : String(at.line);
  return column === file ? at?.file.replace(/\.gz$/, '') : undefined;
}
