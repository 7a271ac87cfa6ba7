import { env } from 'node:process';
import { readTable } from '../adapters/extracts/table-file.ts';
import type { Evaluating } from '../cli/evaluating.ts';
import { readConfig } from './config.ts';
import { trainOnThreads } from './train-on-threads.ts';

const trainingThreads = () => readConfig(env).trainingWorkers;

/** Training on this machine's threads, tables from its files. */
export const evaluating: Evaluating = {
  readTable,
  trainingThreads,
  trainer: trainOnThreads(trainingThreads),
};
