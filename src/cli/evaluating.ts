import type { TableReader } from '../app/ports/table-file.ts';
import type { Trainer } from '../app/ports/trainer.ts';

/** What challenging the trainer with a table needs: no database. */
export interface Evaluating {
  readonly readTable: TableReader;
  readonly trainer: Trainer;
  /** Threads that the trainer takes. */
  readonly trainingThreads: () => number;
}
