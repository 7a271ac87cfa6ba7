import type { RowView, TreeScratch } from './tree-scratch.ts';

/** Counts rows and positives of the growing node into the cells of one feature. */
export function fillHistogram(scratch: TreeScratch, view: RowView, feature: number): void {
  const cells = scratch.cellCount[feature] ?? 0;
  if (scratch.node.rows >= 65_536) fillWide(scratch, view, feature);
  else if (cells === 2) fillTwo(scratch, view, feature);
  else fillPacked(scratch, view, feature);
}

/** Two cells need no memory: the second is summed in a register, the first is the rest. */
function fillTwo(scratch: TreeScratch, view: RowView, feature: number): void {
  const { node, cellRows, cellPositives } = scratch;
  const { index, weight } = view;
  const bins = view.bins[feature] ?? new Uint8Array(0);
  let second = 0;
  for (let k = node.start; k < node.end; k += 1) {
    second = (second + ((weight[k] ?? 0) & -(bins[index[k] ?? 0] ?? 0))) | 0;
  }
  const at = scratch.cellStart[feature] ?? 0;
  cellRows[at + 1] = second & 0xffff;
  cellPositives[at + 1] = second >>> 16;
  cellRows[at] = node.rows - (second & 0xffff);
  cellPositives[at] = node.positives - (second >>> 16);
}

/** Rows and positives in one number, in two accumulators so that no store waits for the last. */
function fillPacked(scratch: TreeScratch, view: RowView, feature: number): void {
  const { node, even, odd, cellRows, cellPositives } = scratch;
  const { index, weight } = view;
  const bins = view.bins[feature] ?? new Uint8Array(0);
  const cells = scratch.cellCount[feature] ?? 0;
  for (let c = 0; c < cells; c += 1) {
    even[c] = 0;
    odd[c] = 0;
  }
  const { end } = node;
  let k = node.start;
  for (; k + 1 < end; k += 2) {
    const first = bins[index[k] ?? 0] ?? 0;
    const second = bins[index[k + 1] ?? 0] ?? 0;
    even[first] = (even[first] ?? 0) + (weight[k] ?? 0);
    odd[second] = (odd[second] ?? 0) + (weight[k + 1] ?? 0);
  }
  if (k < end) {
    const last = bins[index[k] ?? 0] ?? 0;
    even[last] = (even[last] ?? 0) + (weight[k] ?? 0);
  }
  const at = scratch.cellStart[feature] ?? 0;
  for (let c = 0; c < cells; c += 1) {
    const both = ((even[c] ?? 0) + (odd[c] ?? 0)) | 0;
    cellRows[at + c] = both & 0xffff;
    cellPositives[at + c] = both >>> 16;
  }
}

/** For nodes whose counts do not fit 16 bits. */
function fillWide(scratch: TreeScratch, view: RowView, feature: number): void {
  const { node, cellRows, cellPositives } = scratch;
  const { index, weight } = view;
  const bins = view.bins[feature] ?? new Uint8Array(0);
  const at = scratch.cellStart[feature] ?? 0;
  const cells = scratch.cellCount[feature] ?? 0;
  cellRows.fill(0, at, at + cells);
  cellPositives.fill(0, at, at + cells);
  for (let k = node.start; k < node.end; k += 1) {
    const cell = at + (bins[index[k] ?? 0] ?? 0);
    const both = weight[k] ?? 0;
    cellRows[cell] = (cellRows[cell] ?? 0) + (both & 0xffff);
    cellPositives[cell] = (cellPositives[cell] ?? 0) + (both >>> 16);
  }
}
