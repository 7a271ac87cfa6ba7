import type { GrownTree } from '../../domain/forest.ts';

/** What a worker tells: each tree as it stands, then its share of the out-of-bag sums. */
export type WorkerMessage =
  | { readonly kind: 'TREE'; readonly tree: number; readonly grown: GrownTree | null }
  | {
      readonly kind: 'DONE';
      readonly sums: Float64Array;
      readonly trees: Uint32Array;
      readonly importances: Float64Array;
    };
