import type { PackedForest } from '../../domain/forest.ts';

/** Why a score is what it is: `base` and all contributions add up to `sum`, exactly. */
export interface Explanation {
  readonly sum: number;
  /** What the forest says before it is told anything: the sum over its roots. */
  readonly base: number;
  /** For each feature of the forest what its splits on the path added (ppm, over all trees). */
  readonly contributions: readonly number[];
}

/**
 * Additive path contributions: each split gives the change of the mean to the feature it asked, a
 * category's columns to the category. Integers telescope, so nothing is lost to rounding.
 */
export function explainForest(forest: PackedForest, codes: Uint8Array): Explanation {
  const { nodes, meansPpm, roots, offset, featureOf } = forest;
  const contributions = new Float64Array(forest.features.length);
  let sum = 0;
  let base = 0;
  for (const root of roots) {
    let node = 0;
    let mean = meansPpm[root] ?? 0;
    base += mean;
    for (;;) {
      const packed = nodes[root + node] ?? 0;
      const column = packed & 255;
      const over = ((packed >>> 8) & 255) - (codes[offset + column] ?? 0);
      const next = (packed >>> 16) + (over >>> 31);
      if (next === node) break;
      const after = meansPpm[root + next] ?? 0;
      const feature = featureOf[column] ?? 0;
      contributions[feature] = (contributions[feature] ?? 0) + after - mean;
      mean = after;
      node = next;
    }
    sum += mean;
  }
  return { sum, base, contributions: Array.from(contributions) };
}
