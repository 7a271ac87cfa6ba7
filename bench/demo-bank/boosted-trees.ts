import type { TrainingColumn, TrainingTable } from '../../src/domain/forest.ts';
import { chooseEdges, countNotAbove } from '../../src/engine/propensity/scoring/bin-edges.ts';

const ROUNDS = 300;
const RATE = 0.05;
const LEAVES = 24;
const LEAST_ROWS = 40;
const BINS = 64;
const COLUMN_SHARE = 0.5;
const ROW_SHARE = 0.6;

interface Split {
  readonly column: number;
  readonly bin: number;
  readonly gain: number;
}

/**
 * What can be known of a number from a table: boosted regression trees, learnt on some rows and
 * told for all. No forest of the product is grown so; it is a second opinion on what its columns
 * hold when the number itself is shown and not the coin that was tossed by it.
 */
export function regress(
  table: TrainingTable,
  target: Float64Array,
  learn: (row: number) => boolean,
): Float64Array {
  const codes = table.columns.map(codesOf);
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row).filter(learn);
  const mean = rows.reduce((sum, row) => sum + (target[row] ?? 0), 0) / rows.length;
  const told = new Float64Array(table.rows).fill(mean);
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  let state = 1;
  const draw = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  const left = new Float64Array(table.rows);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const row of rows) left[row] = (target[row] ?? 0) - (told[row] ?? 0);
    const sample = rows.filter(() => draw() < ROW_SHARE);
    const columns = codes.map((_, column) => column).filter(() => draw() < COLUMN_SHARE);
    growTree({ codes, columns, left }, { sample, all }, (row, value) => {
      told[row] = (told[row] ?? 0) + RATE * value;
    });
  }
  return told;
}

function codesOf(column: TrainingColumn): Uint8Array {
  if (column.kind === 'category') return Uint8Array.from(column.codes, (code) => code + 1);
  const edges = chooseEdges(column.values, BINS);
  return Uint8Array.from(column.values, (value) => countNotAbove(edges, value));
}

interface Data {
  readonly codes: readonly Uint8Array[];
  readonly columns: readonly number[];
  readonly left: Float64Array;
}

interface Leaf {
  readonly sample: Int32Array;
  readonly all: Int32Array;
  readonly split: Split | undefined;
}

/** Splits the leaf that gains most until there are enough; `all` are carried along to be told. */
function growTree(
  data: Data,
  root: Pick<Leaf, 'sample' | 'all'>,
  tell: (row: number, value: number) => void,
): void {
  const leafOf = (of: Pick<Leaf, 'sample' | 'all'>): Leaf => ({
    ...of,
    split: bestSplit(data, of.sample),
  });
  const leaves: Leaf[] = [leafOf(root)];
  while (leaves.length < LEAVES) {
    let best = -1;
    for (const [at, { split }] of leaves.entries()) {
      if (split !== undefined && split.gain > (leaves[best]?.split?.gain ?? 0)) best = at;
    }
    const leaf = leaves[best];
    if (leaf?.split === undefined) break;
    const { column, bin } = leaf.split;
    const code = data.codes[column] ?? new Uint8Array(0);
    const below = (row: number) => (code[row] ?? 0) <= bin;
    const above = (row: number) => !below(row);
    leaves[best] = leafOf({ sample: leaf.sample.filter(below), all: leaf.all.filter(below) });
    leaves.push(leafOf({ sample: leaf.sample.filter(above), all: leaf.all.filter(above) }));
  }
  for (const { sample, all } of leaves) {
    const value = sample.reduce((sum, row) => sum + (data.left[row] ?? 0), 0) / sample.length;
    for (const row of all) tell(row, value);
  }
}

function bestSplit({ codes, columns, left }: Data, sample: Int32Array): Split | undefined {
  let total = 0;
  for (const row of sample) total += left[row] ?? 0;
  let best: Split | undefined;
  const sums = new Float64Array(256);
  const counts = new Int32Array(256);
  for (const column of columns) {
    const code = codes[column] ?? new Uint8Array(0);
    sums.fill(0);
    counts.fill(0);
    for (const row of sample) {
      const bin = code[row] ?? 0;
      sums[bin] = (sums[bin] ?? 0) + (left[row] ?? 0);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    let sum = 0;
    let count = 0;
    for (let bin = 0; bin < 255; bin += 1) {
      sum += sums[bin] ?? 0;
      count += counts[bin] ?? 0;
      const rest = sample.length - count;
      if (count < LEAST_ROWS || rest < LEAST_ROWS) continue;
      const gain =
        (sum * sum) / count + (total - sum) ** 2 / rest - (total * total) / sample.length;
      if (gain > (best?.gain ?? 0)) best = { column, bin, gain };
    }
  }
  return best;
}
