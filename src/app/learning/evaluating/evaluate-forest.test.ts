import { describe, expect, test } from '@jest/globals';
import {
  changed,
  evaluate,
  NAMES,
  PLAN,
  ROWS,
  type Row,
  reportOf,
  tableOf,
} from '../../../../test/support/evaluation-rows.ts';
import type { Prediction } from './evaluation.ts';

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

  test('draws the curves of a card, of the first seed', async () => {
    const told: Prediction[] = [];
    const { curves, seeds } = await reportOf({}, told);
    expect(curves?.seed).toBe(1);
    for (const [part, drawn] of [
      ['train', curves?.outOfBag],
      ['test', curves?.test],
    ] as const) {
      const scores = told.filter((one) => one.seed === 1 && one.part === part);
      const positives = scores.filter(({ row }) => ROWS[row]?.[3] === 'y').length;
      const sum = (of: readonly number[] = []) => of.reduce((total, one) => total + one, 0);
      expect(sum(drawn?.reliability.map(({ rows }) => rows))).toBe(scores.length);
      expect(sum(drawn?.distribution.map(({ rows }) => rows))).toBe(scores.length);
      expect(sum(drawn?.distribution.map((bin) => bin.positives))).toBe(positives);
      const mean = sum(scores.map(({ calibratedPpm }) => calibratedPpm)) / scores.length;
      const bins = drawn?.reliability.map(({ meanPpm, rows }) => meanPpm * rows);
      expect(sum(bins) / scores.length).toBeCloseTo(mean, -1);
    }
    const names = curves?.dependence.map(({ name }) => name);
    expect(names).toEqual(seeds[0]?.importances.map(({ name }) => name));
    const income = curves?.dependence.find(({ name }) => name === 'income')?.points ?? [];
    expect(income.at(-1)?.ppm).toBeGreaterThan(1.5 * (income[0]?.ppm ?? 0));
    expect((await reportOf({ split: null })).curves?.test).toBeNull();
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

  test('chooses leaf and share out of bag, up to all columns, and says so', async () => {
    const report = await reportOf({ tune: true, seeds: [1] });
    const tried = report.tuning?.tried ?? [];
    expect(new Set(tried.map(({ minimumLeaf }) => minimumLeaf)).size).toBe(6);
    expect(Math.max(...tried.map((one) => one.featureSharePpm))).toBe(1_000_000);
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
