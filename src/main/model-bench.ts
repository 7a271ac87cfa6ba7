import { env } from 'node:process';
import { readTable } from '../adapters/extracts/table-file.ts';
import { trainInWorkers } from '../adapters/training/train-in-workers.ts';
import type { ModelBench } from '../cli/model-bench.ts';
import { readConfig } from './config.ts';

/** Training on this machine's threads, tables from its files. */
export const modelBench: ModelBench = {
  readTable,
  trainingThreads: () => readConfig(env).trainingWorkers,
  trainer: (training, onProgress) =>
    trainInWorkers(training, {
      workers: readConfig(env).trainingWorkers,
      ...(onProgress && { onProgress }),
    }),
};
