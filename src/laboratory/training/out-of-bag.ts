import { LEAF_COLUMN } from '../../domain/forest.ts';
import type { TreeScratch } from './tree-scratch.ts';

/** Adds what the tree in the scratch says about the rows that it was not grown on. */
export function scoreOutOfBag(scratch: TreeScratch): void {
  const { drawn, oobSums, oobTrees } = scratch;
  for (let row = 0; row < drawn.length; row += 1) {
    if (drawn[row] !== 0) continue;
    oobSums[row] = (oobSums[row] ?? 0) + (scratch.nodeMean[leafOf(scratch, row)] ?? 0);
    oobTrees[row] = (oobTrees[row] ?? 0) + 1;
  }
}

function leafOf(scratch: TreeScratch, row: number): number {
  const { nodeColumn, nodeBin, nodeRight } = scratch;
  const { featureOf, categoryOf } = scratch.layout;
  const { bins, rows } = scratch.table;
  let node = 0;
  for (;;) {
    const column = nodeColumn[node] ?? LEAF_COLUMN;
    if (column === LEAF_COLUMN) return node;
    const bin = bins[(featureOf[column] ?? 0) * rows + row] ?? 0;
    const split = nodeBin[node] ?? 0;
    const goesRight = (categoryOf[column] ?? -1) < 0 ? bin > split : bin === split;
    node = goesRight ? (nodeRight[node] ?? 0) : node + 1;
  }
}
