import type { Mapping } from '../../../domain/mapping.ts';
import type { Problem } from '../../../domain/result.ts';
import type { ExtractFolder, ExtractRow, RowFault } from '../../ports/extract.ts';
import type { RowPlace, RowRefusal } from '../../ports/record-intake.ts';
import { type TrailerCheck, trailerCheck } from './check-trailer.ts';
import { type ResolvedFormat, resolveFormat } from './file-format.ts';
import type { MatchedFile } from './match-files.ts';
import { type Row, rowMaker } from './row.ts';

/** A row of a file with its place, or its refusal, or what keeps the file from fitting at all. */
export type ReadRow =
  | { readonly kind: 'ROW'; readonly place: RowPlace; readonly row: Row }
  | { readonly kind: 'REFUSED'; readonly refusal: RowRefusal }
  | { readonly kind: 'UNFIT'; readonly problem: Problem };

interface FileToRead extends MatchedFile {
  readonly mapping: Mapping;
  /** The columns that the mapping reads: a file that lacks one does not fit. */
  readonly columns: readonly string[];
  readonly onBytes: (bytesRead: number) => void;
}

/** Streams a file's data rows with their cells by column; the first line names the columns. */
export async function* readFile(
  folder: ExtractFolder,
  reading: FileToRead,
): AsyncGenerator<readonly ReadRow[]> {
  const format = resolveFormat(reading.mapping.format, reading.mapped.format);
  if (typeof format === 'string') throw new TypeError(`an unchecked mapping: ${format}`);
  let columns = reading.mapped.columns;
  let toRow = columns === undefined ? undefined : rowMaker(columns, format);
  let check = checkOf(columns, reading, format);
  for await (const batch of folder.read(reading.file, format.rows, reading.onBytes)) {
    const rows: ReadRow[] = [];
    for (const raw of batch) {
      if ('fault' in raw && (toRow === undefined || raw.fault.code === 'OTHER_ENCODING')) {
        yield [{ kind: 'UNFIT', problem: unreadable(raw.line, raw.fault, reading) }];
        return;
      }
      if (columns === undefined || toRow === undefined) {
        columns = headerOf(raw);
        const problem = unfit(columns, raw.line, reading);
        if (problem !== undefined) {
          yield [{ kind: 'UNFIT', problem }];
          return;
        }
        toRow = rowMaker(columns, format);
        check = checkOf(columns, reading, format);
      } else if (check === undefined || check.isData(raw))
        rows.push(readRow(raw, { columns, toRow, file: reading.file.name }));
    }
    if (rows.length > 0) yield rows;
  }
  const problem = columns === undefined ? noHeader(reading) : check?.problem();
  if (problem !== undefined) yield [{ kind: 'UNFIT', problem }];
}

function checkOf(
  columns: readonly string[] | undefined,
  { mapped, file }: FileToRead,
  format: ResolvedFormat,
): TrailerCheck | undefined {
  if (columns === undefined || mapped.trailer === undefined) return undefined;
  return trailerCheck(mapped.trailer, { file: file.name, columns, format });
}

function unreadable(line: number, fault: RowFault, { file }: FileToRead): Problem {
  return { file: file.name, at: `line ${line}`, ...fault };
}

function headerOf(raw: ExtractRow): readonly string[] {
  return 'fault' in raw ? [] : raw.cells.map((cell) => cell.trim());
}

function unfit(
  columns: readonly string[],
  line: number,
  { columns: wanted, file, mapped }: FileToRead,
): Problem | undefined {
  const summed = (mapped.trailer?.sums ?? []).map(({ column }) => column);
  const lacking = [...wanted, ...summed].filter((column) => !columns.includes(column));
  const twice = wanted.filter(
    (column) => columns.indexOf(column) !== columns.lastIndexOf(column),
  );
  const at = `line ${line}`;
  if (lacking.length > 0) {
    const names = lacking.map((column) => `\`${column}\``).join(', ');
    const message = `the header lacks ${names}: check delimiter, quotes and column names`;
    return { file: file.name, at, code: 'NO_COLUMN', message };
  }
  if (twice.length === 0) return undefined;
  const message = `the header names \`${twice[0]}\` twice: rename one`;
  return { file: file.name, at, code: 'COLUMN_TWICE', message };
}

function noHeader({ file }: FileToRead): Problem {
  const message = 'the file is empty: it needs a header line, or `columns` in the mapping';
  return { file: file.name, at: 'line 1', code: 'NO_HEADER', message };
}

function readRow(
  raw: ExtractRow,
  by: {
    readonly columns: readonly string[];
    readonly toRow: ReturnType<typeof rowMaker>;
    readonly file: string;
  },
): ReadRow {
  const place = { file: by.file, line: raw.line };
  if ('fault' in raw) return { kind: 'REFUSED', refusal: { place, column: null, ...raw.fault } };
  if (raw.cells.length === by.columns.length)
    return { kind: 'ROW', place, row: by.toRow(raw.cells, place) };
  const message = `${raw.cells.length} cells stand where ${by.columns.length} columns are named`;
  const refusal = { place, column: null, code: 'COLUMN_COUNT', message };
  return { kind: 'REFUSED', refusal };
}
