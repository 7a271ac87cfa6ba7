import { type ForestRefusal, LEAF_COLUMN, MOST_DEPTH, MOST_NODES } from '../../domain/forest.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { isRecord, refusal } from '../../engine/propensity/stored/forest-parts.ts';
import { rightChildren, sumRows } from '../../engine/propensity/tree-shape.ts';

/** A tree with its thresholds as they were written. */
export interface ImportedTree {
  readonly columns: Uint8Array;
  readonly splits: Float64Array;
  readonly meansPpm: Int32Array;
  readonly rows: Int32Array;
}

interface ReadNode {
  readonly column: number;
  readonly split: number;
  readonly meanPpm: number | null;
  readonly rows: number;
}

interface Source {
  readonly root: unknown;
  /** The column of the table that each column of the tree is. */
  readonly indexes: readonly number[];
  readonly at: string;
}

/** Reads one tree, depth first and without recursion, so that no document exhausts the stack. */
export function importTree(source: Source): Result<ImportedTree, ForestRefusal> {
  const nodes: ReadNode[] = [];
  const waiting: { readonly json: unknown; readonly at: string; readonly depth: number }[] = [
    { json: source.root, at: source.at, depth: 0 },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (nodes.length === MOST_NODES) {
      const message = `a tree has at most ${MOST_NODES} nodes; train with larger leaves`;
      return refuse(refusal('TREE_TOO_LARGE', source.at, message));
    }
    if (next.depth > MOST_DEPTH) {
      const message = `a node lies ${next.depth} splits deep; at most ${MOST_DEPTH} are walked`;
      return refuse(refusal('TREE_TOO_DEEP', source.at, `${message}; train with a maxDepth`));
    }
    const read = readNode(next.json, source.indexes, next.at);
    if (!read.ok) return read;
    nodes.push(read.value.node);
    const { children } = read.value;
    if (children === null) continue;
    const depth = next.depth + 1;
    waiting.push({ json: children.right, at: `${next.at}/right`, depth });
    waiting.push({ json: children.left, at: `${next.at}/left`, depth });
  }
  return ok(columnsOf(nodes));
}

interface Read {
  readonly node: ReadNode;
  readonly children: { readonly left: unknown; readonly right: unknown } | null;
}

function readNode(
  json: unknown,
  indexes: readonly number[],
  at: string,
): Result<Read, ForestRefusal> {
  if (!isRecord(json)) return refuse(refusal('BAD_NODE', at, 'a node is an object'));
  const { left, right, distribution, splitColumn, splitValue, mean, n } = json;
  if (n !== undefined && !isCount(n)) {
    return refuse(refusal('BAD_NODE', `${at}/n`, 'rows are a whole number of at least 1'));
  }
  const rows = isCount(n) ? n : 1;
  if (distribution !== undefined) {
    if (!isShare(distribution)) {
      const message = 'a leaf holds a probability from 0 to 1; train on 0 and 1';
      return refuse(refusal('BAD_NODE', `${at}/distribution`, message));
    }
    const meanPpm = Math.round(distribution * 1_000_000);
    return ok({ node: { column: LEAF_COLUMN, split: 0, meanPpm, rows }, children: null });
  }
  const column = typeof splitColumn === 'number' ? indexes[splitColumn] : undefined;
  if (column === undefined) {
    const message = `\`${String(splitColumn)}\` is not among the ${indexes.length} columns`;
    return refuse(refusal('BAD_NODE', `${at}/splitColumn`, message));
  }
  if (typeof splitValue !== 'number' || !Number.isFinite(splitValue)) {
    return refuse(refusal('BAD_NODE', `${at}/splitValue`, 'a threshold is a finite number'));
  }
  if (mean !== undefined && !isShare(mean)) {
    return refuse(refusal('BAD_NODE', `${at}/mean`, 'a mean is a probability from 0 to 1'));
  }
  const meanPpm = isShare(mean) ? Math.round(mean * 1_000_000) : null;
  // -0 and 0 part rows alike, and must not count as two cuts.
  return ok({
    node: { column, split: splitValue + 0, meanPpm, rows },
    children: { left, right },
  });
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value < 2 ** 31;
}

/** A document that leaves out the means of inner nodes gets them from its leaves. */
function columnsOf(nodes: readonly ReadNode[]): ImportedTree {
  const columns = Uint8Array.from(nodes, (node) => node.column);
  const right = rightChildren(columns) ?? new Int32Array(columns.length);
  const rows = Int32Array.from(nodes, (node) => node.rows);
  sumRows(columns, right, rows);
  const meansPpm = new Int32Array(nodes.length);
  for (let node = nodes.length - 1; node >= 0; node -= 1) {
    const given = nodes[node]?.meanPpm ?? null;
    const [l, r] = [node + 1, right[node] ?? 0];
    const [lRows, rRows] = [rows[l] ?? 0, rows[r] ?? 0];
    const sum = (meansPpm[l] ?? 0) * lRows + (meansPpm[r] ?? 0) * rRows;
    meansPpm[node] = given ?? Math.round(sum / (lRows + rRows));
  }
  return { columns, splits: Float64Array.from(nodes, (node) => node.split), meansPpm, rows };
}
