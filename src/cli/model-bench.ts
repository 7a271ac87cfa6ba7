import type { TableReader } from '../app/ports/table-file.ts';
import type { Trainer } from '../app/ports/trainer.ts';

/** What work on forests needs, without any database. */
export interface ModelBench {
  readonly readTable: TableReader;
  readonly trainer: Trainer;
  /** Threads that the trainer takes. */
  readonly trainingThreads: () => number;
}
