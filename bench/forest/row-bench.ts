import { RandomForestRegression } from 'ml-random-forest';
import type { Forest, ForestSet } from '../../src/domain/forest.ts';
import { packForests } from '../../src/engine/propensity/scoring/pack-forests.ts';
import { pathContributions } from '../../src/engine/propensity/scoring/path-contributions.ts';
import { encodeRow, type RowValue } from '../../src/engine/propensity/scoring/row-encoder.ts';
import { scoreForest } from '../../src/engine/propensity/scoring/score-forest.ts';
import { exportForest } from '../../src/laboratory/exchanging/export-forest.ts';
import type { LabelledTable } from './bank-full.ts';
import { denseRows } from './dense-rows.ts';
import { median, perCall } from './measuring.ts';

const PASSES = 7;

/** One row at a time, test rows in turn: microseconds, medians over passes that take turns. */
export function benchRow(forests: readonly Forest[], test: LabelledTable): object {
  const [first] = forests;
  if (first === undefined) throw new Error('no forest to score with');
  const [one, many] = [pack([first]), pack(forests)];
  const [packed] = one.forests;
  if (packed === undefined) throw new Error('no forest to score with');
  const library = loadLibrary(first);
  const dense = denseRows(test.table, test.table.rows).map((row) => [row]);
  const rows = rowsOf(one, test);
  const codes = rows.map((row) => encodeRow(one, row));
  const turning = rowsOf(many, test)
    .slice(0, 2000)
    .map((row) => encodeRow(many, row));
  const five = many.forests.slice(0, 5);
  const into = new Uint8Array(one.encoder.missing.length);
  const work = {
    hotUs: () => perCall(codes, (row) => scoreForest(packed, row)),
    turningUs: () =>
      perCall(turning, (row) => many.forests.reduce((sum, f) => sum + scoreForest(f, row), 0)) /
      many.forests.length,
    libraryUs: () => perCall(dense, (row) => library.predict(row)[0] ?? Number.NaN),
    encodeUs: () => perCall(rows, (row) => encodeRow(one, row, into)[0] ?? 0),
    fiveReasonsUs: () =>
      perCall(turning, (row) => five.reduce((sum, f) => sum + pathContributions(f, row).sum, 0)),
  };
  const names = Object.keys(work) as (keyof typeof work)[];
  const passes = Array.from({ length: PASSES }, () =>
    names.map((name) => [name, work[name]()] as const),
  );
  const figures = names.map((name) => {
    const took = passes.flatMap((pass) => pass.flatMap(([of, us]) => (of === name ? us : [])));
    return [name, median(took)] as const;
  });
  const { hotUs = Number.NaN, libraryUs = Number.NaN } = Object.fromEntries(figures);
  return {
    forests: forests.length,
    ...Object.fromEntries(figures),
    timesLibrary: libraryUs / hotUs,
  };
}

function pack(forests: readonly Forest[]): ForestSet {
  const set = packForests(forests);
  if (!set.ok) throw new Error(set.refusal.message);
  return set.value;
}

function rowsOf(set: ForestSet, { table }: LabelledTable): readonly RowValue[][] {
  const columns = set.inputs.map(({ name }) => table.columns.find((c) => c.name === name));
  return Array.from({ length: table.rows }, (_, row) =>
    columns.map((column) => {
      if (column?.kind === 'number') return column.values[row];
      return column?.categories[column.codes[row] ?? -1];
    }),
  );
}

/** The library's own reading of the forest, from JSON as a user would have it. */
function loadLibrary(forest: Forest): RandomForestRegression {
  return RandomForestRegression.load(JSON.parse(JSON.stringify(exportForest(forest))));
}
