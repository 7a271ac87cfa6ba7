import { describe, expect, test } from '@jest/globals';
import { makeTable, SMALL_SPEC, trainSmall } from '../../../test/support/training-table.ts';
import { digestBytes } from '../../domain/digest.ts';
import {
  LEAF_COLUMN,
  MISSING_NUMBER,
  type TrainingColumn,
  type TrainingTable,
} from '../../domain/forest.ts';
import { chooseEdges, countNotAbove } from '../../engine/propensity/scoring/bin-edges.ts';
import { packForests } from '../../engine/propensity/scoring/pack-forests.ts';
import { encodeRow } from '../../engine/propensity/scoring/row-encoder.ts';
import { scoreForest, scorePpm } from '../../engine/propensity/scoring/score-forest.ts';
import { encodeForest } from '../../engine/propensity/stored/forest-bytes.ts';
import { scaledSums } from '../judging/calibrate.ts';
import { measure } from '../judging/metrics.ts';
import { constantFeatures } from './check-table.ts';
import { randomFrom } from './random.ts';
import { trainForest } from './train-forest.ts';

const { table, labels } = makeTable(1500);

function withColumn(column: TrainingColumn): TrainingTable {
  return { ...table, columns: [...table.columns, column] };
}

function withNumber(row: number, value: number): TrainingTable {
  const values = Float64Array.from({ length: table.rows }, (_, k) => (k === row ? value : k));
  return withColumn({ name: 'income', kind: 'number', values });
}

describe('a trained forest', () => {
  test('has the same bytes on every machine', () => {
    expect(digestBytes(encodeForest(trainSmall().forest))).toBe(
      'sha256:2320a3ac05436a9c13abe17b16ce7d061ba173c6aa2c1036bd257ac4ebfdc605',
    );
  });

  test('has other bytes for another seed', () => {
    expect(encodeForest(trainSmall({ seed: 8 }).forest)).not.toEqual(
      encodeForest(trainSmall().forest),
    );
  });

  test('keeps its least leaf, its depth and its number of trees', () => {
    const { forest } = trainSmall({ minimumLeaf: 40, maximumDepth: 3 });
    expect(forest.trees).toHaveLength(SMALL_SPEC.trees);
    for (const tree of forest.trees) {
      expect(tree.columns.length).toBeLessThanOrEqual(15);
      expect(tree.rows[0]).toBe(table.rows);
      expect(Math.min(...tree.rows)).toBeGreaterThanOrEqual(40);
    }
  });

  test('learns what was planted, out of bag too', () => {
    const trained = trainSmall({ trees: 40, minimumLeaf: 16 }, 6000);
    const { labels: outcomes } = makeTable(6000);
    const sums = scaledSums(trained.outOfBag, 40);
    const scores = Int32Array.from(sums, (sum) => scorePpm(sum, 40));
    expect(measure(outcomes, scores).aucPpm).toBeGreaterThan(700_000);
    const [age = 0, , , mobile = 0] = trained.importances;
    expect(age).toBeGreaterThan(4 * mobile);
  });

  test('says at its root what share of its rows is positive', () => {
    const [tree] = trainSmall({ trees: 1 }).forest.trees;
    const positives = labels.reduce((sum, label) => sum + label, 0);
    expect(Math.abs((tree?.meansPpm[0] ?? 0) - (positives / 1500) * 1e6)).toBeLessThan(40_000);
  });

  test('gives missing numbers a side of their own', () => {
    const rows = 1000;
    const known = (k: number) => k % 3 !== 0;
    const values = Float64Array.from({ length: rows }, (_, k) => (known(k) ? k : MISSING_NUMBER));
    const outcomes = Uint8Array.from({ length: rows }, (_, k) => Number(!known(k)));
    const spec = { ...SMALL_SPEC, trees: 5 };
    const columns: TrainingColumn[] = [{ name: 'x', kind: 'number', values }];
    const trained = trainForest({ rows, columns }, outcomes, spec);
    const set = trained.ok ? packForests([trained.value.forest]) : null;
    const [packed] = set?.ok ? set.value.forests : [];
    if (!set?.ok || packed === undefined) throw new Error('no forest');
    expect(scoreForest(packed, encodeRow(set.value, [undefined]))).toBe(5_000_000);
    expect(scoreForest(packed, encodeRow(set.value, [-1e12]))).toBe(0);
  });

  test('grows nodes of more than 65,535 rows and large tables as exactly as small ones', () => {
    const rows = 70_000;
    const values = Float64Array.from({ length: rows }, (_, k) => k % 10);
    const outcomes = Uint8Array.from({ length: rows }, (_, k) => Number(k % 10 > 6));
    const columns: TrainingColumn[] = [{ name: 'x', kind: 'number', values }];
    const trained = trainForest({ rows, columns }, outcomes, { ...SMALL_SPEC, trees: 1 });
    const tree = trained.ok ? trained.value.forest.trees[0] : undefined;
    expect(tree?.columns).toEqual(Uint8Array.of(0, LEAF_COLUMN, LEAF_COLUMN));
    expect(trained.ok && trained.value.forest.cuts).toEqual([Float64Array.of(7)]);
    expect(tree?.meansPpm.subarray(1)).toEqual(Int32Array.of(0, 1_000_000));
  });
});

describe('a training is refused', () => {
  const one = new Uint8Array(table.rows);
  const two = Uint8Array.from(one, (_, k) => Number(k < 2));
  const odd = labels.map((label, k) => (k === 3 ? 2 : label));
  const flat: TrainingColumn = {
    name: 'country',
    kind: 'category',
    categories: ['CZ', 'SK'],
    codes: new Int16Array(table.rows),
  };
  const wide: TrainingColumn = {
    ...flat,
    categories: Array.from({ length: 250 }, (_, k) => `c${k}`),
  };
  const beyond = { ...flat, codes: new Int16Array(table.rows).fill(2) };
  const short: TrainingColumn = { name: 'short', kind: 'number', values: new Float64Array(3) };
  const age: TrainingColumn = { name: 'age', kind: 'number', values: new Float64Array(1500) };

  test.each([
    ['one class', table, one, 'ONE_CLASS', 'target'],
    ['too few positives', table, two, 'TOO_FEW_POSITIVES', 'target'],
    ['a label that is neither', table, odd, 'BAD_LABEL', 'target'],
    ['a label too few', table, labels.slice(1), 'BAD_SHAPE', 'target'],
    ['a constant feature', withColumn(flat), labels, 'CONSTANT_FEATURE', 'country'],
    ['NaN', withNumber(5, Number.NaN), labels, 'NOT_FINITE', 'income'],
    ['infinity', withNumber(0, Number.POSITIVE_INFINITY), labels, 'NOT_FINITE', 'income'],
    ['a number below missing', withNumber(9, -1e301), labels, 'NOT_FINITE', 'income'],
    ['an unlisted category', withColumn(beyond), labels, 'BAD_CATEGORY', 'country'],
    ['a short column', withColumn(short), labels, 'BAD_SHAPE', 'short'],
    ['a name given twice', withColumn(age), labels, 'DUPLICATE_FEATURE', 'age'],
    ['too many columns', withColumn(wide), labels, 'TOO_MANY_COLUMNS', 'country'],
    ['no features', { rows: 1500, columns: [] }, labels, 'TOO_MANY_COLUMNS', 'target'],
  ])('for %s, naming it', (_, rows, outcomes, code, column) => {
    const trained = trainForest(rows, outcomes, SMALL_SPEC);
    expect(trained).toMatchObject({ ok: false, refusal: { code, column } });
  });

  test.each([
    ['trees', 0],
    ['bins', 256],
    ['minimumLeaf', 1.5],
    ['featureSharePpm', Number.NaN],
    ['seed', -1],
  ])('for a spec whose %s is %d', (name, value) => {
    const trained = trainForest(table, labels, { ...SMALL_SPEC, [name]: value });
    expect(trained).toMatchObject({ ok: false, refusal: { code: 'BAD_SPEC', column: name } });
  });

  test('for a tree that would not fit the packed form', () => {
    const rows = 300_000;
    const random = randomFrom(5);
    const values = Float64Array.from({ length: rows }, (_, k) => k % 255);
    const other = Float64Array.from({ length: rows }, (_, k) => Math.floor(k / 255) % 255);
    const outcomes = Uint8Array.from({ length: rows }, () => random.below(2));
    const columns: TrainingColumn[] = [
      { name: 'x', kind: 'number', values },
      { name: 'y', kind: 'number', values: other },
      { name: 'z', kind: 'number', values: values.map(() => random.below(255)) },
    ];
    const spec = { ...SMALL_SPEC, minimumLeaf: 1, trees: 1, bins: 255, maximumDepth: 60 };
    expect(trainForest({ rows, columns }, outcomes, spec)).toMatchObject({
      ok: false,
      refusal: { code: 'TREE_TOO_LARGE', column: 'minimumLeaf' },
    });
  });

  test('and constant features can be asked for beforehand', () => {
    expect(constantFeatures(withColumn(flat))).toEqual(['country']);
  });
});

describe('bins', () => {
  test('have short thresholds that keep the order of values', () => {
    const values = Float64Array.of(1, 2, 1000.125, 1000.25, 1 / 3, -7);
    const edges = chooseEdges(values, 128);
    expect(Array.from(edges)).toEqual([-3, 0.7, 2, 500, 1000.2]);
    const sorted = values.toSorted();
    expect(Array.from(sorted, (v) => countNotAbove(edges, v))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('part neighbouring doubles', () => {
    const above = 1 + Number.EPSILON;
    const [edge = 0] = chooseEdges(Float64Array.of(1, above), 2);
    expect(1 < edge && edge <= above).toBe(true);
  });

  test('are no more than asked for, one of them for missing values', () => {
    const values = Float64Array.from({ length: 5000 }, (_, k) => (k < 900 ? MISSING_NUMBER : k));
    const edges = chooseEdges(values, 32);
    expect(edges.length).toBe(31);
    expect(countNotAbove(edges, MISSING_NUMBER)).toBe(0);
    expect(countNotAbove(edges, 900)).toBe(1);
  });
});
