import { type GrownTree, LEAF_COLUMN, MOST_NODES } from '../../domain/forest.ts';
import { findSplit } from './find-split.ts';
import { scoreOutOfBag } from './out-of-bag.ts';
import { partition } from './partition.ts';
import { mixSeed, type Random, randomFrom } from './random.ts';
import { FRAME, LOCAL_ROWS, type RowView, type TreeScratch } from './tree-scratch.ts';

/**
 * Grows the tree of a number, by the table, the spec and that number alone; adds its out-of-bag
 * scores and importances to the scratch. Null if it would have more than MOST_NODES nodes.
 */
export function growTree(scratch: TreeScratch, tree: number): GrownTree | null {
  const random = randomFrom(mixSeed(scratch.spec.seed, tree));
  for (let c = 0; c < scratch.permutation.length; c += 1) scratch.permutation[c] = c;
  scratch.counts.nodes = 0;
  scratch.counts.top = 0;
  drawRows(scratch, random);
  pushNode(scratch);
  growFrom(scratch, scratch.whole, random);
  const { nodes } = scratch.counts;
  if (nodes > MOST_NODES) return null;
  scoreOutOfBag(scratch);
  return {
    columns: scratch.nodeColumn.slice(0, nodes),
    bins: scratch.nodeBin.slice(0, nodes),
    meansPpm: scratch.nodeMean.slice(0, nodes),
    rows: scratch.nodeRows.slice(0, nodes),
  };
}

/** As many draws as rows, with replacement; leaves the root in `scratch.node`. */
function drawRows(scratch: TreeScratch, random: Random): void {
  const { drawn, node, whole } = scratch;
  const { rows, labels } = scratch.table;
  drawn.fill(0);
  for (let draw = 0; draw < rows; draw += 1) {
    const row = random.below(rows);
    drawn[row] = (drawn[row] ?? 0) + 1;
  }
  let distinct = 0;
  let positives = 0;
  for (let row = 0; row < rows; row += 1) {
    const times = drawn[row] ?? 0;
    if (times === 0) continue;
    const positive = labels[row] === 1 ? times : 0;
    positives += positive;
    whole.index[distinct] = row;
    whole.weight[distinct] = times | (positive << 16);
    distinct += 1;
  }
  node.start = 0;
  node.end = distinct;
  node.depth = 0;
  node.rightOf = -1;
  setCounts(scratch, rows, positives);
}

function setCounts(scratch: TreeScratch, rows: number, positives: number): void {
  const { node, spec } = scratch;
  node.rows = rows;
  node.positives = positives;
  node.mayGrow =
    node.depth < spec.maximumDepth &&
    rows >= 2 * spec.minimumLeaf &&
    positives > 0 &&
    positives < rows;
}

/** Takes nodes off the stack, left child first, until it is as low as it was with one fewer. */
function growFrom(scratch: TreeScratch, view: RowView, random: Random): void {
  const { node, counts, best } = scratch;
  const floor = counts.top - FRAME;
  while (counts.top > floor) {
    popNode(scratch);
    if (counts.nodes > MOST_NODES) return;
    if (node.mayGrow && view === scratch.whole && node.end - node.start <= LOCAL_ROWS) {
      copyToLocal(scratch);
      pushNode(scratch);
      growFrom(scratch, scratch.local, random);
      continue;
    }
    const id = addLeaf(scratch);
    if (!node.mayGrow) continue;
    findSplit(scratch, view, random);
    if (best.column >= 0) splitNode(scratch, view, id);
  }
}

/** Makes room for a subtree's own bins, side by side, so that it is grown within the cache. */
function copyToLocal(scratch: TreeScratch): void {
  const { node, whole, local } = scratch;
  const length = node.end - node.start;
  local.bins.forEach((copy, f) => {
    const bins = whole.bins[f] ?? copy;
    for (let k = 0; k < length; k += 1) copy[k] = bins[whole.index[node.start + k] ?? 0] ?? 0;
  });
  for (let k = 0; k < length; k += 1) {
    local.index[k] = k;
    local.weight[k] = whole.weight[node.start + k] ?? 0;
  }
  node.start = 0;
  node.end = length;
}

function addLeaf(scratch: TreeScratch): number {
  const { node, counts } = scratch;
  const id = counts.nodes;
  counts.nodes = id + 1;
  scratch.nodeColumn[id] = LEAF_COLUMN;
  scratch.nodeBin[id] = 0;
  scratch.nodeMean[id] = Math.round((node.positives * 1_000_000) / node.rows);
  scratch.nodeRows[id] = node.rows;
  if (node.rightOf >= 0) scratch.nodeRight[node.rightOf] = id;
  return id;
}

/** Turns the node just added into an inner one and puts its children on the stack. */
function splitNode(scratch: TreeScratch, view: RowView, id: number): void {
  const { node, best, layout, importances } = scratch;
  const { start, end, depth, rows, positives } = node;
  const feature = layout.featureOf[best.column] ?? 0;
  const gain = best.score - (positives * positives) / rows;
  importances[feature] = (importances[feature] ?? 0) + Math.round(gain * 1_000_000);
  scratch.nodeColumn[id] = best.column;
  scratch.nodeBin[id] = best.bin;
  node.depth = depth + 1;
  setCounts(scratch, best.leftRows, best.leftPositives);
  const leftGrows = node.mayGrow;
  setCounts(scratch, rows - best.leftRows, positives - best.leftPositives);
  // The rows of leaves are not read again, so that two leaves need no partition.
  const middle = leftGrows || node.mayGrow ? partition(scratch, view) : end;
  node.start = middle;
  node.rightOf = id;
  pushNode(scratch);
  node.start = start;
  node.end = middle;
  node.rightOf = -1;
  setCounts(scratch, best.leftRows, best.leftPositives);
  pushNode(scratch);
}

function pushNode(scratch: TreeScratch): void {
  const { node, stack, counts } = scratch;
  const at = counts.top;
  stack[at] = node.start;
  stack[at + 1] = node.end;
  stack[at + 2] = node.depth;
  stack[at + 3] = node.rightOf;
  stack[at + 4] = node.rows;
  stack[at + 5] = node.positives;
  stack[at + 6] = Number(node.mayGrow);
  counts.top = at + FRAME;
}

function popNode(scratch: TreeScratch): void {
  const { node, stack, counts } = scratch;
  const at = counts.top - FRAME;
  node.start = stack[at] ?? 0;
  node.end = stack[at + 1] ?? 0;
  node.depth = stack[at + 2] ?? 0;
  node.rightOf = stack[at + 3] ?? -1;
  node.rows = stack[at + 4] ?? 0;
  node.positives = stack[at + 5] ?? 0;
  node.mayGrow = stack[at + 6] === 1;
  counts.top = at;
}
