import { LEAF_COLUMN, type TrainingColumn, type TrainingTable } from '../../../domain/forest.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import type { RawTable } from '../../ports/table-file.ts';
import type {
  EvaluatedFeature,
  EvaluationRefusal,
  EvaluationRequest,
  TargetValues,
} from './evaluation.ts';
import { isNoValue, type ReadColumn, readColumn } from './read-column.ts';

/** Rows of one part with their outcomes, and for each its row in the file. */
export interface Part {
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
  readonly rowIds: Int32Array;
}

/** A table cut into its parts, columns by name and rows by content, whatever order they had. */
export interface EvaluationTable {
  readonly train: Part;
  readonly test: Part | null;
  readonly leftOut: number;
  readonly features: readonly EvaluatedFeature[];
}

/** Values of a category that get a column of their own; fewer where many categories compete. */
const MOST_CATEGORIES = 64;

/** Reads the columns of a request, or says which of them stands in the way. */
export function readEvaluationTable(
  request: EvaluationRequest,
): Result<EvaluationTable, EvaluationRefusal> {
  const { table, target, ignore } = request;
  const wanted = [target, ...ignore, ...request.categorical];
  const unknown = wanted.find((name) => !table.names.includes(name));
  if (unknown !== undefined) return noSuchColumn(table, unknown);
  const names = table.names.filter((name) => name !== target && !ignore.includes(name));
  if (names.length === 0) {
    return no('NO_FEATURES', target, 'no column is left to learn from besides the target');
  }
  const labels = readLabels(request);
  if (!labels.ok) return labels;
  const parts = readParts(request);
  if (!parts.ok) return parts;
  const read = readColumns(request, names.toSorted(), parts.value);
  if (!read.ok) return read;
  return ok(cut(read.value, labels.value, parts.value));
}

function no(code: EvaluationRefusal['code'], column: string, message: string) {
  return refuse({ code, column, message });
}

function noSuchColumn({ names }: RawTable, name: string) {
  const known = names.slice(0, 12).map((one) => `\`${one}\``);
  const more = names.length > known.length ? `, and ${names.length - known.length} more` : '';
  const message = `there is no column \`${name}\`; there are ${known.join(', ')}${more}`;
  return no('NO_SUCH_COLUMN', name, message);
}

function readLabels(request: EvaluationRequest): Result<Uint8Array, EvaluationRefusal> {
  const { table, target, positive } = request;
  const cells = table.cellsOf(target).map((cell) => cell.trim());
  const wanted = positive.trim();
  const at = (row: number) => `line ${table.lines[row] ?? 0} holds \`${cells[row]}\``;
  const empty = cells.findIndex((cell) => isNoValue(cell) && cell !== wanted);
  if (empty >= 0) {
    const message = `${at(empty)}, which is no outcome: leave such rows out`;
    return no('MISSING_TARGET', target, message);
  }
  const alike = cells.findIndex((cell) => cell !== wanted && isAlike(cell, wanted));
  if (alike >= 0) {
    const message = `${at(alike)}, which would count as negative beside \`${wanted}\`: mend it`;
    return no('AMBIGUOUS_TARGET', target, message);
  }
  const labels = Uint8Array.from(cells, (cell) => Number(cell === wanted));
  if (labels.includes(1)) return ok(labels);
  const values = [...new Set(cells)].toSorted().slice(0, 8);
  const message = `no row has \`${positive}\`; the target holds ${values.join(', ')}`;
  return no('ONE_CLASS', target, message);
}

/** Spelt alike but for case and blanks, or the same number. */
function isAlike(cell: string, wanted: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/\s/g, '');
  if (plain(cell) === plain(wanted)) return true;
  return cell !== '' && wanted !== '' && Number(cell) === Number(wanted);
}

const TOLD_VALUES = 8;

/** How many rows hold each value of the target, most frequent first; the rare ones together. */
export function targetValues({ table, target }: EvaluationRequest): TargetValues {
  const counts = new Map<string, number>();
  for (const cell of table.cellsOf(target)) {
    counts.set(cell.trim(), (counts.get(cell.trim()) ?? 0) + 1);
  }
  const sorted = [...counts]
    .map(([value, rows]) => ({ value, rows }))
    .toSorted((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1));
  const others = sorted.slice(TOLD_VALUES).reduce((sum, { rows }) => sum + rows, 0);
  return { values: sorted.slice(0, TOLD_VALUES), others };
}

/** For each row 1 if it trains, 2 if it tests, 0 if the split does not name it. */
function readParts({ table, split }: EvaluationRequest): Result<Uint8Array, EvaluationRefusal> {
  const parts = new Uint8Array(table.rows);
  if (split === null) return ok(parts.fill(1));
  const lost = ['row_id', 'part'].find((name) => !split.names.includes(name));
  if (lost !== undefined) {
    return no('BAD_SPLIT', lost, `\`${split.file}\` needs the columns \`row_id\` and \`part\``);
  }
  const ids = split.cellsOf('row_id');
  const words = split.cellsOf('part');
  for (let k = 0; k < split.rows; k += 1) {
    const id = ids[k]?.trim() ?? '';
    const part = ['train', 'test'].indexOf(words[k]?.trim() ?? '') + 1;
    const row = /^\d{1,9}$/.test(id) ? Number(id) : -1;
    const wrong =
      part === 0
        ? `says \`${words[k]?.trim()}\`; write \`train\` or \`test\``
        : row < 0 || row >= table.rows
          ? `names row \`${id}\` of ${table.rows}; count data rows from 0`
          : parts[row] !== 0 && `names row ${row} twice`;
    if (wrong !== false) {
      return no('BAD_SPLIT', 'part', `\`${split.file}\` line ${split.lines[k] ?? 0} ${wrong}`);
    }
    parts[row] = part;
  }
  const empty = [1, 2].find((part) => !parts.includes(part));
  if (empty === undefined) return ok(parts);
  const word = empty === 1 ? 'train' : 'test';
  return no('BAD_SPLIT', 'part', `\`${split.file}\` gives no row the part \`${word}\``);
}

function readColumns(
  request: EvaluationRequest,
  names: readonly string[],
  parts: Uint8Array,
): Result<readonly ReadColumn[], EvaluationRefusal> {
  for (let most = MOST_CATEGORIES; ; most = Math.floor(most / 2)) {
    const read: ReadColumn[] = [];
    for (const name of names) {
      const column = readColumn({
        name,
        cells: request.table.cellsOf(name),
        lines: request.table.lines,
        isTraining: (row) => parts[row] === 1,
        isCategory: request.categorical.includes(name),
        mostCategories: most,
      });
      if (!column.ok) return column;
      read.push(column.value);
    }
    const columns = read.reduce((sum, { column }) => sum + widthOf(column), 0);
    // What is too wide even with few categories is the trainer's to refuse, by name.
    if (columns <= LEAF_COLUMN || most <= 2) return ok(read);
  }
}

function widthOf(column: TrainingColumn): number {
  return column.kind === 'number' ? 1 : column.categories.length;
}

function cut(
  read: readonly ReadColumn[],
  labels: Uint8Array,
  parts: Uint8Array,
): EvaluationTable {
  const columns = read.map(({ column }) => column);
  const pick = (part: number): Part => {
    const rowIds = Int32Array.from(parts.keys()).filter((row) => parts[row] === part);
    const sorted = byContent(rowIds, columns, labels);
    return {
      table: { rows: sorted.length, columns: columns.map((column) => rowsOf(column, sorted)) },
      labels: Uint8Array.from(sorted, (row) => labels[row] ?? 0),
      rowIds: sorted,
    };
  };
  const test = pick(2);
  return {
    train: pick(1),
    test: test.rowIds.length === 0 ? null : test,
    leftOut: parts.reduce((sum, part) => sum + Number(part === 0), 0),
    features: read.map(({ column, grouped, missing, unseen }) => ({
      name: column.name,
      kind: column.kind,
      columns: widthOf(column),
      grouped,
      missing,
      unseen,
    })),
  };
}

/** Rows alike in all cells and in their label stay in their order, which then tells nothing. */
function byContent(
  rows: Int32Array,
  columns: readonly TrainingColumn[],
  labels: Uint8Array,
): Int32Array {
  const keys = columns.map((column) => (column.kind === 'number' ? column.values : column.codes));
  return rows.toSorted((a, b) => {
    for (const key of keys) {
      const difference = (key[a] ?? 0) - (key[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return (labels[a] ?? 0) - (labels[b] ?? 0);
  });
}

function rowsOf(column: TrainingColumn, rows: Int32Array): TrainingColumn {
  if (column.kind === 'number') {
    return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? 0) };
  }
  return { ...column, codes: Int16Array.from(rows, (row) => column.codes[row] ?? -1) };
}
