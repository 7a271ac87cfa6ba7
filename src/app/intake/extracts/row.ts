import type { Notation } from './parse-cell.ts';

/** One row's cells by column: trimmed, and undefined where nothing is stated. */
export interface Row {
  readonly notation: Notation;
  readonly cell: (column: string) => string | undefined;
}

/** Names the cells of a file's rows. */
export function rowMaker(
  columns: readonly string[],
  format: { readonly notation: Notation; readonly nullTokens: ReadonlySet<string> },
): (cells: readonly string[]) => Row {
  const positions = new Map(columns.map((column, position) => [column, position]));
  return (cells) => ({
    notation: format.notation,
    cell: (column) => {
      const text = cells[positions.get(column) ?? -1]?.trim();
      return text === undefined || format.nullTokens.has(text) ? undefined : text;
    },
  });
}
