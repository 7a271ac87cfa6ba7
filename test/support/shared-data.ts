import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from '@jest/globals';

const CHECKOUT = resolve(import.meta.dirname, '../..');

/** The path of something among the shared data, which do not travel with the code, if present. */
export function sharedData(relative: string): string | undefined {
  const folder = process.env.NEXTBEST_SHARED ?? join(CHECKOUT, '..', 'shared');
  const path = resolve(folder, relative);
  return existsSync(path) ? path : undefined;
}

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
