import type { ExtractRow, RowFault } from '../../app/ports/extract.ts';
import type { RawTable, TableReader, TableRefusal } from '../../app/ports/table-file.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { rowReader } from './row-reader.ts';
import { splitRow } from './split-row.ts';
import { NoText, textPieces } from './table-bytes.ts';
import { addText, bytesOf, startTexts, type TextColumn, textsOf } from './text-column.ts';

const MOST_BYTES = 400_000_000;
const DELIMITERS = [',', ';', '\t', '|'];
const QUOTE = '"';
/** Lines by which the delimiter is told, and characters in which they lie. */
const SAMPLE_LINES = 50;
const SAMPLE = 1 << 20;
/** An entry in the list of lines. */
const LINE_BYTES = 8;

/** A table while it is read: columns are there once the header was. */
interface Growing {
  readonly path: string;
  readonly delimiter: string;
  names: readonly string[];
  columns: readonly TextColumn[];
  readonly lines: number[];
}

/** Reads a delimited file of this machine, by its content: packed or not, any usual delimiter. */
export const readTable: TableReader = async (path, stop) => {
  const pieces = wholeSample(textPieces(path, MOST_BYTES));
  let table: Growing | null = null;
  let rows = rowReader({ delimiter: '', quote: QUOTE, encoding: 'utf-8' });
  try {
    for await (const piece of pieces) {
      if (table === null) {
        table = { path, delimiter: delimiterOf(piece), names: [], columns: [], lines: [] };
        rows = rowReader({ delimiter: table.delimiter, quote: QUOTE, encoding: 'utf-8' });
      }
      const fault = addRows(table, rows.push(piece));
      if (fault !== null) return refuse(fault);
      const why = stop?.(soFar(table)) ?? null;
      if (why !== null) return no('TOO_MUCH_MEMORY', path, why);
    }
  } catch (cause) {
    if (cause instanceof NoText) return no(cause.code, path, cause.message);
    throw cause;
  }
  if (table === null) return no('EMPTY_FILE', path, 'the file is empty');
  const fault = addRows(table, rows.end());
  return fault === null ? tableOf(table) : refuse(fault);
};

function no(code: TableRefusal['code'], at: string, message: string) {
  return refuse({ code, at, message });
}

/** The pieces, the first of them long enough to tell the delimiter; none of blanks alone. */
async function* wholeSample(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let sample: string | null = '';
  let returnsAlone = false;
  for await (const piece of pieces) {
    if (sample === null) {
      yield returnsAlone ? piece.replaceAll('\r', '\n') : piece;
      continue;
    }
    sample += piece;
    if (sample.length < SAMPLE) continue;
    returnsAlone = endsByReturns(sample);
    yield returnsAlone ? sample.replaceAll('\r', '\n') : sample;
    sample = null;
  }
  if (sample === null || sample.trim() === '') return;
  yield endsByReturns(sample) ? sample.replaceAll('\r', '\n') : sample;
}

function endsByReturns(sample: string): boolean {
  return sample.includes('\r') && !sample.includes('\n');
}

/** The delimiter that cuts the first lines into the most cells, all alike. */
function delimiterOf(text: string): string {
  const lines = text.slice(0, SAMPLE).split(/\r?\n/, SAMPLE_LINES).filter(Boolean);
  const widths = DELIMITERS.map((delimiter) => {
    const counts = lines.slice(0, -1).concat(lines.length === 1 ? lines : []);
    const cells = counts.map((line) => {
      const split = splitRow(line, delimiter, QUOTE);
      return split.state === 'CELLS' ? split.cells.length : 0;
    });
    const width = cells[0] ?? 0;
    return cells.every((count) => count === width) ? width + 0.5 : Math.min(...cells);
  });
  const best = widths.indexOf(Math.max(...widths));
  return DELIMITERS[best] ?? ',';
}

function addRows(table: Growing, rows: readonly ExtractRow[]): TableRefusal | null {
  for (const row of rows) {
    const fault = table.names.length === 0 ? addHeader(table, row) : addRow(table, row);
    if (fault !== null) return fault;
  }
  return null;
}

function addHeader(table: Growing, row: ExtractRow): TableRefusal | null {
  const at = `${table.path}:${row.line}`;
  if ('fault' in row) return { code: 'BAD_HEADER', at, message: wordsOf(row.fault) };
  const names = row.cells.map((name) => name.trim());
  const nameless = names.indexOf('');
  if (nameless >= 0) {
    const message = `column ${nameless + 1} has no name: give it one`;
    return { code: 'BAD_HEADER', at, message };
  }
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) {
    const message = `column \`${twice}\` is there twice: give each a name of its own`;
    return { code: 'DUPLICATE_COLUMN', at, message };
  }
  table.names = names;
  table.columns = names.map(startTexts);
  return null;
}

function addRow({ path, names, columns, lines }: Growing, row: ExtractRow): TableRefusal | null {
  const at = `${path}:${row.line}`;
  if ('fault' in row) return { code: 'BAD_ROW', at, message: wordsOf(row.fault) };
  if (row.cells.length !== names.length) {
    const message = `there are ${row.cells.length} cells for ${names.length} columns: mend it`;
    return { code: 'BAD_ROW', at, message };
  }
  lines.push(row.line);
  for (const [c, column] of columns.entries()) addText(column, row.cells[c] ?? '');
  return null;
}

/** Tables have no setting for their encoding, which the reader's words advise to check. */
function wordsOf({ code, message }: RowFault): string {
  if (code !== 'INVALID_CHARACTER') return message;
  return 'a character is not valid in UTF-8, or is a zero byte: save the file as UTF-8';
}

function soFar({ columns, lines }: Growing) {
  const heldBytes = columns.reduce((sum, column) => sum + bytesOf(column), 0);
  const rows = lines.length;
  return { rows, columns: columns.length, heldBytes: heldBytes + rows * LINE_BYTES };
}

function tableOf(table: Growing): Result<RawTable, TableRefusal> {
  const { path, delimiter, names, columns, lines } = table;
  if (lines.length === 0) return no('NO_ROWS', path, 'there is a header and no row');
  const { rows, heldBytes } = soFar(table);
  const cellsOf = (name: string) => {
    const column = columns[names.indexOf(name)];
    return column === undefined ? [] : textsOf(column);
  };
  const read = { file: path, delimiter, names, rows, cellsOf, heldBytes };
  return ok({ ...read, lines: Int32Array.from(lines) });
}
