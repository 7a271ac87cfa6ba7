import type { Calibration, OutOfBag } from '../../domain/forest.ts';
import { timesRatio } from '../../domain/ppm.ts';

/** Fewer rows at either end are pooled with their neighbours: they would promise too much. */
const LEAST_END_ROWS = 50;

interface Block {
  readonly fromSum: number;
  readonly toSum: number;
  readonly rows: number;
  readonly positives: number;
}

/**
 * The rising steps that fit outcomes to out-of-bag scores best (pool adjacent violators), in
 * counts, so that no machine's floating point has a say. Null if no row was ever out of bag.
 */
export function calibrate(
  outOfBag: OutOfBag,
  labels: Uint8Array,
  trees: number,
): Calibration | null {
  const blocks = poolEnds(poolViolators(blocksBySum(outOfBag, labels, trees)));
  if (blocks.length === 0) return null;
  const steps = blocks.map((block, b) => {
    const before = blocks[b - 1];
    const fromSum = before === undefined ? 0 : Math.ceil((before.toSum + block.fromSum) / 2);
    return { fromSum, ppm: promiseOf(block) };
  });
  return {
    method: 'ISOTONIC',
    trees,
    steps: steps.filter((s, k) => s.ppm !== steps[k - 1]?.ppm),
  };
}

/**
 * A block's share; where it is 0 or 1 the middle of what the block leaves possible (Jeffreys), for
 * no number of rows shows that something never happens.
 */
function promiseOf({ rows, positives }: Block): number {
  const isEnd = positives === 0 || positives === rows;
  const share = isEnd
    ? timesRatio(1_000_000, 2 * positives + 1, 2 * rows + 2)
    : timesRatio(1_000_000, positives, rows);
  return Math.min(999_999, Math.max(1, share));
}

/** Each row's out-of-bag sum as if all trees had scored it; -1 where none did. */
export function scaledSums(outOfBag: OutOfBag, trees: number): Float64Array {
  return outOfBag.sums.map((sum, row) => {
    const scored = outOfBag.trees[row] ?? 0;
    return scored === 0 ? -1 : timesRatio(sum, trees, scored);
  });
}

function blocksBySum(outOfBag: OutOfBag, labels: Uint8Array, trees: number): readonly Block[] {
  const counts = new Map<number, { rows: number; positives: number }>();
  scaledSums(outOfBag, trees).forEach((sum, row) => {
    if (sum < 0) return;
    const count = counts.get(sum) ?? { rows: 0, positives: 0 };
    count.rows += 1;
    count.positives += labels[row] ?? 0;
    counts.set(sum, count);
  });
  return [...counts]
    .toSorted(([a], [b]) => a - b)
    .map(([sum, count]) => ({ fromSum: sum, toSum: sum, ...count }));
}

function poolViolators(blocks: readonly Block[]): readonly Block[] {
  const pooled: Block[] = [];
  for (const block of blocks) {
    let last = block;
    for (let before = pooled.at(-1); before !== undefined; before = pooled.at(-1)) {
      // Shares compared as products of counts: exact, and equal shares are one step.
      if (before.positives * last.rows < last.positives * before.rows) break;
      pooled.pop();
      last = merge(before, last);
    }
    pooled.push(last);
  }
  return pooled;
}

function poolEnds(blocks: readonly Block[]): readonly Block[] {
  const [first, second, ...rest] = blocks;
  if (first === undefined || second === undefined) return blocks;
  if (first.rows < LEAST_END_ROWS || promiseOf(first) >= promiseOf(second)) {
    return poolEnds([merge(first, second), ...rest]);
  }
  const [last, before] = [blocks.at(-1) ?? second, blocks.at(-2) ?? first];
  if (last.rows >= LEAST_END_ROWS && promiseOf(before) < promiseOf(last)) return blocks;
  return poolEnds([...blocks.slice(0, -2), merge(before, last)]);
}

function merge(a: Block, b: Block): Block {
  const rows = a.rows + b.rows;
  return { fromSum: a.fromSum, toSum: b.toSum, rows, positives: a.positives + b.positives };
}
