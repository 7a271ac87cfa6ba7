import type { PackedForest } from '../../../domain/forest.ts';

/** A score taken apart: `base` and all contributions add up to `sum`, exactly. */
interface Explanation {
  readonly sum: number;
  /** The score of a customer of whom nothing is known: the sum over the roots. */
  readonly base: number;
  /** For each feature of the forest what its splits on the path added (ppm, over all trees). */
  readonly contributions: readonly number[];
}

/**
 * Additive path contributions: each split gives the change of the mean to the feature it asked, a
 * category's columns to the category. Integers telescope, so nothing is lost to rounding. Four
 * trees walk at once, without a branch: a leaf gives 0 to whatever its place names.
 */
export function pathContributions(forest: PackedForest, codes: Uint8Array): Explanation {
  const { nodes, meansPpm: means, roots, offset, featureOf, trees } = forest;
  // A sum of a hundred trees may pass 31 bits, and then floating point still counts exactly.
  const byColumn = new Float64Array(256);
  let sum = 0;
  let base = 0;
  let t = 0;
  for (; t + 3 < trees; t += 4) {
    const r0 = roots[t] ?? 0;
    const r1 = roots[t + 1] ?? 0;
    const r2 = roots[t + 2] ?? 0;
    const r3 = roots[t + 3] ?? 0;
    let [i, j, k, l] = [0, 0, 0, 0];
    let m0 = means[r0] ?? 0;
    let m1 = means[r1] ?? 0;
    let m2 = means[r2] ?? 0;
    let m3 = means[r3] ?? 0;
    base += m0 + m1 + m2 + m3;
    for (;;) {
      const v = nodes[r0 + i] ?? 0;
      const w = nodes[r1 + j] ?? 0;
      const x = nodes[r2 + k] ?? 0;
      const y = nodes[r3 + l] ?? 0;
      const i2 = (v >>> 16) + ((((v >>> 8) & 255) - (codes[offset + (v & 255)] ?? 0)) >>> 31);
      const j2 = (w >>> 16) + ((((w >>> 8) & 255) - (codes[offset + (w & 255)] ?? 0)) >>> 31);
      const k2 = (x >>> 16) + ((((x >>> 8) & 255) - (codes[offset + (x & 255)] ?? 0)) >>> 31);
      const l2 = (y >>> 16) + ((((y >>> 8) & 255) - (codes[offset + (y & 255)] ?? 0)) >>> 31);
      if (((i ^ i2) | (j ^ j2) | (k ^ k2) | (l ^ l2)) === 0) break;
      const n0 = means[r0 + i2] ?? 0;
      const n1 = means[r1 + j2] ?? 0;
      const n2 = means[r2 + k2] ?? 0;
      const n3 = means[r3 + l2] ?? 0;
      byColumn[v & 255] = (byColumn[v & 255] ?? 0) + (n0 - m0);
      byColumn[w & 255] = (byColumn[w & 255] ?? 0) + (n1 - m1);
      byColumn[x & 255] = (byColumn[x & 255] ?? 0) + (n2 - m2);
      byColumn[y & 255] = (byColumn[y & 255] ?? 0) + (n3 - m3);
      m0 = n0;
      m1 = n1;
      m2 = n2;
      m3 = n3;
      i = i2;
      j = j2;
      k = k2;
      l = l2;
    }
    sum += m0 + m1 + m2 + m3;
  }
  for (; t < trees; t += 1) {
    const root = roots[t] ?? 0;
    base += means[root] ?? 0;
    sum += walk(forest, { codes, root, byColumn });
  }
  const contributions = forest.features.map(() => 0);
  for (let column = 0; column < featureOf.length; column += 1) {
    const feature = featureOf[column] ?? 0;
    contributions[feature] = (contributions[feature] ?? 0) + (byColumn[column] ?? 0);
  }
  return { sum, base, contributions };
}

interface Walk {
  readonly codes: Uint8Array;
  readonly root: number;
  readonly byColumn: Float64Array;
}

/** One tree alone; returns its leaf. */
function walk(
  { nodes, meansPpm, offset }: PackedForest,
  { codes, root, byColumn }: Walk,
): number {
  let mean = meansPpm[root] ?? 0;
  for (let node = 0; ; ) {
    const packed = nodes[root + node] ?? 0;
    const column = packed & 255;
    const over = ((packed >>> 8) & 255) - (codes[offset + column] ?? 0);
    const next = (packed >>> 16) + (over >>> 31);
    if (next === node) return mean;
    const after = meansPpm[root + next] ?? 0;
    byColumn[column] = (byColumn[column] ?? 0) + after - mean;
    mean = after;
    node = next;
  }
}
