/** A seeded source of whole numbers; the same on every machine. */
export interface Random {
  /** A number from 0 to `limit - 1`. */
  readonly below: (limit: number) => number;
}

const GOLDEN = 0x9e3779b9;

/** A seed of its own for each tree, so that any worker may grow any tree. */
export function mixSeed(seed: number, tree: number): number {
  return scramble(scramble(seed ^ GOLDEN) + Math.imul(tree + 1, GOLDEN)) >>> 0;
}

/** Counts in steps of the golden ratio and scrambles each count. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return {
    below(limit) {
      state = (state + GOLDEN) | 0;
      return Math.floor(((scramble(state) >>> 0) * limit) / 0x1_0000_0000);
    },
  };
}

function scramble(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return h ^ (h >>> 15);
}
