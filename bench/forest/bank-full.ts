import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { TrainingColumn, TrainingTable } from '../../src/domain/forest.ts';

/** A table of rows with outcomes. */
export interface LabelledTable {
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
}

/** UCI's bank-full without `duration` (which leaks), split as the shared data say: 47 columns. */
export function readBankFull(shared: string): { train: LabelledTable; test: LabelledTable } {
  const text = gunzipSync(readFileSync(`${shared}/data/uci-bank/bank-full.csv.gz`)).toString();
  const [head = [], ...rows] = text.trim().split(/\r?\n/).map(cellsOf);
  const isTest = readSplit(`${shared}/data/splits/bank_full_nodur.split.csv`);
  const columns = head.flatMap((name, j) =>
    name === 'y' || name === 'duration'
      ? []
      : [
          readColumn(
            name,
            rows.map((row) => row[j] ?? ''),
          ),
        ],
  );
  const y = head.indexOf('y');
  const labels = Uint8Array.from(rows, (row) => Number(row[y] === 'yes'));
  const part = (wanted: boolean) => pick({ columns, labels }, isTest, wanted);
  return { train: part(false), test: part(true) };
}

function cellsOf(line: string): readonly string[] {
  return line.replaceAll('"', '').split(';');
}

function readSplit(path: string): readonly boolean[] {
  const isTest: boolean[] = [];
  for (const line of readFileSync(path, 'utf8').trim().split('\n').slice(1)) {
    const [row, part] = line.trim().split(',');
    isTest[Number(row)] = part === 'test';
  }
  return isTest;
}

/** Yes and no are one number; other words are a category of their own. */
function readColumn(name: string, cells: readonly string[]): TrainingColumn {
  const values = [...new Set(cells)].toSorted();
  if (values.every((value) => Number.isFinite(Number(value)))) {
    return { name, kind: 'number', values: Float64Array.from(cells, Number) };
  }
  if (values.join() === 'no,yes') {
    const numbers = Float64Array.from(cells, (cell) => Number(cell === 'yes'));
    return { name, kind: 'number', values: numbers };
  }
  const places = new Map(values.map((value, k) => [value, k]));
  const codes = Int16Array.from(cells, (cell) => places.get(cell) ?? -1);
  return { name, kind: 'category', categories: values, codes };
}

function pick(
  { columns, labels }: { columns: readonly TrainingColumn[]; labels: Uint8Array },
  isTest: readonly boolean[],
  wanted: boolean,
): LabelledTable {
  const chosen = (_: unknown, row: number) => isTest[row] === wanted;
  const picked = columns.map(
    (column): TrainingColumn =>
      column.kind === 'number'
        ? { ...column, values: column.values.filter(chosen) }
        : { ...column, codes: column.codes.filter(chosen) },
  );
  const chosenLabels = labels.filter(chosen);
  return { table: { rows: chosenLabels.length, columns: picked }, labels: chosenLabels };
}
