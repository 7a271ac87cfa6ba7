import { MISSING_NUMBER, type TrainingColumn } from '../../../domain/forest.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import type { EvaluationRefusal } from './evaluation.ts';

/** A column of a table before its type is told. */
interface RawColumn {
  readonly name: string;
  readonly cells: readonly string[];
  readonly lines: Int32Array;
  /** Whether each row may teach: categories are those of training rows only. */
  readonly isTraining: (row: number) => boolean;
  readonly isCategory: boolean;
  /** Most values that get a column of their own. */
  readonly mostCategories: number;
}

/** A column with its type, and what of it was missing or grouped. */
export interface ReadColumn {
  readonly column: TrainingColumn;
  readonly grouped: number;
  readonly missing: number;
  /** Cells of rows that do not train, with a value that no training row has. */
  readonly unseen: number;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const COMMA_NUMBER = /^[+-]?\d+,\d+$/;
const NOT_FINITE = /^[+-]?(nan|inf|infinity|1\.#(inf|qnan|ind))$/i;
/** What stands for no value in files of numbers, in any case; in a category only an empty cell. */
const NO_VALUE = new Set(['', 'na', 'n/a', 'null', 'none', '?', '.', '-']);
/** From this share of numbers a column of text is a column of numbers with a mistake in it. */
const MOSTLY = 0.5;
const FEW_ROWS = 10;

/** Numbers where every cell is one or missing, else categories; refuses what is neither. */
export function readColumn(raw: RawColumn): Result<ReadColumn, EvaluationRefusal> {
  if (raw.isCategory) return readCategories(raw);
  const kinds = countKinds(raw.cells);
  if (kinds.texts === 0 && kinds.notFinite + kinds.numbers > 0) return readNumbers(raw);
  const present = raw.cells.length - kinds.missing;
  if (kinds.commas > 0 && kinds.commas + kinds.numbers === present) {
    return no('DECIMAL_COMMA', raw, 'it has decimal commas: write decimal points');
  }
  if (kinds.numbers > 0 && kinds.numbers >= MOSTLY * present) {
    const row = raw.cells.findIndex((cell) => kindOf(cell.trim()) === 'texts');
    const found = `line ${raw.lines[row] ?? 0} holds \`${raw.cells[row]?.trim()}\``;
    const others = kinds.texts > 1 ? `, and ${kinds.texts - 1} more cells are no number` : '';
    const advice = 'leave such cells empty, or name the column in --categorical';
    return no('NOT_A_NUMBER', raw, `${found} among ${kinds.numbers} numbers${others}: ${advice}`);
  }
  return readCategories(raw);
}

function no(code: EvaluationRefusal['code'], { name }: RawColumn, message: string) {
  return refuse({ code, column: name, message: `\`${name}\`: ${message}` });
}

/** Whether a cell says that there is no value. */
export function isNoValue(cell: string): boolean {
  return NO_VALUE.has(cell.toLowerCase());
}

type Kind = 'numbers' | 'missing' | 'notFinite' | 'commas' | 'texts';

function kindOf(cell: string): Exclude<Kind, 'commas'> {
  if (NUMBER.test(cell)) return 'numbers';
  if (isNoValue(cell)) return 'missing';
  return NOT_FINITE.test(cell) ? 'notFinite' : 'texts';
}

function countKinds(cells: readonly string[]): Record<Kind, number> {
  const counts = { numbers: 0, missing: 0, notFinite: 0, commas: 0, texts: 0 };
  for (const cell of cells) {
    const text = cell.trim();
    counts[kindOf(text)] += 1;
    if (COMMA_NUMBER.test(text)) counts.commas += 1;
  }
  return counts;
}

function readNumbers(raw: RawColumn): Result<ReadColumn, EvaluationRefusal> {
  const { name, cells, lines } = raw;
  const values = new Float64Array(cells.length);
  let missing = 0;
  for (const [row, cell] of cells.entries()) {
    const text = cell.trim();
    if (isNoValue(text)) {
      values[row] = MISSING_NUMBER;
      missing += 1;
      continue;
    }
    const value = Number(text);
    if (!Number.isFinite(value) || value <= MISSING_NUMBER) {
      const message = `line ${lines[row] ?? 0} holds \`${text}\`: leave the cell empty`;
      return no('NOT_FINITE', raw, message);
    }
    values[row] = value + 0;
  }
  return ok({ column: { name, kind: 'number', values }, grouped: 0, missing, unseen: 0 });
}

/** Of two values one column says it all; so the first of the two is none of the others. */
function readCategories(raw: RawColumn): Result<ReadColumn, EvaluationRefusal> {
  const { name, cells, mostCategories } = raw;
  const counts = new Map<string, number>();
  let missing = 0;
  for (const [row, cell] of cells.entries()) {
    const text = cell.trim();
    if (text === '') missing += 1;
    else if (raw.isTraining(row)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const byFrequency = [...counts].toSorted(
    ([a, n], [b, m]) => m - n || (a < b ? -1 : Number(a > b)),
  );
  const crowded = counts.size > mostCategories;
  const kept = crowded
    ? byFrequency.slice(0, mostCategories).filter(([, rows]) => rows >= FEW_ROWS)
    : byFrequency;
  if (crowded && kept.length === 0) {
    const message = `none of its ${counts.size} values has ${FEW_ROWS} rows: --ignore it`;
    return no('TOO_MANY_CATEGORIES', raw, message);
  }
  const sorted = kept.map(([text]) => text).toSorted();
  const isPair = sorted.length === 2 && missing === 0 && !crowded;
  const categories = isPair ? sorted.slice(1) : sorted;
  const places = new Map(categories.map((text, code) => [text, code]));
  const codes = Int16Array.from(cells, (cell) => places.get(cell.trim()) ?? -1);
  const grouped = counts.size - kept.length;
  const unseen = cells.filter((cell) => cell.trim() !== '' && !counts.has(cell.trim())).length;
  const column = { name, kind: 'category' as const, categories, codes };
  return ok({ column, grouped, missing, unseen });
}
