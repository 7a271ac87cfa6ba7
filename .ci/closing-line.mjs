/** Prints `N passed, N failed` from Jest's results, failed steps counted in, and ends likewise. */
import { readFileSync } from 'node:fs';

const [file, failedSteps] = process.argv.slice(2);
const results = read(file);
const passed = results.numPassedTests ?? 0;
const broken = (results.numFailedTests ?? 0) + (results.numRuntimeErrorTestSuites ?? 0);
// Broken tests fail their step too: they count as themselves, not once more as a step.
const counted = broken + Number(failedSteps) - (broken > 0 ? 1 : 0);
const failed = passed === 0 ? Math.max(counted, 1) : counted;

process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}
