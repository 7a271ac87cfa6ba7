/**
 * `npm run bench:ratio <commit>`: this tree beside another commit of it, in rounds that take
 * turns. `npm run bench:ratio -- --help` tells the options.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { argv, stderr, version } from 'node:process';
import { compareWith } from './compare-checkouts.ts';
import { readOptions } from './options.ts';
import { progress } from './progress.ts';
import { reportText } from './report.ts';
import { Interrupted, withScratch } from './scratch.ts';

const options = readOptions(argv);
const startedAt = new Date().toISOString();
try {
  const found = await withScratch('ratio', (scratch) =>
    compareWith(options, scratch, progress()),
  );
  const [, load = 0] = loadavg();
  const machine = { cores: availableParallelism(), model: cpus()[0]?.model, node: version, load };
  if (options.json !== undefined) {
    const report = { ...found, startedAt, options, machine };
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  console.log(reportText(found, machine));
  process.exit(0);
} catch (error) {
  stderr.write(`bench:ratio: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof Interrupted ? error.exitCode : 1);
}
