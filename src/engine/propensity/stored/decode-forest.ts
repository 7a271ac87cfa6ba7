import {
  type Forest,
  type ForestFeature,
  type ForestRefusal,
  type ForestTree,
  LEAF_COLUMN,
  MOST_CUTS,
  MOST_NODES,
} from '../../../domain/forest.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import { layOutColumns } from '../column-layout.ts';
import { rightChildren, sumRows } from '../tree-shape.ts';
import { checksum } from './checksum.ts';
import { FOREST_FORMAT, FOREST_MAGIC } from './forest-bytes.ts';
import { isRecord, readFeatures, readSpec, refusal } from './forest-parts.ts';

/** Reads what `encodeForest` wrote; refuses anything else, naming the place. */
export function decodeForest(bytes: Uint8Array): Result<Forest, ForestRefusal> {
  const damage = refuseFrame(bytes);
  if (damage !== null) return refuse(damage);
  const headerEnd = 16 + viewOf(bytes).getUint32(12, true);
  const header = readHeader(bytes.subarray(16, headerEnd));
  if (!header.ok) return header;
  const cuts = readCuts(bytes, headerEnd, header.value.cuts);
  if (!cuts.ok) return cuts;
  const at = headerEnd + 8 * sumOf(header.value.cuts);
  const trees = readTrees(bytes, at, { nodes: header.value.nodes, cuts: cuts.value });
  if (!trees.ok) return trees;
  const { features, spec } = header.value;
  return ok({ features, spec, cuts: cuts.value, trees: trees.value });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function refuseFrame(bytes: Uint8Array): ForestRefusal | null {
  const magic = new TextEncoder().encode(FOREST_MAGIC);
  if (bytes.length < 20 || magic.some((byte, k) => bytes[k] !== byte)) {
    return refusal('FOREIGN', 'byte 0', 'these bytes hold no forest of ours; import its JSON');
  }
  const view = viewOf(bytes);
  const format = view.getUint32(8, true);
  if (format !== FOREST_FORMAT) {
    const message = `format ${format} is not known; this engine reads ${FOREST_FORMAT}`;
    return refusal('UNKNOWN_VERSION', 'byte 8', message);
  }
  const end = bytes.length - 4;
  if (view.getUint32(end, true) !== checksum(bytes.subarray(0, end))) {
    const message = 'the checksum does not match; the bytes are damaged, read them again';
    return refusal('CORRUPT', `byte ${end}`, message);
  }
  const headerEnd = 16 + view.getUint32(12, true);
  if (headerEnd > end)
    return refusal('CORRUPT', 'byte 12', 'the header is longer than the bytes');
  return null;
}

interface Header {
  readonly features: readonly ForestFeature[];
  readonly spec: Forest['spec'];
  readonly cuts: readonly number[];
  readonly nodes: readonly number[];
}

function readHeader(bytes: Uint8Array): Result<Header, ForestRefusal> {
  const json = parse(bytes);
  if (!isRecord(json)) return refuse(refusal('CORRUPT', 'byte 16', 'the header is no object'));
  const features = readFeatures(json.features, 'header/features');
  if (!features.ok) return features;
  const spec = readSpec(json.spec, 'header/spec');
  if (!spec.ok) return spec;
  const { columns } = layOutColumns(features.value);
  const { cuts, nodes } = json;
  if (!areCounts(cuts, 0, MOST_CUTS) || cuts.length !== columns) {
    const message = `give the number of cuts of ${columns} columns, each up to ${MOST_CUTS}`;
    return refuse(refusal('CORRUPT', 'header/cuts', message));
  }
  if (!areCounts(nodes, 1, MOST_NODES) || nodes.length === 0) {
    const message = `give the number of nodes of each tree, 1 to ${MOST_NODES}`;
    return refuse(refusal('CORRUPT', 'header/nodes', message));
  }
  return ok({ features: features.value, spec: spec.value, cuts, nodes });
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function areCounts(value: unknown, least: number, most: number): value is readonly number[] {
  return (
    Array.isArray(value) && value.every((n) => Number.isInteger(n) && n >= least && n <= most)
  );
}

function readCuts(
  bytes: Uint8Array,
  start: number,
  counts: readonly number[],
): Result<readonly Float64Array[], ForestRefusal> {
  const truncated = refuse(refusal('CORRUPT', `byte ${start}`, 'the cuts are cut off'));
  if (start + 8 * sumOf(counts) > bytes.length - 4) return truncated;
  const view = viewOf(bytes);
  const cuts: Float64Array[] = [];
  let at = start;
  for (const count of counts) {
    const column = Float64Array.from({ length: count }, (_, k) =>
      view.getFloat64(at + 8 * k, true),
    );
    const bad = column.findIndex((cut, k) => !isNext(column[k - 1], cut));
    if (bad >= 0) {
      const message = 'cuts are finite and ascending';
      return refuse(refusal('CORRUPT', `byte ${at + 8 * bad}`, message));
    }
    cuts.push(column);
    at += 8 * count;
  }
  return ok(cuts);
}

function isNext(previous: number | undefined, cut: number): boolean {
  return Number.isFinite(cut) && (previous === undefined || previous < cut);
}

interface Layout {
  readonly nodes: readonly number[];
  readonly cuts: readonly Float64Array[];
}

function readTrees(
  bytes: Uint8Array,
  start: number,
  { nodes, cuts }: Layout,
): Result<readonly ForestTree[], ForestRefusal> {
  const total = sumOf(nodes);
  const inner = (total - nodes.length) / 2;
  const meansAt = start + total + inner;
  const rowsAt = meansAt + 3 * total;
  const corrupt = (at: number, message: string) =>
    refuse(refusal('CORRUPT', `byte ${at}`, message));
  if (rowsAt + inner + nodes.length > bytes.length - 4)
    return corrupt(start, 'nodes are cut off');
  const trees: ForestTree[] = [];
  const at = { column: start, cut: start + total, mean: meansAt, row: rowsAt };
  for (const [t, count] of nodes.entries()) {
    const columns = bytes.slice(at.column, at.column + count);
    const right = rightChildren(columns);
    if (right === null) return corrupt(at.column, `the nodes of tree ${t} are no whole tree`);
    const tree = {
      columns,
      cuts: new Uint8Array(count),
      meansPpm: new Int32Array(count),
      rows: new Int32Array(count),
    };
    const bad = fillTree(bytes, at, { tree, cuts });
    if (bad !== null) return corrupt(bad, `a node of tree ${t} does not fit its column or range`);
    sumRows(columns, right, tree.rows);
    trees.push(tree);
    at.column += count;
  }
  if (at.row !== bytes.length - 4) return corrupt(at.row, 'the bytes go on after the last tree');
  return ok(trees);
}

interface Cursor {
  column: number;
  cut: number;
  mean: number;
  row: number;
}

interface Filling {
  readonly tree: ForestTree;
  readonly cuts: readonly Float64Array[];
}

/** Reads the nodes of one tree and moves the cursor; the place of the first that is wrong. */
function fillTree(bytes: Uint8Array, at: Cursor, { tree, cuts }: Filling): number | null {
  for (let node = 0; node < tree.columns.length; node += 1) {
    const low = (bytes[at.mean] ?? 0) | ((bytes[at.mean + 1] ?? 0) << 8);
    const mean = low | ((bytes[at.mean + 2] ?? 0) << 16);
    if (mean > 1_000_000) return at.mean;
    tree.meansPpm[node] = mean;
    at.mean += 3;
    const column = tree.columns[node] ?? LEAF_COLUMN;
    if (column === LEAF_COLUMN) {
      const from = at.row;
      const count = readCount(bytes, at);
      if (count < 1) return from;
      tree.rows[node] = count;
      continue;
    }
    const cut = bytes[at.cut] ?? 0;
    if (cut >= (cuts[column]?.length ?? 0)) return at.cut;
    tree.cuts[node] = cut;
    at.cut += 1;
  }
  return null;
}

/** A whole number below 2^31, seven bits a byte; -1 if it is none. */
function readCount(bytes: Uint8Array, at: Cursor): number {
  let count = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    if (at.row >= bytes.length - 4) return -1;
    const byte = bytes[at.row] ?? 0;
    at.row += 1;
    count += (byte & 127) * 2 ** shift;
    if (byte < 128) return count < 2 ** 31 && (byte > 0 || shift === 0) ? count : -1;
  }
  return -1;
}
