import type {
  ForestSpec,
  TrainedForest,
  TrainingRefusal,
  TrainingTable,
} from '../../domain/forest.ts';
import type { Result } from '../../domain/result.ts';

/** A training that ended before its forest was whole; nothing of it is left. */
export class TrainingStopped extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TrainingStopped';
  }
}

/**
 * Trains a forest, on as many threads as it was made for; the same bytes for any number. Throws
 * `TrainingStopped` when a thread dies.
 */
export type Trainer = (
  training: {
    readonly table: TrainingTable;
    readonly labels: Uint8Array;
    readonly spec: ForestSpec;
  },
  onProgress?: (progress: { readonly done: number; readonly total: number }) => void,
) => Promise<Result<TrainedForest, TrainingRefusal>>;
