import {
  type EvaluationDeps,
  evaluateForest,
} from '../../src/app/learning/evaluating/evaluate-forest.ts';
import type {
  EvaluationRequest,
  Prediction,
} from '../../src/app/learning/evaluating/evaluation.ts';
import type { RawTable } from '../../src/app/ports/table-file.ts';
import { DEFAULT_FOREST_PLAN } from '../../src/domain/forest.ts';
import { randomFrom } from '../../src/laboratory/training/random.ts';
import { trainForest } from '../../src/laboratory/training/train-forest.ts';

/** A small forest. */
export const PLAN = { ...DEFAULT_FOREST_PLAN, trees: 20 };

/** The cells of a row. */
export type Row = readonly string[];

/** The columns of ROWS, the target last. */
export const NAMES = ['income', 'town', 'mobile', 'bought'];

/** Rows in which income and one town decide, with some cells missing. */
function makeRows(count: number): readonly Row[] {
  const random = randomFrom(5);
  return Array.from({ length: count }, () => {
    const income = random.below(5000);
    const town = ['Aarau', 'Bern', 'Chur'][random.below(3)] ?? '';
    const wants = income > 3500 || town === 'Chur';
    return [
      random.below(15) === 0 ? '' : `${income}.5`,
      random.below(20) === 0 ? '' : town,
      random.below(2) === 0 ? 'yes' : 'no',
      random.below(10) < (wants ? 6 : 1) ? 'y' : 'n',
    ];
  });
}

/** A table as a reader gives it. */
export function tableOf(rows: readonly Row[], names: readonly string[] = NAMES): RawTable {
  return {
    file: 'rows.csv',
    delimiter: ',',
    names,
    rows: rows.length,
    cellsOf: (name) => rows.map((row) => row[names.indexOf(name)] ?? ''),
    heldBytes: 1000,
    lines: Int32Array.from(rows, (_, k) => k + 2),
  };
}

/** A split that tests every third row. */
export function splitOf(rows: number): RawTable {
  const lines = Array.from({ length: rows }, (_, k) => [`${k}`, k % 3 === 0 ? 'test' : 'train']);
  return tableOf(lines, ['row_id', 'part']);
}

/** 900 rows to learn from. */
export const ROWS = makeRows(900);

/** ROWS with one column made anew. */
export const changed = (place: number, cell: (row: Row, k: number) => string) =>
  tableOf(ROWS.map((row, k) => row.map((old, c) => (c === place ? cell(row, k) : old))));

/** Evaluates ROWS, over two seeds, unless told otherwise. */
export function evaluate(
  over: Partial<EvaluationRequest> = {},
  told: Prediction[] = [],
  conduct: Pick<EvaluationDeps, 'memoryBytes' | 'onProgress' | 'threads'> = {},
) {
  const request: EvaluationRequest = {
    table: tableOf(ROWS),
    target: 'bought',
    positive: 'y',
    ignore: [],
    categorical: [],
    split: splitOf(900),
    seeds: [1, 2],
    plan: PLAN,
    tune: false,
    ...over,
  };
  return evaluateForest(request, {
    trainer: async ({ table, labels, spec }) => trainForest(table, labels, spec),
    onPrediction: (one) => told.push(one),
    ...conduct,
  });
}

/** The report of an evaluation that is not refused. */
export async function reportOf(over: Partial<EvaluationRequest> = {}, told: Prediction[] = []) {
  const report = await evaluate(over, told);
  if (!report.ok) throw new Error(report.refusal.message);
  return report.value;
}
