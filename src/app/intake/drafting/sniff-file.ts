import type { RowFormat } from '../../ports/extract.ts';

/** How a file seems to be written, by its first bytes; what they do not tell is asked. */
export interface SniffedFile {
  readonly rows: Required<RowFormat>;
  /** Null where no line names the columns. */
  readonly header: readonly string[] | null;
  readonly questions: readonly string[];
}

const QUOTES = ['"', null] as const;
const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Lines that are looked at: their numbers of cells must mostly agree. */
const LINES = 200;

/** Finds encoding, delimiter, quotes, preamble and header of a file. */
export function sniffFile(head: Uint8Array): SniffedFile {
  const { text, encoding, question } = decoded(head);
  const [best, next] = QUOTES.flatMap((quote) => {
    const lines = linesOf(text, quote);
    return DELIMITERS.map((delimiter) => shapeOf(lines, { delimiter, quote }));
  }).toSorted((a, b) => b.score - a.score);
  if (best === undefined) throw new TypeError('no delimiter was tried');
  const { delimiter, quote, preambleLines } = best;
  const [first = [], ...others] = best.rows;
  const header = headerIn(first, others);
  const rival = next !== undefined && next.delimiter !== delimiter ? next : undefined;
  const isUnsure = rival !== undefined && rival.score > 0.8 * best.score;
  const questions = [
    ...(question === undefined ? [] : [question]),
    ...(best.score === 0 && text.trim() !== ''
      ? ['no delimiter was found: which one is it?']
      : []),
    ...(isUnsure ? [`is \`${delimiter}\` the delimiter, or \`${rival.delimiter}\`?`] : []),
    ...(preambleLines > 0 ? [`are the first ${preambleLines} lines no rows?`] : []),
    ...(header === 'UNSURE' && others.some((cells) => cells.length > 0)
      ? ['does the first line name the columns?']
      : []),
  ];
  return {
    rows: { delimiter, quote, encoding, preambleLines },
    header: header === 'NONE' ? null : first.map((cell) => cell.trim()),
    questions,
  };
}

function decoded(head: Uint8Array) {
  if (head[0] === 0xff && head[1] === 0xfe) {
    return { text: new TextDecoder('utf-16le').decode(head), encoding: 'utf-16le' } as const;
  }
  try {
    // The last character may have been cut.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return { text, encoding: 'utf-8' } as const;
  } catch {
    const text = new TextDecoder('windows-1252').decode(head);
    const question =
      'bytes are no UTF-8: which `encoding`, e.g. iso-8859-1, windows-1250, windows-1252?';
    return { text, encoding: 'windows-1252', question } as const;
  }
}

/** Whole lines, where a quote that is open goes on over the next ones; the last may be cut. */
function linesOf(text: string, quote: string | null): readonly string[] {
  const all = text.split('\n').slice(0, LINES);
  if (quote === null) return all.map((line) => line.replace(/\r$/, ''));
  const lines: string[] = [];
  let open: string[] = [];
  for (const line of all) {
    open.push(line);
    const whole = open.join('\n');
    if ((whole.split(quote).length - 1) % 2 === 1) continue;
    lines.push(whole.replace(/\r$/, ''));
    open = [];
  }
  return [...lines, ...open];
}

interface Marks {
  readonly delimiter: string;
  readonly quote: string | null;
}

/** How well lines fall into rows of one width: the wider they agree, the less by chance. */
function shapeOf(lines: readonly string[], marks: Marks) {
  const rows = lines.map((line) => cellsOf(line, marks));
  const counts = new Map<number, number>();
  for (const { length } of rows)
    if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width = 1, agree = 0] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  const preambleLines = Math.max(
    0,
    rows.findIndex(({ length }) => length === width),
  );
  const stated = rows.slice(preambleLines).filter((_, i) => lines[preambleLines + i] !== '');
  const score = (agree / Math.max(1, stated.length)) * Math.log(width);
  return { ...marks, score, preambleLines, rows: stated };
}

function cellsOf(line: string, { delimiter, quote }: Marks): readonly string[] {
  if (quote === null || !line.includes(quote)) return line.split(delimiter);
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const character of line) {
    if (character === quote) quoted = !quoted;
    else if (character === delimiter && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell];
}

/** A line of names: no number or day among them, and below them some column has one. */
function headerIn(first: readonly string[], others: readonly (readonly string[])[]) {
  const names = first.map((cell) => cell.trim());
  const isOfData = names.some((name) => name === '' || isData(name));
  if (isOfData || new Set(names).size < names.length) return 'NONE';
  return others.some((cells) => cells.some(isData)) ? 'SURE' : 'UNSURE';
}

function isData(cell: string): boolean {
  return /^[^\p{L}]*\d[^\p{L}]*$/u.test(cell);
}
