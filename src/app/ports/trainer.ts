import type {
  ForestSpec,
  TrainedForest,
  TrainingRefusal,
  TrainingTable,
} from '../../domain/forest.ts';
import type { Result } from '../../domain/result.ts';

/** Trains a forest, on as many threads as it was made for; the same bytes for any number. */
export type Trainer = (
  training: {
    readonly table: TrainingTable;
    readonly labels: Uint8Array;
    readonly spec: ForestSpec;
  },
  onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
) => Promise<Result<TrainedForest, TrainingRefusal>>;
