/**
 * Memory of a service over many decisions: `node scripts/launch.mjs
 * bench/http/memory-growth.ts <url> <token> [decisions] [customers]`.
 */
import { argv } from 'node:process';
import { createAsker } from './asking.ts';
import { serviceFigures } from './service-figures.ts';

const [url = 'http://127.0.0.1:4000', token = '', ...numbers] = argv.slice(2);
const [decisions = 20_000, customers = 1_000] = numbers.map(Number);
const CLIENTS = 16;
const STEPS = 8;

const ask = createAsker({ url, token, customers });
let asked = 0;
let failed = 0;
for (let step = 0; step <= STEPS; step += 1) {
  await askUntil((decisions * step) / STEPS);
  const { residentBytes, heapBytes } = await serviceFigures(url);
  const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  console.log(`${asked} decisions: resident ${mb(residentBytes)}, heap ${mb(heapBytes)}`);
}
console.log(`failed: ${failed}`);
process.exit(failed === 0 ? 0 : 1);

async function askUntil(most: number): Promise<void> {
  const client = async () => {
    while (asked < most) {
      asked += 1;
      if (!(await ask(asked))) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}
