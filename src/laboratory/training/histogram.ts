import type { RowView, TreeScratch } from './tree-scratch.ts';

/** From this many weighted rows, a node's counts do not fit half a number each. */
export const WIDE_ROWS = 65_536;

/** Counts rows and positives of the growing node into the cells of one feature. */
export function fillHistogram(scratch: TreeScratch, view: RowView, feature: number): void {
  const cells = scratch.cells[feature]?.length ?? 0;
  if (scratch.node.rows >= WIDE_ROWS) fillWide(scratch, view, feature);
  else if (cells === 2) fillTwo(scratch, view, feature);
  else if (scratch.node.end - scratch.node.start < cells) fillFew(scratch, view, feature);
  else fillPacked(scratch, view, feature);
}

/** Two cells need no memory: the second is summed in a register, the first is the rest. */
function fillTwo(scratch: TreeScratch, view: RowView, feature: number): void {
  const { node } = scratch;
  const { index, weight } = view;
  const bins = view.bins[feature] ?? new Uint8Array(0);
  const cells = scratch.cells[feature] ?? new Int32Array(0);
  const { end } = node;
  let second = 0;
  for (let k = node.start; k < end; k += 1) {
    second = (second + ((weight[k] ?? 0) & -(bins[index[k] ?? 0] ?? 0))) | 0;
  }
  cells[0] = (node.rows | (node.positives << 16)) - second;
  cells[1] = second;
}

/** Where rows are fewer than cells, a second accumulator costs more than it saves. */
function fillFew(scratch: TreeScratch, view: RowView, feature: number): void {
  const { index, weight } = view;
  const bins = view.bins[feature] ?? new Uint8Array(0);
  const cells = scratch.cells[feature] ?? new Int32Array(0);
  cells.fill(0);
  const { start, end } = scratch.node;
  for (let k = start; k < end; k += 1) {
    const cell = bins[index[k] ?? 0] ?? 0;
    cells[cell] = (cells[cell] ?? 0) + (weight[k] ?? 0);
  }
}

/** Rows and positives in one number, in two accumulators so that no store waits for the last. */
function fillPacked(scratch: TreeScratch, view: RowView, feature: number): void {
  const { node, odd } = scratch;
  const { index, weight } = view;
  const bins = view.bins[feature] ?? new Uint8Array(0);
  const even = scratch.cells[feature] ?? new Int32Array(0);
  const count = even.length;
  for (let c = 0; c < count; c += 1) {
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
  for (let c = 0; c < count; c += 1) even[c] = (even[c] ?? 0) + (odd[c] ?? 0);
}

/** For nodes whose counts do not fit 16 bits. */
function fillWide(scratch: TreeScratch, view: RowView, feature: number): void {
  const { node } = scratch;
  const { index, weight } = view;
  const bins = view.bins[feature] ?? new Uint8Array(0);
  const rows = scratch.cells[feature] ?? new Int32Array(0);
  const positives = scratch.wideCells[feature] ?? new Int32Array(0);
  rows.fill(0);
  positives.fill(0);
  for (let k = node.start; k < node.end; k += 1) {
    const cell = bins[index[k] ?? 0] ?? 0;
    const both = weight[k] ?? 0;
    rows[cell] = (rows[cell] ?? 0) + (both & 0xffff);
    positives[cell] = (positives[cell] ?? 0) + (both >>> 16);
  }
}
