import type { RowView, TreeScratch } from './tree-scratch.ts';

/**
 * Puts the rows of the growing node that go left before those that go right, both in their order,
 * and returns where the right ones begin. Both sides are written for every row, and one of the two
 * pens moves: a branch here would be guessed wrong half the time.
 */
export function partition(scratch: TreeScratch, view: RowView): number {
  const { node, best, layout } = scratch;
  const isCategory = (layout.categoryOf[best.column] ?? -1) >= 0;
  const right = isCategory ? partCategory(scratch, view) : partNumber(scratch, view);
  const middle = node.end - right;
  view.index.set(scratch.aside.index.subarray(0, right), middle);
  view.weight.set(scratch.aside.weight.subarray(0, right), middle);
  return middle;
}

/** Rows above the bin go right, and aside; returns how many. */
function partNumber(scratch: TreeScratch, view: RowView): number {
  const { index, weight } = view;
  const { index: asideIndex, weight: asideWeight } = scratch.aside;
  const bins = binsOf(scratch, view);
  const { bin } = scratch.best;
  const { start, end } = scratch.node;
  let left = start;
  let right = 0;
  for (let k = start; k < end; k += 1) {
    const row = index[k] ?? 0;
    const both = weight[k] ?? 0;
    const goesRight = (bin - (bins[row] ?? 0)) >>> 31;
    index[left] = row;
    weight[left] = both;
    asideIndex[right] = row;
    asideWeight[right] = both;
    right += goesRight;
    left += 1 - goesRight;
  }
  return right;
}

/** Rows of the category go right. */
function partCategory(scratch: TreeScratch, view: RowView): number {
  const { index, weight } = view;
  const { index: asideIndex, weight: asideWeight } = scratch.aside;
  const bins = binsOf(scratch, view);
  const { bin } = scratch.best;
  const { start, end } = scratch.node;
  let left = start;
  let right = 0;
  for (let k = start; k < end; k += 1) {
    const row = index[k] ?? 0;
    const both = weight[k] ?? 0;
    // Equal bins differ in no bit; of any other difference one less has no sign.
    const goesRight = ((bin ^ (bins[row] ?? 0)) - 1) >>> 31;
    index[left] = row;
    weight[left] = both;
    asideIndex[right] = row;
    asideWeight[right] = both;
    right += goesRight;
    left += 1 - goesRight;
  }
  return right;
}

function binsOf({ best, layout }: TreeScratch, view: RowView): Uint8Array {
  return view.bins[layout.featureOf[best.column] ?? 0] ?? new Uint8Array(0);
}
