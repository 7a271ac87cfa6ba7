import { describe, expect, test } from '@jest/globals';
import { makeTable, trainSmall } from '../../../test/support/training-table.ts';
import { MISSING_NUMBER } from '../../domain/forest.ts';
import { packForests } from '../../engine/propensity/scoring/pack-forests.ts';
import { encodeRow } from '../../engine/propensity/scoring/row-encoder.ts';
import { codeTable } from '../../engine/propensity/scoring/score-batch.ts';
import { scoreForest } from '../../engine/propensity/scoring/score-forest.ts';
import { scoreInWorkers } from './score-in-workers.ts';

describe('scoring many rows', () => {
  const forests = [1, 2, 3].map((seed) => trainSmall({ seed, bins: 32 * seed }).forest);
  const set = packForests(forests);
  if (!set.ok) throw new Error(set.refusal.message);
  const { table } = makeTable(5003, 9);
  const coded = codeTable(set.value, table);
  const expected = set.value.forests.map((packed) =>
    Int32Array.from({ length: table.rows }, (_, row) => {
      const values = set.value.inputs.map(({ name }) => {
        const column = table.columns.find((one) => one.name === name);
        if (column?.kind === 'category') return column.categories[column.codes[row] ?? -1];
        return column?.values[row] === MISSING_NUMBER ? undefined : column?.values[row];
      });
      return scoreForest(packed, encodeRow(set.value, values));
    }),
  );

  test.each([0, 1, 2, 3])('sums as row by row, with %i workers', async (workers) => {
    const sums = await scoreInWorkers(set.value.forests, coded, workers);
    expect(sums.map((of) => Array.from(of))).toEqual(expected.map((of) => Array.from(of)));
  });

  test('of none gives none', async () => {
    const none = { ...coded, rows: 0 };
    expect(await scoreInWorkers(set.value.forests, none, 2)).toHaveLength(3);
  });
});
