import { describe, expect, test } from '@jest/globals';
import { trainSmall } from '../../../../test/support/training-table.ts';
import type { Forest } from '../../../domain/forest.ts';
import { parityRows } from '../../../laboratory/exchanging/parity-rows.ts';
import { packForests } from './pack-forests.ts';
import { encodeRow } from './row-encoder.ts';
import { scoreForest, scorePpm } from './score-forest.ts';

/** One split of a number, left 0 ppm, right 1,000,000 ppm, at each of the cuts. */
function stumps(cuts: readonly number[]): Forest {
  return {
    features: [{ name: 'x', kind: 'number' }],
    spec: null,
    cuts: [Float64Array.from(cuts)],
    trees: cuts.map((_, k) => ({
      columns: Uint8Array.of(0, 255, 255),
      cuts: Uint8Array.of(k, 0, 0),
      meansPpm: Int32Array.of(500_000, 0, 1_000_000),
      rows: Int32Array.of(2, 1, 1),
    })),
  };
}

function pack(forests: readonly Forest[]) {
  const set = packForests(forests);
  if (!set.ok) throw new Error(set.refusal.message);
  return set.value;
}

describe('packed forests', () => {
  test('keep codes of their own where their cuts together pass a byte', () => {
    const low = stumps(Array.from({ length: 200 }, (_, k) => k));
    const high = stumps(Array.from({ length: 200 }, (_, k) => k + 0.5));
    const set = pack([low, high, low]);
    expect(set.encoder.missing.length).toBe(2);
    const codes = encodeRow(set, [100]);
    expect(set.forests.map((f) => scoreForest(f, codes) / 1e6)).toEqual([101, 100, 101]);
  });

  test('take up to 254 cuts in a column, and find the side of each exactly', () => {
    const cuts = Array.from({ length: 254 }, (_, k) => k * k);
    const set = pack([stumps(cuts)]);
    const [packed] = set.forests;
    for (const [k, cut] of cuts.entries()) {
      expect(packed && scoreForest(packed, encodeRow(set, [cut]))).toBe((k + 1) * 1e6);
      expect(packed && scoreForest(packed, encodeRow(set, [cut - 0.25]))).toBe(k * 1e6);
    }
  });

  test('score a row alike whichever forests they are packed with', () => {
    const a = trainSmall({ seed: 1 }).forest;
    const b = trainSmall({ seed: 2 }).forest;
    const [alone, both] = [pack([a]), pack([b, a])];
    const [one, two] = [alone.forests[0], both.forests[1]];
    if (one === undefined || two === undefined) throw new Error('a forest is lost');
    for (const row of parityRows(a, 200)) {
      const named = new Map(a.features.map(({ name }, f) => [name, row[f]]));
      const reordered = both.inputs.map(({ name }) => named.get(name));
      expect(scoreForest(two, encodeRow(both, reordered))).toBe(
        scoreForest(one, encodeRow(alone, row)),
      );
    }
  });

  test('refuse a name that is a number in one forest and a category in another', () => {
    const other: Forest = {
      ...stumps([1]),
      features: [{ name: 'x', kind: 'category', categories: ['a'] }],
    };
    expect(packForests([stumps([1]), other])).toMatchObject({
      ok: false,
      refusal: { code: 'BAD_FEATURES', at: '/1/features/0' },
    });
  });
});

describe('a row', () => {
  const set = pack([trainSmall().forest]);

  test.each([
    ['not a number', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['a text', '41'],
  ])('with a value that is %s is never scored', (_, age) => {
    expect(() => encodeRow(set, [age])).toThrow('feature `age`');
  });

  test('without values, or with a category unknown to all, has the codes of missing ones', () => {
    expect(encodeRow(set, [])).toEqual(set.encoder.missing);
    expect(encodeRow(set, [null, 'astronaut', undefined])).toEqual(set.encoder.missing);
  });

  test('may hold a flag as a boolean', () => {
    expect(encodeRow(set, [30, 'nurse', 1, true])).toEqual(encodeRow(set, [30, 'nurse', 1, 1]));
    expect(encodeRow(set, [30, 'nurse', 1, true])).not.toEqual(
      encodeRow(set, [30, 'nurse', 1, false]),
    );
  });
});

describe('a score', () => {
  test.each([
    [10, 4, 2],
    [14, 4, 4],
    [15, 4, 4],
    [13, 4, 3],
    [300, 3, 100],
  ])('sum %i over %i trees rounds to %i, half to even', (sum, trees, ppm) => {
    expect(scorePpm(sum, trees)).toBe(ppm);
  });
});
