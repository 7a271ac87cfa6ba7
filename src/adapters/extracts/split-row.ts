/** A row's cells; OPEN: a quote is still open at the end; or what is wrong with its quotes. */
type SplitRow =
  | { readonly state: 'CELLS'; readonly cells: readonly string[] }
  | { readonly state: 'OPEN' }
  | { readonly state: 'MALFORMED'; readonly message: string };

/** Splits one row's text into cells: RFC 4180 with any delimiter and any quote, or none. */
export function splitRow(text: string, delimiter: string, quote: string | null): SplitRow {
  if (quote === null || !text.includes(quote)) {
    return { state: 'CELLS', cells: text.split(delimiter) };
  }
  const cells: string[] = [];
  for (let at = 0; ; ) {
    const cell =
      text[at] === quote
        ? quotedCell(text, at, quote)
        : plainCell(text, at, { delimiter, quote });
    if (cell === 'OPEN') return { state: 'OPEN' };
    if (cell === 'QUOTE_INSIDE') {
      return { state: 'MALFORMED', message: `a quote stands inside cell ${cells.length + 1}` };
    }
    cells.push(cell.text);
    if (cell.end >= text.length) return { state: 'CELLS', cells };
    if (text[cell.end] !== delimiter) {
      const message = `cell ${cells.length} goes on after its closing quote`;
      return { state: 'MALFORMED', message };
    }
    at = cell.end + 1;
  }
}

interface Cell {
  readonly text: string;
  readonly end: number;
}

function plainCell(
  text: string,
  start: number,
  marks: { readonly delimiter: string; readonly quote: string },
): Cell | 'QUOTE_INSIDE' {
  const found = text.indexOf(marks.delimiter, start);
  const end = found === -1 ? text.length : found;
  const cell = text.slice(start, end);
  return cell.includes(marks.quote) ? 'QUOTE_INSIDE' : { text: cell, end };
}

function quotedCell(text: string, start: number, quote: string): Cell | 'OPEN' {
  let cell = '';
  for (let from = start + 1; ; ) {
    const close = text.indexOf(quote, from);
    if (close === -1) return 'OPEN';
    cell += text.slice(from, close);
    if (text[close + 1] !== quote) return { text: cell, end: close + 1 };
    cell += quote;
    from = close + 2;
  }
}
