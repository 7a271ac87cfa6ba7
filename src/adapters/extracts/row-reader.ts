import type { ExtractRow, RowFault, RowFormat } from '../../app/ports/extract.ts';
import { splitRow } from './split-row.ts';

/** Longer rows are refused, so that memory stays bounded whatever the file holds. */
export const MAX_ROW_CHARACTERS = 65_536;
const MAX_ROW_LINES = 100;

/** Takes a file's text piece by piece and gives its rows. */
interface RowReader {
  push(text: string): readonly ExtractRow[];
  end(): readonly ExtractRow[];
}

/**
 * Makes a reader that never loses its place: after a row with broken quotes it goes on with the
 * very next line, so that one bad row is one refusal. (csv-parse swallows what follows.)
 */
export function rowReader(format: RowFormat): RowReader {
  const lines = lineSplitter();
  const rows = rowAssembler(format);
  const { preambleLines = 0 } = format;
  const take = (line: Line) => (line.line <= preambleLines ? [] : rows.take(line));
  return {
    push: (text) => lines.push(text).flatMap(take),
    end: () => [...lines.end().flatMap(take), ...rows.end()],
  };
}

interface Line {
  readonly line: number;
  /** `null`: longer than a row may be. */
  readonly text: string | null;
}

function lineSplitter() {
  let rest = '';
  let line = 0;
  let overlong = false;
  const close = (text: string): Line => {
    line += 1;
    const whole = overlong || text.length > MAX_ROW_CHARACTERS ? null : stripReturn(text);
    overlong = false;
    return { line, text: whole };
  };
  return {
    push(text: string): readonly Line[] {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      const lines = parts.map(close);
      if (rest.length > MAX_ROW_CHARACTERS) {
        overlong = true;
        rest = '';
      }
      return lines;
    },
    end: (): readonly Line[] => (rest === '' && !overlong ? [] : [close(rest)]),
  };
}

function stripReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

function rowAssembler(format: RowFormat) {
  /** The lines of a row whose quote is still open. */
  let open: Line[] = [];

  function take(line: Line): readonly ExtractRow[] {
    if (open.length === 0 && line.text === '') return [];
    if (line.text === null) return [...giveUp(), tooLong(line.line)];
    open.push(line);
    const first = open[0] ?? line;
    const text = open.length === 1 ? line.text : open.map((part) => part.text).join('\n');
    const split = splitRow(text, format.delimiter, format.quote);
    if (split.state === 'OPEN') {
      const large = open.length >= MAX_ROW_LINES || text.length > MAX_ROW_CHARACTERS;
      return large ? giveUp() : [];
    }
    if (split.state === 'MALFORMED') return giveUp(split.message);
    open = [];
    return [checked(first.line, text, split.cells)];
  }

  /** Refuses the first open line and reads the others anew, each as the start of a row. */
  function giveUp(message = 'a quote is not closed'): readonly ExtractRow[] {
    const [first, ...others] = open;
    open = [];
    if (first === undefined) return [];
    const refused = fault(first.line, 'MALFORMED_QUOTES', `${message}: close or double it`);
    return [refused, ...others.flatMap(take)];
  }

  function end(): readonly ExtractRow[] {
    const rows: ExtractRow[] = [];
    while (open.length > 0) rows.push(...giveUp());
    return rows;
  }

  return { take, end };
}

function checked(line: number, text: string, cells: readonly string[]): ExtractRow {
  if (text.includes('\uFFFD') || !text.isWellFormed()) {
    const column = columnOf(cells, (cell) => cell.includes('\uFFFD') || !cell.isWellFormed());
    const what = `a character of ${column} is not valid in the file's encoding`;
    return fault(line, 'INVALID_CHARACTER', `${what}: check \`encoding\``);
  }
  if (text.includes('\u0000')) {
    const column = columnOf(cells, (cell) => cell.includes('\u0000'));
    const message = `a zero byte of ${column} cannot be kept: remove it`;
    return fault(line, 'INVALID_CHARACTER', message);
  }
  return { line, cells };
}

function columnOf(cells: readonly string[], has: (cell: string) => boolean): string {
  return `column ${cells.findIndex(has) + 1}`;
}

function tooLong(line: number): ExtractRow {
  const message = `the row is longer than ${MAX_ROW_CHARACTERS} characters: split or shorten it`;
  return fault(line, 'ROW_TOO_LONG', message);
}

function fault(line: number, code: RowFault['code'], message: string): ExtractRow {
  return { line, fault: { code, message } };
}
