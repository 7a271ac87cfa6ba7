import { fillHistogram, WIDE_ROWS } from './histogram.ts';
import type { Random } from './random.ts';
import type { RowView, TreeScratch } from './tree-scratch.ts';

/**
 * Tries a fresh sample of the columns at the growing node and leaves the first best split, by Gini
 * impurity, in `scratch.best`; its column is -1 where no split helps. The columns of a category
 * share one histogram.
 */
export function findSplit(scratch: TreeScratch, view: RowView, random: Random): void {
  const { node, best, permutation, layout, counts, filledFor } = scratch;
  best.score = (node.positives * node.positives) / node.rows + 1e-9;
  best.column = -1;
  counts.fills += 1;
  for (let drawn = 0; drawn < scratch.tried; drawn += 1) {
    const at = drawn + random.below(layout.columns - drawn);
    const column = permutation[at] ?? 0;
    permutation[at] = permutation[drawn] ?? 0;
    permutation[drawn] = column;
    const feature = layout.featureOf[column] ?? 0;
    if (filledFor[feature] !== counts.fills) {
      filledFor[feature] = counts.fills;
      fillHistogram(scratch, view, feature);
    }
    if ((layout.categoryOf[column] ?? -1) < 0) tryThresholds(scratch, column, feature);
    else tryCategory(scratch, column, feature);
  }
}

function tryThresholds(scratch: TreeScratch, column: number, feature: number): void {
  const { node, best } = scratch;
  const least = scratch.spec.minimumLeaf;
  const cells = scratch.cells[feature] ?? new Int32Array(0);
  const wide = node.rows >= WIDE_ROWS ? scratch.wideCells[feature] : undefined;
  const all = node.rows;
  const wanted = node.positives;
  const last = cells.length - 1;
  let rows = 0;
  let positives = 0;
  for (let bin = 0; bin < last; bin += 1) {
    const here = cells[bin] ?? 0;
    if (here === 0) continue;
    rows += wide === undefined ? here & 0xffff : here;
    positives += wide === undefined ? here >>> 16 : (wide[bin] ?? 0);
    if (rows < least) continue;
    const others = all - rows;
    if (others < least) break;
    const rest = wanted - positives;
    const score = (positives * positives) / rows + (rest * rest) / others;
    if (score > best.score) {
      best.score = score;
      best.column = column;
      best.bin = bin;
      best.leftRows = rows;
      best.leftPositives = positives;
    }
  }
}

/** Rows of the category go right, for their column is 1 and the threshold a half. */
function tryCategory(scratch: TreeScratch, column: number, feature: number): void {
  const { node, best } = scratch;
  const least = scratch.spec.minimumLeaf;
  const category = scratch.layout.categoryOf[column] ?? 0;
  const here = scratch.cells[feature]?.[category] ?? 0;
  const wide = node.rows >= WIDE_ROWS ? scratch.wideCells[feature] : undefined;
  const rows = wide === undefined ? here & 0xffff : here;
  const others = node.rows - rows;
  if (rows < least || others < least) return;
  const positives = wide === undefined ? here >>> 16 : (wide[category] ?? 0);
  const rest = node.positives - positives;
  const score = (rest * rest) / others + (positives * positives) / rows;
  if (score > best.score) {
    best.score = score;
    best.column = column;
    best.bin = category;
    best.leftRows = others;
    best.leftPositives = rest;
  }
}
