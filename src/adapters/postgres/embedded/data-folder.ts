import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getuid } from 'node:process';
import { EmbeddedDatabaseError } from './embedded-error.ts';
import { canEnter, type ServerUser, serverUser } from './server-user.ts';

/** A data folder that exists and that the server's user can reach. */
export interface DataFolder {
  readonly folder: string;
  readonly clusterFolder: string;
  readonly user: ServerUser | undefined;
}

const ROOT = resolve(import.meta.dirname, '../../../..');

/**
 * The folder that is used when none is named: `.nextbest` in the checkout, and for root one
 * under /var/lib, since the server's user often cannot reach root's own folders.
 */
export function defaultDataFolder(): string {
  if (getuid?.() !== 0) return join(ROOT, '.nextbest');
  return join('/var/lib/nextbest', createHash('sha256').update(ROOT).digest('hex').slice(0, 8));
}

/** Creates the data folder where it is missing, or tells which folder to name instead. */
export function prepareDataFolder(named: string | undefined): DataFolder {
  const folder = resolve(named ?? defaultDataFolder());
  const clusterFolder = join(folder, 'postgres');
  const created = createFolder(folder);
  const user = serverUser(clusterFolder);
  if (user !== undefined && created !== undefined) chmodSync(folder, 0o711);
  if (canEnter(folder, user)) return { folder, clusterFolder, user };
  if (created !== undefined) rmSync(created, { recursive: true });
  throw unreachable(folder, user?.name ?? '');
}

function createFolder(folder: string): string | undefined {
  try {
    const created = mkdirSync(folder, { recursive: true, mode: 0o755 });
    accessSync(folder, constants.W_OK);
    return created;
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      'DATA_FOLDER_UNREACHABLE',
      `the data folder \`${folder}\` cannot be written: set NEXTBEST_DATA to one that can`,
      { cause },
    );
  }
}

function unreachable(folder: string, user: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'DATA_FOLDER_UNREACHABLE',
    `the data folder \`${folder}\` cannot be reached by user \`${user}\`, as whom the database ` +
      `server runs because root may not run it: set NEXTBEST_DATA to \`${defaultDataFolder()}\``,
  );
}
