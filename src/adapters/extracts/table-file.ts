import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { ExtractRow } from '../../app/ports/extract.ts';
import type { RawTable, TableReader, TableRefusal } from '../../app/ports/table-file.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { rowReader } from './row-reader.ts';
import { splitRow } from './split-row.ts';

const MOST_BYTES = 400_000_000;
const DELIMITERS = [',', ';', '\t', '|'];
const QUOTE = '"';
/** Lines by which the delimiter is told. */
const SAMPLE_LINES = 50;
const PIECE = 1 << 20;

/** Reads a delimited file of this machine, by its content: packed or not, any usual delimiter. */
export const readTable: TableReader = async (path) => {
  const text = await readText(path);
  if (!text.ok) return text;
  if (text.value.trim() === '') return no('EMPTY_FILE', path, 'the file is empty');
  const delimiter = delimiterOf(text.value);
  return tableOf(path, delimiter, rowsOf(text.value, delimiter));
};

function no(code: TableRefusal['code'], at: string, message: string) {
  return refuse({ code, at, message });
}

async function readText(path: string): Promise<Result<string, TableRefusal>> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return no('NO_FILE', path, `\`${path}\` cannot be read: check it`);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const large = `at most ${MOST_BYTES} bytes are read: give fewer rows`;
  if (bytes.length > MOST_BYTES) return no('TOO_LARGE', path, large);
  if (!isPacked) return ok(new TextDecoder().decode(bytes));
  try {
    const unpacked = await promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES });
    return ok(new TextDecoder().decode(unpacked));
  } catch (cause) {
    const isLarge = cause instanceof RangeError;
    if (isLarge) return no('TOO_LARGE', path, large);
    return no('UNREADABLE', path, 'the packed file is damaged: pack it again');
  }
}

/** The delimiter that cuts the first lines into the most cells, all alike. */
function delimiterOf(text: string): string {
  const lines = text.slice(0, PIECE).split(/\r?\n/, SAMPLE_LINES).filter(Boolean);
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

function rowsOf(text: string, delimiter: string): readonly ExtractRow[] {
  const reader = rowReader({ delimiter, quote: QUOTE, encoding: 'utf-8' });
  const rows: ExtractRow[] = [];
  for (let at = 0; at < text.length; at += PIECE) {
    for (const row of reader.push(text.slice(at, at + PIECE))) rows.push(row);
  }
  return [...rows, ...reader.end()];
}

function tableOf(
  path: string,
  delimiter: string,
  rows: readonly ExtractRow[],
): Result<RawTable, TableRefusal> {
  const [header, ...body] = rows;
  if (header === undefined) return no('EMPTY_FILE', path, 'the file is empty');
  if ('fault' in header) return no('BAD_HEADER', `${path}:1`, header.fault.message);
  const names = header.cells.map((name) => name.trim());
  const nameless = names.indexOf('');
  if (nameless >= 0) {
    return no('BAD_HEADER', `${path}:1`, `column ${nameless + 1} has no name: give it one`);
  }
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) {
    return no('DUPLICATE_COLUMN', `${path}:1`, `column \`${twice}\` is there twice`);
  }
  if (body.length === 0) return no('NO_ROWS', path, 'there is a header and no row');
  const cells = names.map((): string[] => []);
  const lines = new Int32Array(body.length);
  for (const [k, row] of body.entries()) {
    const at = `${path}:${row.line}`;
    if ('fault' in row) return no('BAD_ROW', at, row.fault.message);
    if (row.cells.length !== names.length) {
      const message = `there are ${row.cells.length} cells for ${names.length} columns`;
      return no('BAD_ROW', at, message);
    }
    lines[k] = row.line;
    for (const [c, cell] of row.cells.entries()) cells[c]?.push(cell);
  }
  return ok({ file: path, delimiter, names, rows: body.length, cells, lines });
}
