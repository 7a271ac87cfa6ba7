import {
  type ForestSet,
  MISSING_NUMBER,
  type PackedForest,
  type TrainingColumn,
  type TrainingTable,
} from '../../../domain/forest.ts';
import { countNotAbove } from './bin-edges.ts';

/** The codes of many rows, one after the other. */
export interface CodedRows {
  readonly rows: number;
  /** Bytes a row. */
  readonly stride: number;
  readonly codes: Uint8Array;
}

/** Rows scored by one tree before the next: their codes stay in the cache. */
const BLOCK_ROWS = 512;

/** A table's rows as bytes, column by column; shared, so that threads may score them. */
export function codeTable(set: ForestSet, table: TrainingTable): CodedRows {
  const stride = set.encoder.missing.length;
  const codes = new Uint8Array(new SharedArrayBuffer(stride * table.rows));
  for (let row = 0; row < table.rows; row += 1) codes.set(set.encoder.missing, row * stride);
  const rows = { rows: table.rows, stride, codes };
  for (const [i, { name }] of set.inputs.entries()) {
    const column = table.columns.find((one) => one.name === name);
    if (column !== undefined) codeColumn(set, { input: i, column }, rows);
  }
  return rows;
}

function codeColumn(
  { encoder }: ForestSet,
  { input, column }: { readonly input: number; readonly column: TrainingColumn },
  { rows, stride, codes }: CodedRows,
): void {
  if (column.kind === 'number') {
    for (const { at, cuts } of encoder.numbers[input] ?? []) {
      for (let row = 0; row < rows; row += 1) {
        codes[row * stride + at] = countNotAbove(cuts, column.values[row] ?? MISSING_NUMBER);
      }
    }
    return;
  }
  const bytes = column.categories.map((name) => encoder.categories[input]?.get(name) ?? []);
  for (let row = 0; row < rows; row += 1) {
    for (const { at, code } of bytes[column.codes[row] ?? -1] ?? []) {
      codes[row * stride + at] = code;
    }
  }
}

/** Adds every tree's leaf to the sums of rows `from` up to `to`: tree by tree over blocks. */
export function scoreBatch(
  forest: PackedForest,
  coded: CodedRows,
  into: { readonly sums: Int32Array; readonly from: number; readonly to: number },
): void {
  for (let start = into.from; start < into.to; start += BLOCK_ROWS) {
    const end = Math.min(into.to, start + BLOCK_ROWS);
    for (let t = 0; t < forest.trees; t += 1) {
      scoreBlock(forest, coded, { ...into, from: start, to: end, root: forest.roots[t] ?? 0 });
    }
  }
}

interface Block {
  readonly sums: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly root: number;
}

/** One tree over a block: four rows walk at once, for one alone would wait for memory. */
function scoreBlock(forest: PackedForest, coded: CodedRows, block: Block): void {
  const { nodes, meansPpm: means, offset } = forest;
  const { codes, stride } = coded;
  const { sums, to, root } = block;
  let row = block.from;
  for (; row + 3 < to; row += 4) {
    const a = row * stride + offset;
    const b = a + stride;
    const c = b + stride;
    const d = c + stride;
    let i = 0;
    let j = 0;
    let k = 0;
    let l = 0;
    for (;;) {
      const v = nodes[root + i] ?? 0;
      const w = nodes[root + j] ?? 0;
      const x = nodes[root + k] ?? 0;
      const y = nodes[root + l] ?? 0;
      const i2 = (v >>> 16) + ((((v >>> 8) & 255) - (codes[a + (v & 255)] ?? 0)) >>> 31);
      const j2 = (w >>> 16) + ((((w >>> 8) & 255) - (codes[b + (w & 255)] ?? 0)) >>> 31);
      const k2 = (x >>> 16) + ((((x >>> 8) & 255) - (codes[c + (x & 255)] ?? 0)) >>> 31);
      const l2 = (y >>> 16) + ((((y >>> 8) & 255) - (codes[d + (y & 255)] ?? 0)) >>> 31);
      if (((i ^ i2) | (j ^ j2) | (k ^ k2) | (l ^ l2)) === 0) break;
      i = i2;
      j = j2;
      k = k2;
      l = l2;
    }
    sums[row] = (sums[row] ?? 0) + (means[root + i] ?? 0);
    sums[row + 1] = (sums[row + 1] ?? 0) + (means[root + j] ?? 0);
    sums[row + 2] = (sums[row + 2] ?? 0) + (means[root + k] ?? 0);
    sums[row + 3] = (sums[row + 3] ?? 0) + (means[root + l] ?? 0);
  }
  for (; row < to; row += 1) {
    const at = row * stride + offset;
    let node = 0;
    for (;;) {
      const v = nodes[root + node] ?? 0;
      const next = (v >>> 16) + ((((v >>> 8) & 255) - (codes[at + (v & 255)] ?? 0)) >>> 31);
      if (next === node) break;
      node = next;
    }
    sums[row] = (sums[row] ?? 0) + (means[root + node] ?? 0);
  }
}
