import { trainInWorkers } from '../adapters/training/train-in-workers.ts';
import type { Trainer } from '../app/ports/trainer.ts';

/** A trainer on so many threads of this machine, counted when a training begins. */
export function trainOnThreads(threads: () => number): Trainer {
  return (training, onProgress) =>
    trainInWorkers(training, { workers: threads(), ...(onProgress && { onProgress }) });
}
