/**
 * `node write-extract.ts <checkout> <folder> <customers>`: writes a demo bank's extract by the
 * seeds of a checkout, and prints how many rows it has.
 */
import { join } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

const [root = '', folder = '', customers = ''] = argv.slice(2);
const seeds = pathToFileURL(join(root, 'seeds/demo/write-demo-extract.ts')).href;
const { writeDemoExtract }: typeof import('../../seeds/demo/write-demo-extract.ts') =
  await import(seeds);
const { files } = await writeDemoExtract(folder, {
  seed: 1,
  customers: Number(customers),
  businessDate: '2026-06-30',
});
console.log(Object.values(files).reduce((sum, rows) => sum + rows, 0));
