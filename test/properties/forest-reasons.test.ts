import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packForests } from '../../src/engine/propensity/scoring/pack-forests.ts';
import { pathContributions } from '../../src/engine/propensity/scoring/path-contributions.ts';
import { encodeRow } from '../../src/engine/propensity/scoring/row-encoder.ts';
import { scoreForest } from '../../src/engine/propensity/scoring/score-forest.ts';
import { trainSmall } from '../support/training-table.ts';

describe('the reasons of a score', () => {
  const forests = [1, 2].map((seed) => trainSmall({ seed, trees: 13 }).forest);
  const set = packForests(forests);
  if (!set.ok) throw new Error(set.refusal.message);

  const row = fc.tuple(
    fc.option(fc.integer({ min: 0, max: 100 })),
    fc.option(fc.constantFrom('clerk', 'farmer', 'nurse', 'retired', 'unheard of')),
    fc.option(fc.double({ min: -2e5, max: 2e5, noNaN: true })),
    fc.option(fc.boolean()),
  );

  test('add up to it exactly, one for each feature', () => {
    fc.assert(
      fc.property(row, (values) => {
        const codes = encodeRow(set.value, values);
        for (const packed of set.value.forests) {
          const { sum, base, contributions } = pathContributions(packed, codes);
          expect(sum).toBe(scoreForest(packed, codes));
          expect(contributions).toHaveLength(4);
          expect(contributions.reduce((total, part) => total + part, base)).toBe(sum);
          expect(contributions.every(Number.isInteger)).toBe(true);
        }
      }),
    );
  });

  test('give nothing to a feature that the forest never asks', () => {
    const flat = forests.map((forest) => ({
      ...forest,
      trees: forest.trees.filter((tree) => !tree.columns.includes(5)),
    }));
    const packed = packForests(flat);
    if (!packed.ok) throw new Error(packed.refusal.message);
    const [first] = packed.value.forests;
    if (first === undefined) throw new Error('no forest was packed');
    const codes = encodeRow(packed.value, [70, 'nurse', 10, true]);
    expect(pathContributions(first, codes).contributions[2]).toBe(0);
  });
});
