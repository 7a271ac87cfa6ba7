import {
  type Forest,
  type ForestRefusal,
  type ForestSet,
  type ForestTree,
  LEAF_COLUMN,
  MOST_CUTS,
  MOST_NODES,
  type PackedForest,
} from '../../../domain/forest.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import { layOutColumns } from '../column-layout.ts';
import { refusal } from '../stored/forest-parts.ts';
import { rightChildren } from '../tree-shape.ts';
import { makeEncoder } from './row-encoder.ts';

/** One value of a row, or one category of it, that forests compare with cuts. */
interface CodeColumn {
  readonly name: string;
  /** The category for which the column is 1; null for a number. */
  readonly category: string | null;
}

/** Forests that share their codes: the union of their columns and of their cuts fits a byte. */
interface Group {
  readonly keys: Map<string, number>;
  readonly columns: CodeColumn[];
  readonly cuts: Float64Array[];
  readonly members: number[];
}

/**
 * Lays forests out for scoring. Their columns are united by name, and their cuts by value, so that
 * a row is coded once; forests whose cuts together pass what a byte holds get codes of their own.
 */
export function packForests(forests: readonly Forest[]): Result<ForestSet, ForestRefusal> {
  const clash = refuseKinds(forests);
  if (clash !== null) return refuse(clash);
  const groups: Group[] = [];
  forests.forEach((forest, f) => {
    const columns = columnsOf(forest);
    if (!groups.some((group) => join(group, { forest, columns, member: f }))) {
      const group: Group = { keys: new Map(), columns: [], cuts: [], members: [] };
      join(group, { forest, columns, member: f });
      groups.push(group);
    }
  });
  const packed: PackedForest[] = [];
  let offset = 0;
  for (const group of groups) {
    for (const member of group.members) {
      const forest = forests[member];
      if (forest === undefined) continue;
      const tree = forest.trees.findIndex(({ columns }) => rightChildren(columns) === null);
      if (tree >= 0)
        return refuse(refusal('CORRUPT', `/${member}/trees/${tree}`, 'no whole tree'));
      packed[member] = packForest(forest, group, offset);
    }
    offset += group.columns.length;
  }
  const { inputs, encoder } = makeEncoder(groups);
  return ok({ inputs, encoder, forests: packed });
}

function refuseKinds(forests: readonly Forest[]): ForestRefusal | null {
  const kinds = new Map<string, string>();
  for (const [f, { features }] of forests.entries()) {
    for (const [k, { name, kind }] of features.entries()) {
      const at = `/${f}/features/${k}`;
      if ((kinds.get(name) ?? kind) !== kind) {
        const message = `\`${name}\` is a ${kind} here and a ${kinds.get(name)} elsewhere`;
        return refusal('BAD_FEATURES', at, message);
      }
      kinds.set(name, kind);
    }
  }
  return null;
}

function columnsOf(forest: Forest): readonly CodeColumn[] {
  return forest.features.flatMap((feature): readonly CodeColumn[] =>
    feature.kind === 'number'
      ? [{ name: feature.name, category: null }]
      : feature.categories.map((category) => ({ name: feature.name, category })),
  );
}

function keyOf({ name, category }: CodeColumn): string {
  return JSON.stringify([name, category]);
}

interface Joining {
  readonly forest: Forest;
  readonly columns: readonly CodeColumn[];
  readonly member: number;
}

/** Adds a forest to a group if everything still fits; leaves the group as it was if not. */
function join(group: Group, { forest, columns, member }: Joining): boolean {
  const keys = columns.map(keyOf);
  const fresh = keys.filter((key) => !group.keys.has(key)).length;
  if (group.columns.length + fresh > LEAF_COLUMN) return false;
  const united = keys.map((key, c) => {
    const old = group.cuts[group.keys.get(key) ?? -1] ?? [];
    return Float64Array.from(new Set([...old, ...(forest.cuts[c] ?? [])])).toSorted();
  });
  if (united.some((cuts) => cuts.length > MOST_CUTS)) return false;
  columns.forEach((column, c) => {
    const key = keys[c] ?? '';
    const at = group.keys.get(key) ?? group.columns.length;
    group.keys.set(key, at);
    group.columns[at] = column;
    group.cuts[at] = united[c] ?? new Float64Array(0);
  });
  group.members.push(member);
  return true;
}

function packForest(forest: Forest, group: Group, offset: number): PackedForest {
  const nodes = forest.trees.reduce((sum, tree) => sum + tree.columns.length, 0);
  const packed = {
    trees: forest.trees.length,
    offset,
    nodes: new Int32Array(nodes),
    meansPpm: new Int32Array(nodes),
    roots: new Int32Array(forest.trees.length),
    features: forest.features.map(({ name }) => name),
    featureOf: new Uint8Array(group.columns.length),
  };
  const layout = layOutColumns(forest.features);
  const places = columnsOf(forest).map((column) => group.keys.get(keyOf(column)) ?? 0);
  places.forEach((place, c) => {
    packed.featureOf[place] = layout.featureOf[c] ?? 0;
  });
  const codes = forest.cuts.map((cuts, c) => {
    const united = group.cuts[places[c] ?? 0] ?? new Float64Array(0);
    return Uint8Array.from(cuts, (cut) => united.indexOf(cut));
  });
  let root = 0;
  forest.trees.forEach((tree, t) => {
    packed.roots[t] = root;
    packTree(tree, packed, { root, places, codes });
    root += tree.columns.length;
  });
  return packed;
}

interface Place {
  readonly root: number;
  /** For each column of the forest its place among the group's codes. */
  readonly places: readonly number[];
  /** For each column and cut of the forest the cut's number among the group's. */
  readonly codes: readonly Uint8Array[];
}

/** Pairs of siblings that fill a line of the cache. */
const PAIRS_A_LINE = 8;

/**
 * Siblings side by side, so that one step is an addition and no branch; and the subtrees that most
 * training rows passed through together in lines of the cache, so that a row touches few.
 */
function packTree(tree: ForestTree, packed: PackedForest, { root, places, codes }: Place): void {
  const { columns, rows } = tree;
  const right = rightChildren(columns) ?? new Int32Array(0);
  const size = columns.length;
  if (size > MOST_NODES) throw new RangeError(`a tree of ${size} nodes cannot be packed`);
  const placeOf = new Int32Array(size);
  const waiting = [0];
  const heads: number[] = [];
  let free = 1;
  for (let head = waiting.pop(); head !== undefined; head = waiting.pop()) {
    heads.length = 0;
    heads.push(head);
    for (let pairs = 0; pairs < PAIRS_A_LINE && heads.length > 0; ) {
      const from = takeHeaviest(heads, rows);
      const to = placeOf[from] ?? 0;
      const column = columns[from] ?? LEAF_COLUMN;
      packed.meansPpm[root + to] = tree.meansPpm[from] ?? 0;
      if (column === LEAF_COLUMN) {
        // A leaf is its own left child: no code exceeds 255, so it is never left again.
        packed.nodes[root + to] = (to << 16) | (255 << 8);
        continue;
      }
      const cut = codes[column]?.[tree.cuts[from] ?? 0] ?? 0;
      packed.nodes[root + to] = (free << 16) | (cut << 8) | (places[column] ?? 0);
      placeOf[from + 1] = free;
      placeOf[right[from] ?? 0] = free + 1;
      heads.push(from + 1, right[from] ?? 0);
      free += 2;
      pairs += 1;
    }
    while (heads.length > 0) waiting.push(takeLightest(heads, rows));
  }
}

function takeHeaviest(heads: number[], rows: Int32Array): number {
  let best = 0;
  for (let k = 1; k < heads.length; k += 1) {
    if ((rows[heads[k] ?? 0] ?? 0) > (rows[heads[best] ?? 0] ?? 0)) best = k;
  }
  return takeAt(heads, best);
}

/** Takes the lightest first, so that the heaviest stays on top of the stack. */
function takeLightest(heads: number[], rows: Int32Array): number {
  let best = 0;
  for (let k = 1; k < heads.length; k += 1) {
    if ((rows[heads[k] ?? 0] ?? 0) < (rows[heads[best] ?? 0] ?? 0)) best = k;
  }
  return takeAt(heads, best);
}

function takeAt(heads: number[], at: number): number {
  const taken = heads[at] ?? 0;
  const last = heads.pop() ?? 0;
  if (at < heads.length) heads[at] = last;
  return taken;
}
