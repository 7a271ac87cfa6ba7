import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const CHECKOUT = resolve(import.meta.dirname, '../..');

/** The path of something among the shared data, which do not travel with the code, if present. */
export function sharedData(relative: string): string | undefined {
  const folder = process.env.NEXTBEST_SHARED ?? join(CHECKOUT, '..', 'shared');
  const path = resolve(folder, relative);
  return existsSync(path) ? path : undefined;
}
