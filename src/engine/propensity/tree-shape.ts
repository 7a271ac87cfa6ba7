import { LEAF_COLUMN } from '../../domain/forest.ts';

/**
 * For each inner node of a tree in preorder its right child (0 at leaves), or null where the
 * columns are not exactly one whole tree.
 */
export function rightChildren(columns: Uint8Array): Int32Array | null {
  const right = new Int32Array(columns.length);
  const roots = new Int32Array(columns.length);
  let height = 0;
  for (let node = columns.length - 1; node >= 0; node -= 1) {
    if (columns[node] !== LEAF_COLUMN) {
      if (height < 2) return null;
      right[node] = roots[height - 2] ?? 0;
      height -= 2;
    }
    roots[height] = node;
    height += 1;
  }
  return height === 1 ? right : null;
}

/** Fills in the rows of inner nodes from those of the leaves. */
export function sumRows(columns: Uint8Array, right: Int32Array, rows: Int32Array): void {
  for (let node = columns.length - 1; node >= 0; node -= 1) {
    if (columns[node] === LEAF_COLUMN) continue;
    rows[node] = (rows[node + 1] ?? 0) + (rows[right[node] ?? 0] ?? 0);
  }
}
