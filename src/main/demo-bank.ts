import { join } from 'node:path';
import { writeDemoExtract } from '../../seeds/demo/write-demo-extract.ts';
import type { DemoBank } from '../cli/demo-bank.ts';
import { ROOT } from './desk.ts';

const SEED = 1;

/** The demo bank as it is generated here: one seed, one first business date. */
export const demoBank: DemoBank = {
  mappingFile: join(ROOT, 'seeds/demo/mapping.json'),
  firstBusinessDate: '2026-06-30',
  async writeExtract(folder, options, onProgress) {
    await writeDemoExtract(folder, { seed: SEED, ...options }, ({ customersDone, customers }) =>
      onProgress?.({ done: customersDone, total: customers }),
    );
  },
};
