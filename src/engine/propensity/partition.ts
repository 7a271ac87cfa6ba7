import type { RowView, TreeScratch } from './tree-scratch.ts';

/**
 * Puts the rows of the growing node that go left before those that go right, both in their order,
 * and returns where the right ones begin. Both sides are written for every row, and one of the two
 * pens moves: a branch here would be guessed wrong half the time.
 */
export function partition(scratch: TreeScratch, view: RowView): number {
  const { node, best, layout, aside } = scratch;
  const { index, weight } = view;
  const feature = layout.featureOf[best.column] ?? 0;
  const bins = view.bins[feature] ?? new Uint8Array(0);
  const equal = (layout.categoryOf[best.column] ?? -1) >= 0;
  let left = node.start;
  let right = 0;
  for (let k = node.start; k < node.end; k += 1) {
    const row = index[k] ?? 0;
    const both = weight[k] ?? 0;
    const bin = bins[row] ?? 0;
    index[left] = row;
    weight[left] = both;
    aside.index[right] = row;
    aside.weight[right] = both;
    const goesRight = equal ? Number(bin === best.bin) : (best.bin - bin) >>> 31;
    right += goesRight;
    left += 1 - goesRight;
  }
  copyBack(scratch, view, right);
  return left;
}

function copyBack(scratch: TreeScratch, view: RowView, right: number): void {
  const { index, weight } = scratch.aside;
  const from = scratch.node.end - right;
  for (let k = 0; k < right; k += 1) {
    view.index[from + k] = index[k] ?? 0;
    view.weight[from + k] = weight[k] ?? 0;
  }
}
