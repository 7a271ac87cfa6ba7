import type { PackedForest } from '../../../domain/forest.ts';

/**
 * The sum (ppm) of all trees' leaves for a coded row. A step adds 1 to the left child if the row's
 * code exceeds the node's; five trees walk at once, for one alone would wait for memory.
 */
export function scoreForest(forest: PackedForest, codes: Uint8Array): number {
  const { nodes, meansPpm, roots, offset, trees } = forest;
  let sum = 0;
  let t = 0;
  for (; t + 4 < trees; t += 5) {
    const [a, b, c, d, e] = [
      roots[t] ?? 0,
      roots[t + 1] ?? 0,
      roots[t + 2] ?? 0,
      roots[t + 3] ?? 0,
      roots[t + 4] ?? 0,
    ];
    let i = 0;
    let j = 0;
    let k = 0;
    let l = 0;
    let m = 0;
    for (;;) {
      const v = nodes[a + i] ?? 0;
      const w = nodes[b + j] ?? 0;
      const x = nodes[c + k] ?? 0;
      const y = nodes[d + l] ?? 0;
      const z = nodes[e + m] ?? 0;
      const i2 = (v >>> 16) + ((((v >>> 8) & 255) - (codes[offset + (v & 255)] ?? 0)) >>> 31);
      const j2 = (w >>> 16) + ((((w >>> 8) & 255) - (codes[offset + (w & 255)] ?? 0)) >>> 31);
      const k2 = (x >>> 16) + ((((x >>> 8) & 255) - (codes[offset + (x & 255)] ?? 0)) >>> 31);
      const l2 = (y >>> 16) + ((((y >>> 8) & 255) - (codes[offset + (y & 255)] ?? 0)) >>> 31);
      const m2 = (z >>> 16) + ((((z >>> 8) & 255) - (codes[offset + (z & 255)] ?? 0)) >>> 31);
      if (((i ^ i2) | (j ^ j2) | (k ^ k2) | (l ^ l2) | (m ^ m2)) === 0) break;
      i = i2;
      j = j2;
      k = k2;
      l = l2;
      m = m2;
    }
    sum +=
      (meansPpm[a + i] ?? 0) +
      (meansPpm[b + j] ?? 0) +
      (meansPpm[c + k] ?? 0) +
      (meansPpm[d + l] ?? 0) +
      (meansPpm[e + m] ?? 0);
  }
  for (; t < trees; t += 1) sum += meansPpm[leafOf(forest, codes, roots[t] ?? 0)] ?? 0;
  return sum;
}

/** The mean over the trees, rounded half to even. */
export function scorePpm(sum: number, trees: number): number {
  const rest = sum % trees;
  const whole = (sum - rest) / trees;
  if (rest * 2 === trees) return whole + (whole % 2);
  return rest * 2 > trees ? whole + 1 : whole;
}

function leafOf(forest: PackedForest, codes: Uint8Array, root: number): number {
  const { nodes, offset } = forest;
  for (let node = 0; ; ) {
    const packed = nodes[root + node] ?? 0;
    const over = ((packed >>> 8) & 255) - (codes[offset + (packed & 255)] ?? 0);
    const next = (packed >>> 16) + (over >>> 31);
    if (next === node) return root + node;
    node = next;
  }
}
