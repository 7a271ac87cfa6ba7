import type { TrainingMemory } from '../../../domain/card-parts.ts';
import { DEFAULT_FOREST_PLAN } from '../../../domain/forest.ts';
import type { ReadSoFar } from '../../ports/table-file.ts';
import { DEFAULT_MEMORY_BYTES, estimateMemory, megabytes } from '../training/training-memory.ts';
import { triedLeaves } from '../training/tune-forest.ts';
import type { EvaluationPlan, EvaluationRefusal } from './evaluation.ts';

/** The program, and what it leaves unswept: a small table has as much of that as a large one. */
const PROGRAM_BYTES = 400_000_000;
/** A cell as a number, of all rows and again of a part, and its byte in training. */
const CELL_BYTES = 18;
/** The texts of one column, while it is read. */
const TEXT_BYTES = 100;
/** Orders, scores and sums of a row that is judged; again for every seed until it is swept. */
const JUDGED_BYTES = 150;
/** Seeds, or tried settings, whose rest may lie unswept. */
const MOST_UNSWEPT = 10;
/** A node as it grows, is kept and is packed. */
const NODE_BYTES = 60;
/** A thread by itself. */
const THREAD_BYTES = 16_000_000;

/** An evaluation's size: all rows of the table, and those that train or test. */
export interface EvaluationSize {
  readonly tableRows: number;
  readonly rows: number;
  readonly features: number;
  readonly heldBytes: number;
  readonly trees: number;
  readonly minimumLeaf: number;
  readonly seeds: number;
  readonly tune: boolean;
}

/** What an evaluation may take, and over how many threads. */
export interface EvaluationBound {
  readonly threads?: number;
  readonly memoryBytes?: number;
}

/**
 * What an evaluation needs at most, from its size alone; predictions take nothing, since they are
 * told as they come. The constants were set so that nothing measured took more than was stated
 * over two threads, 20 trees, leaf 16. Stated and taken, in MB: 20,000 rows of 20 features 456 and
 * 342, 100,000 of 20 547 and 469, of these 8 seeds 652 and 499, 300,000 of 20 777 and 654, 100,000
 * of 200 digits 879 and 727, Hillstrom with 40 seeds 564 and 480, bank-full tuned 537 and 424.
 */
export function evaluationMemory(size: EvaluationSize): TrainingMemory {
  const { tableRows, rows, features, heldBytes, trees, tune } = size;
  const minimumLeaf = Math.max(1, Math.min(size.minimumLeaf, ...(tune ? triedLeaves(rows) : [])));
  const unswept = tune ? MOST_UNSWEPT : Math.min(MOST_UNSWEPT, size.seeds);
  const nodes = Math.min(2 * Math.floor(rows / minimumLeaf) + 3, 65_537);
  const { bytesPerThread } = estimateMemory({ rows, features, spec: { trees, minimumLeaf } });
  return {
    estimatedBytes:
      PROGRAM_BYTES +
      heldBytes +
      tableRows * (features * CELL_BYTES + TEXT_BYTES) +
      rows * JUDGED_BYTES * unswept +
      nodes * trees * NODE_BYTES,
    bytesPerThread: bytesPerThread + THREAD_BYTES,
  };
}

/** Why an evaluation may not go on for its size, or null. */
export function refuseEvaluation(
  size: EvaluationSize,
  { threads = 1, memoryBytes = DEFAULT_MEMORY_BYTES }: EvaluationBound,
): EvaluationRefusal | null {
  const { estimatedBytes, bytesPerThread } = evaluationMemory(size);
  const needed = estimatedBytes + Math.max(1, threads) * bytesPerThread;
  if (needed <= memoryBytes) return null;
  const withOne = evaluationMemory({ ...size, trees: 1 }).estimatedBytes;
  const byTrees = estimatedBytes - withOne > needed / 2;
  const what = `${size.rows} rows of ${size.features} features, ${size.trees} trees, over`;
  const message =
    `${what} ${threads} threads need about ${megabytes(needed)}, and ` +
    `${megabytes(memoryBytes)} may be taken: raise \`--memory-mb\`, or ` +
    (byTrees ? 'give fewer `--trees` or a larger `--leaf`' : 'give fewer rows or columns');
  return { code: 'TOO_MUCH_MEMORY', column: byTrees ? 'trees' : 'rows', message };
}

/** What is known of an evaluation before its table is read. */
interface Announced {
  readonly ignore: readonly string[];
  readonly plan: EvaluationPlan;
  readonly seeds: readonly number[];
  readonly tune: boolean;
  /** Rows that the split names; null where all train. */
  readonly splitRows: number | null;
}

/** The size of an evaluation by what was read so far, before any column is understood. */
export function sizeSoFar(announced: Announced, soFar: ReadSoFar): EvaluationSize {
  const { plan, splitRows, ignore, seeds, tune } = announced;
  return {
    tableRows: soFar.rows,
    rows: Math.min(soFar.rows, splitRows ?? soFar.rows),
    features: Math.max(1, soFar.columns - 1 - new Set(ignore).size),
    heldBytes: soFar.heldBytes,
    trees: plan.trees ?? DEFAULT_FOREST_PLAN.trees,
    minimumLeaf: plan.minimumLeaf,
    seeds: seeds.length,
    tune,
  };
}
