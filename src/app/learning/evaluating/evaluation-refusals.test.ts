import { describe, expect, test } from '@jest/globals';
import {
  changed,
  evaluate,
  PLAN,
  ROWS,
  splitOf,
  tableOf,
} from '../../../../test/support/evaluation-rows.ts';
import type { EvaluationRequest } from './evaluation.ts';

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
