import { describe, expect, test } from '@jest/globals';
import { DEFAULT_FOREST_PLAN } from '../../domain/forest.ts';
import { randomFrom } from '../../engine/propensity/training/random.ts';
import { trainForest } from '../../engine/propensity/training/train-forest.ts';
import type { RawTable } from '../ports/table-file.ts';
import { type EvaluationDeps, evaluateForest } from './evaluate-forest.ts';
import type { EvaluationRequest, Prediction } from './evaluation.ts';

const PLAN = { ...DEFAULT_FOREST_PLAN, trees: 20 };

type Row = readonly string[];

const NAMES = ['income', 'town', 'mobile', 'bought'];

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

function tableOf(rows: readonly Row[], names: readonly string[] = NAMES): RawTable {
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

function splitOf(rows: number): RawTable {
  const lines = Array.from({ length: rows }, (_, k) => [`${k}`, k % 3 === 0 ? 'test' : 'train']);
  return tableOf(lines, ['row_id', 'part']);
}

const ROWS = makeRows(900);

const changed = (place: number, cell: (row: Row, k: number) => string) =>
  tableOf(ROWS.map((row, k) => row.map((old, c) => (c === place ? cell(row, k) : old))));

function evaluate(
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

async function reportOf(over: Partial<EvaluationRequest> = {}, told: Prediction[] = []) {
  const report = await evaluate(over, told);
  if (!report.ok) throw new Error(report.refusal.message);
  return report.value;
}

describe('an evaluation', () => {
  test('reports what learns from rows, out of bag and on rows it never saw', async () => {
    const report = await reportOf();
    expect(report).toMatchObject({ train: { rows: 600 }, test: { rows: 300 }, leftOut: 0 });
    expect(report.seeds.map(({ seed }) => seed)).toEqual([1, 2]);
    for (const { outOfBag, test } of report.seeds) {
      expect(outOfBag.raw.auc).toBeGreaterThan(0.65);
      expect(test?.raw.auc).toBeGreaterThan(0.65);
      expect(outOfBag.calibrated.ece).toBeLessThan(0.08);
      expect(test?.raw.logLoss).toBeLessThan(0.69);
    }
    expect(report.seeds[0]?.importances[0]?.name).toBe('income');
    expect(report.features).toEqual([
      {
        name: 'income',
        kind: 'number',
        columns: 1,
        grouped: 0,
        missing: expect.any(Number),
        unseen: 0,
      },
      { name: 'mobile', kind: 'category', columns: 1, grouped: 0, missing: 0, unseen: 0 },
      {
        name: 'town',
        kind: 'category',
        columns: 3,
        grouped: 0,
        missing: expect.any(Number),
        unseen: 0,
      },
    ]);
  });

  test('does not hang on the order of columns or rows', async () => {
    const swapped = ROWS.map(([a = '', b = '', c = '', d = '']) => [d, c, b, a]);
    const split = { split: null };
    const report = await reportOf(split);
    const names = NAMES.toReversed();
    expect(await reportOf({ ...split, table: tableOf(swapped, names) })).toEqual(report);
    expect(await reportOf({ ...split, table: tableOf(ROWS.toReversed()) })).toEqual(report);
  });

  test('tells of every row what its figures are made of', async () => {
    const told: Prediction[] = [];
    const report = await reportOf({ seeds: [4] }, told);
    const tests = told.filter(({ part }) => part === 'test');
    expect(tests.map(({ row }) => row)).toEqual(Array.from({ length: 300 }, (_, k) => 3 * k));
    expect(told.filter(({ part }) => part === 'train').length).toBeGreaterThan(590);
    const brier =
      tests.reduce((sum, { row, rawPpm }) => {
        return sum + (rawPpm / 1e6 - Number(ROWS[row]?.[3] === 'y')) ** 2;
      }, 0) / 300;
    expect(report.seeds[0]?.test?.raw.brier).toBeCloseTo(brier, 5);
  });

  test('chooses leaf and share out of bag, from twelve settings, and says so', async () => {
    const report = await reportOf({ tune: true, seeds: [1] });
    expect(report.tuning?.tried).toHaveLength(12);
    expect(report.spec).toMatchObject(report.tuning?.chosen ?? {});
    const flipped = ROWS.map((row, k) => (k % 3 === 0 ? [...row.slice(0, 3), 'n'] : row));
    flipped[0] = [...(flipped[0] ?? []).slice(0, 3), 'y'];
    const other = await reportOf({ tune: true, seeds: [1], table: tableOf(flipped) });
    expect(other.tuning).toEqual(report.tuning);
  });

  test('grows more trees where positives are few, unless told how many', async () => {
    expect((await reportOf({ seeds: [1], plan: { ...PLAN, trees: null } })).spec.trees).toBe(300);
    expect((await reportOf({ seeds: [1] })).spec.trees).toBe(20);
  });

  test('reads words for no value, in any case, as missing numbers', async () => {
    const words = ['None', 'n/a', 'NULL', '-'];
    const table = changed(0, ([old = ''], k) => (k % 10 === 5 ? (words[k % 4] ?? '') : old));
    const income = (await reportOf({ table })).features.find(({ name }) => name === 'income');
    expect(income?.kind).toBe('number');
    expect(income?.missing).toBeGreaterThan(90);
  });

  test('counts what the target holds, and test values that no training row has', async () => {
    const table = changed(1, ([, old = ''], k) => (k === 3 ? 'Davos' : old));
    const { target, features } = await reportOf({ table });
    const rows = (value: string) => ROWS.filter((row) => row[3] === value).length;
    expect(target.values).toEqual([
      { value: 'n', rows: rows('n') },
      { value: 'y', rows: rows('y') },
    ]);
    expect(features.find(({ name }) => name === 'town')?.unseen).toBe(1);
  });

  test('groups values too rare for a column of their own', async () => {
    const rows = ROWS.map((row, k) => [`t${k % 100 < 50 ? k % 7 : k % 197}`, ...row.slice(1)]);
    const report = await reportOf({ table: tableOf(rows), split: null, seeds: [1] });
    const grouped = report.features.find(({ name }) => name === 'income');
    expect(grouped?.columns).toBeLessThan(64);
    expect(grouped?.grouped).toBeGreaterThan(30);
  });

  test.each<[string, (row: Row, k: number) => string]>([
    ['a copy of the target', ([, , , y = '']) => (y === 'y' ? '1' : '0')],
    ['a code that names it', ([, , , y = ''], k) => (y === 'y' ? '7' : `${5 + 4 * (k % 2)}`)],
    ['a word that names it', ([, town = '', , y = '']) => `${town}${y}`],
  ])('warns of %s, and of nothing else', async (_, cell) => {
    const { warnings } = await reportOf({ table: changed(0, cell) });
    expect(warnings).toMatchObject([{ code: 'LEAK_SUSPECTED', column: 'income', auc: 1 }]);
    expect((await reportOf()).warnings).toEqual([]);
  });

  test('states what memory it needs, and does not begin with less', async () => {
    const { memory } = await reportOf();
    const memoryBytes = memory.estimatedBytes + memory.bytesPerThread;
    expect((await evaluate({}, [], { memoryBytes })).ok).toBe(true);
    const refused = await evaluate({}, [], { memoryBytes: memoryBytes - 1 });
    expect(refused).toMatchObject({ refusal: { code: 'TOO_MUCH_MEMORY', column: 'rows' } });
  });

  test('reports the same whatever the number of threads', async () => {
    const [one, four] = [
      await evaluate({}, [], { threads: 1 }),
      await evaluate({}, [], { threads: 4 }),
    ];
    expect(JSON.stringify(one)).toBe(JSON.stringify(four));
  });
});

describe('an evaluation is refused', () => {
  test.each<[string, Partial<EvaluationRequest>, string, string]>([
    ['without its target', { target: 'sold' }, 'NO_SUCH_COLUMN', 'sold'],
    ['without what it ignores', { ignore: ['age'] }, 'NO_SUCH_COLUMN', 'age'],
    ['without a category it names', { categorical: ['age'] }, 'NO_SUCH_COLUMN', 'age'],
    ['with its target ignored', { ignore: ['bought'] }, 'IGNORED_TARGET', 'bought'],
    [
      'with more columns than a forest has',
      {
        table: tableOf(
          ROWS.map((row, k) => [
            ...Array.from({ length: 256 }, (_, c) => `${k % (c + 2)}`),
            row[3] ?? '',
          ]),
          [...Array.from({ length: 256 }, (_, c) => `c${c}`), 'bought'],
        ),
      },
      'TOO_MANY_COLUMNS',
      'columns',
    ],
    ['with no feature', { ignore: ['income', 'town', 'mobile'] }, 'NO_FEATURES', 'bought'],
    ['without positives', { positive: 'maybe' }, 'ONE_CLASS', 'bought'],
    ['with one class', { table: changed(3, () => 'y') }, 'ONE_CLASS', 'bought'],
    [
      'with few positives',
      { table: changed(3, (_, k) => (k < 20 ? 'y' : 'n')) },
      'TOO_FEW_POSITIVES',
      'bought',
    ],
    [
      'with NA as target in a row',
      { table: changed(3, (row, k) => (k === 4 ? 'NA' : (row[3] ?? ''))) },
      'MISSING_TARGET',
      'bought',
    ],
    [
      'with a target spelt otherwise',
      { table: changed(3, (row, k) => (k === 4 ? 'Y' : (row[3] ?? ''))) },
      'AMBIGUOUS_TARGET',
      'bought',
    ],
    ['with no target in a row', { table: changed(3, () => '') }, 'MISSING_TARGET', 'bought'],
    ['with a constant column', { table: changed(0, () => '7') }, 'CONSTANT_FEATURE', 'income'],
    ['with an absent column', { table: changed(0, () => '') }, 'CONSTANT_FEATURE', 'income'],
    ...['NaN', 'inf', '-Infinity', '1e999'].map(
      (cell): [string, Partial<EvaluationRequest>, string, string] => [
        `with ${cell}`,
        { table: changed(0, ([old = ''], k) => (k === 5 ? cell : old)) },
        'NOT_FINITE',
        'income',
      ],
    ),
    [
      'with a word among numbers',
      { table: changed(0, ([old = ''], k) => (k === 5 ? 'many' : old)) },
      'NOT_A_NUMBER',
      'income',
    ],
    [
      'with a word in a few rows of numbers of few values',
      { table: changed(0, (_, k) => (k % 20 === 5 ? 'some' : `${k % 7}`)) },
      'NOT_A_NUMBER',
      'income',
    ],
    [
      'with decimal commas',
      { table: changed(0, ([old = '']) => old.replace('.', ',')) },
      'DECIMAL_COMMA',
      'income',
    ],
    [
      'with names of customers',
      { table: changed(0, (_, k) => `customer ${k}`) },
      'TOO_MANY_CATEGORIES',
      'income',
    ],
    ['with the same seed twice', { seeds: [1, 1] }, 'BAD_SEED', 'seeds'],
    ['with half a tree', { plan: { ...PLAN, trees: 0.5 } }, 'BAD_SPEC', 'trees'],
    ['with no row a leaf', { plan: { ...PLAN, minimumLeaf: 0 } }, 'BAD_SPEC', 'minimumLeaf'],
    ['with trees without end', { plan: { ...PLAN, trees: 1e9 } }, 'BAD_SPEC', 'trees'],
    ['with a split of other rows', { split: splitOf(901) }, 'BAD_SPLIT', 'part'],
    ['with a split into nothing', { split: tableOf([], ['row_id']) }, 'BAD_SPLIT', 'part'],
    [
      'with a part of one class',
      {
        split: tableOf(
          [
            ['0', 'test'],
            ['1', 'train'],
            ['2', 'train'],
          ],
          ['row_id', 'part'],
        ),
      },
      'ONE_CLASS',
      'bought',
    ],
  ])('%s', async (_, over, code, column) => {
    const report = await evaluate(over);
    expect(report).toMatchObject({ ok: false, refusal: { code, column } });
    expect(report.ok ? '' : report.refusal.message).not.toBe('');
  });
});
