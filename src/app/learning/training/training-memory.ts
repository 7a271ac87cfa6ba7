import type { TrainingMemory } from '../../../domain/card-parts.ts';
import { type ForestSpec, MOST_NODES, type TrainingRefusal } from '../../../domain/forest.ts';
import { LOCAL_ROWS } from '../../../laboratory/training/tree-scratch.ts';

/** What a training may take unless its caller says otherwise. */
export const DEFAULT_MEMORY_BYTES = 4_000_000_000;

/** Room for the program itself, the database's answers and what the machine adds. */
const BASE_BYTES = 200_000_000;
/** A number in a gathered column, which is twice as wide as full while it grows. */
const GATHERED_BYTES = 16;
/** Label, day, origin and groups of a gathered row. */
const GATHERED_REST_BYTES = 60;
/** A cell's copies while a part of the rows is trained on: number and byte, twice. */
const TRAINED_BYTES = 18;
/** Out-of-bag sums, scores and orders of a row while it is judged. */
const JUDGED_BYTES = 120;
/** Weights, places and sums a row that each thread has of its own. */
const THREAD_ROW_BYTES = 30;
/** A node as it grows, as it is kept, and as it is packed. */
const NODE_BYTES = 60;

/** A training's size before it begins. */
interface TrainingSize {
  readonly rows: number;
  readonly features: number;
  readonly spec: Pick<ForestSpec, 'trees' | 'minimumLeaf'>;
}

/** What a training needs at most, from its size alone: the same on every machine. */
export function estimateMemory({ rows, features, spec }: TrainingSize): TrainingMemory {
  const gathered = gatheredBytes({ rows, features });
  const trained = rows * (features * TRAINED_BYTES + JUDGED_BYTES);
  const leaf = Math.max(1, spec.minimumLeaf);
  const nodes = Math.min(2 * Math.floor(rows / leaf) + 3, MOST_NODES + 2);
  const forest = nodes * spec.trees * NODE_BYTES;
  const copied = Math.min(rows, LOCAL_ROWS) * (features + 8);
  return {
    estimatedBytes: BASE_BYTES + gathered + trained + forest,
    bytesPerThread: rows * THREAD_ROW_BYTES + copied + nodes * 14,
  };
}

/** What the rows of a forest take while those of others are gathered or trained on. */
export function gatheredBytes({ rows, features }: Omit<TrainingSize, 'spec'>): number {
  return rows * (features * GATHERED_BYTES + GATHERED_REST_BYTES);
}

/** What a training is held to. */
export interface MemoryBound {
  readonly threads: number;
  readonly boundBytes: number;
  /** What is kept besides: rows of other forests. */
  readonly besidesBytes: number;
}

/** Bytes that a training needs in all. */
export function neededBytes(size: TrainingSize, bound: Omit<MemoryBound, 'boundBytes'>): number {
  const { estimatedBytes, bytesPerThread } = estimateMemory(size);
  return estimatedBytes + Math.max(1, bound.threads) * bytesPerThread + bound.besidesBytes;
}

/** Why a training may not begin for its size, or null. */
export function refuseMemory(size: TrainingSize, bound: MemoryBound): TrainingRefusal | null {
  const needed = neededBytes(size, bound);
  if (needed <= bound.boundBytes) return null;
  const what = `${size.rows} rows of ${size.features} features over ${bound.threads} threads`;
  const message =
    `${what} need about ${megabytes(needed)}, and ${megabytes(bound.boundBytes)} may be ` +
    'taken: raise `--memory-mb`, or train on fewer rows or features';
  return { code: 'TOO_MUCH_MEMORY', column: 'rows', message };
}

/** Bytes in words. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}
