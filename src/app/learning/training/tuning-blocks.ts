import type {
  ForestSpec,
  OutOfBag,
  TrainingRefusal,
  TrainingTable,
} from '../../../domain/forest.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Trainer } from '../../ports/trainer.ts';

/** A fifth of the trees is a block: two judge every setting, all five the last two settings. */
export const FIRST_BLOCKS = 2;
export const ALL_BLOCKS = 5;
const LEAST_BLOCK_TREES = 20;

/** Keeps the seeds of blocks apart from one another and from those that people give. */
const SEED_STEP = 0x9e37_79b9;

/** Trees of a block, for a forest of so many. */
export function blockTrees(trees: number): number {
  return Math.max(LEAST_BLOCK_TREES, Math.round(trees / ALL_BLOCKS));
}

/** What blocks of trees say out of bag: each by itself, told by a figure, and all together. */
export interface Blocks {
  readonly together: OutOfBag;
  readonly aucsPpm: readonly number[];
}

interface Growing {
  readonly table: TrainingTable;
  readonly labels: Uint8Array;
  readonly spec: ForestSpec;
  readonly trainer: Trainer;
  readonly aucOf: (block: OutOfBag) => number;
}

/** Grows what a setting lacks of so many blocks; the same block has the same seed everywhere. */
export async function growBlocks(
  { table, labels, spec, trainer, aucOf }: Growing,
  before: Blocks | undefined,
  until: number,
): Promise<Result<Blocks, TrainingRefusal>> {
  let { together, aucsPpm } = before ?? { together: nothing(table.rows), aucsPpm: [] };
  while (aucsPpm.length < until) {
    const seed = (spec.seed + SEED_STEP * (aucsPpm.length + 1)) >>> 0;
    const own = { ...spec, seed, trees: blockTrees(spec.trees) };
    const trained = await trainer({ table, labels, spec: own });
    if (!trained.ok) return trained;
    const { outOfBag } = trained.value;
    together = added(together, outOfBag);
    aucsPpm = [...aucsPpm, aucOf(outOfBag)];
  }
  return ok({ together, aucsPpm });
}

function nothing(rows: number): OutOfBag {
  return { sums: new Float64Array(rows), trees: new Uint32Array(rows) };
}

function added(one: OutOfBag, other: OutOfBag): OutOfBag {
  return {
    sums: one.sums.map((sum, row) => sum + (other.sums[row] ?? 0)),
    trees: one.trees.map((trees, row) => trees + (other.trees[row] ?? 0)),
  };
}
