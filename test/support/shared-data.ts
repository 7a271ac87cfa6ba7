import { describe, test } from '@jest/globals';
import { sharedData } from './shared-path.ts';

/** Describes tests that need shared data, given their paths in order, or says that it skips. */
export function describeWithShared(
  title: string,
  relatives: readonly string[],
  define: (...paths: string[]) => void,
): void {
  const paths = relatives.map(sharedData);
  const missing = relatives.filter((_, index) => paths[index] === undefined);
  if (missing.length === 0) {
    describe(title, () => define(...paths.filter((path) => path !== undefined)));
    return;
  }
  const reason = `no ${missing.join(', ')}: set NEXTBEST_SHARED`;
  process.stderr.write(`skipped: ${title}: ${reason}\n`);
  // What is skipped is not even defined, since defining may read the data.
  describe(title, () => test.skip(`everything (${reason})`, () => {}));
}
