/**
 * `npm run rig:corpora`: offers every case of the hostile corpora at every door, and tells what
 * was taken, how long a case took at the longest, and how far memory grew.
 */
import { readCorpora } from '../../test/support/corpora.ts';
import { openDoors } from '../../test/support/doors.ts';
import { type Offered, offer, pollution } from '../../test/support/offer-corpora.ts';

const MOST_MS = 250;
const MOST_BYTES = 64 * 2 ** 20;

const corpora = readCorpora();
if (corpora === undefined) {
  console.log('skipped: no corpora: set NEXTBEST_SHARED');
  process.exit(0);
}
const { doors, close } = await openDoors();
const residentBytes = () => process.memoryUsage.rss();
// Once before it counts: what is compiled and cached at the first use is no growth.
for (const door of doors) for (const corpus of corpora) await offer(corpus, door);
const before = residentBytes();
let peak = before;
const all: Offered[] = [];
console.log(`| corpus | ${doors.map(({ name }) => name).join(' | ')} |`);
console.log(`|---|${doors.map(() => '---').join('|')}|`);
for (const corpus of corpora) {
  const row: Offered[] = [];
  for (const door of doors) {
    row.push(await offer(corpus, door));
    peak = Math.max(peak, residentBytes());
  }
  all.push(...row);
  const counts = row.map(({ accepted, cases }) => `${accepted} / ${cases - accepted}`);
  console.log(`| ${corpus.name}, ${corpus.cases.length} | ${counts.join(' | ')} |`);
}
await close();

const slowest = all.toSorted((a, b) => b.longestMs - a.longestMs).slice(0, 3);
for (const { corpus, door, longest, longestMs } of slowest) {
  console.log(`${longestMs.toFixed(0)} ms: ${corpus} ${longest} at ${door}`);
}
const grown = peak - before;
console.log(`memory: ${(grown / 2 ** 20).toFixed(1)} MiB more at most`);
const faults = all.flatMap(({ corpus, door, wrongly, crashed }) =>
  [...wrongly, ...crashed].map((one) => `${corpus} at ${door}: ${one}`),
);
for (const fault of faults) console.log(fault);
const left = pollution();
console.log(`${faults.length} wrongly taken or crashed, ${left.length} marks left behind`);
const isLate = slowest.some(({ longestMs }) => longestMs > MOST_MS);
process.exit(faults.length + left.length > 0 || isLate || grown > MOST_BYTES ? 1 : 0);
