import { type Forest, MISSING_NUMBER } from '../../domain/forest.ts';
import type { RowValue } from '../../engine/propensity/scoring/row-encoder.ts';
import { randomFrom } from '../training/random.ts';

/** Seeded rows for a forest, each number below, at and between its thresholds, or missing. */
export function parityRows(forest: Forest, count: number): readonly (readonly RowValue[])[] {
  const random = randomFrom(99);
  return Array.from({ length: count }, () => {
    let column = 0;
    return forest.features.map((feature) => {
      const cuts = forest.cuts[column] ?? new Float64Array(0);
      column += feature.kind === 'number' ? 1 : feature.categories.length;
      if (random.below(10) === 0) return undefined;
      if (feature.kind === 'category') {
        return feature.categories[random.below(feature.categories.length)];
      }
      const cut = cuts[random.below(Math.max(1, cuts.length))] ?? 0;
      return [cut, cut + Math.abs(cut) * 2 ** -52, cut - 0.5, cut + 0.25][random.below(4)];
    });
  });
}

/** A row as ml-random-forest wants it: one number a column. */
export function expandRow(forest: Forest, row: readonly RowValue[]): readonly number[] {
  return forest.features.flatMap((feature, f) => {
    const value = row[f];
    if (feature.kind === 'number') return [typeof value === 'number' ? value : MISSING_NUMBER];
    return feature.categories.map((category) => Number(category === value));
  });
}
