import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedDatabaseError } from './embedded-error.ts';
import { isErrno } from './errno.ts';
import { processMark } from './process-mark.ts';

const WAIT_LIMIT_MS = 90_000;
const POLL_MS = 25;
const STEAL_AGE_MS = 10_000;

/** Runs an action while no other process holds the lock of the data folder. */
export async function withFolderLock<T>(folder: string, action: () => Promise<T>): Promise<T> {
  const file = join(folder, 'database.lock');
  await acquire(file);
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string): Promise<void> {
  const deadlineMs = performance.now() + WAIT_LIMIT_MS;
  while (!(await tryCreate(file))) {
    if (await isStale(file)) await removeStale(file);
    else if (performance.now() > deadlineMs) throw lockedError(file);
    else await sleep(POLL_MS);
  }
}

async function tryCreate(file: string): Promise<boolean> {
  try {
    await writeFile(file, `${pid} ${processMark(pid)}`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

/** An empty file is a holder between creating and writing: alive unless it stays so. */
async function isStale(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  if (text === '') return isOlderThan(file, STEAL_AGE_MS);
  const [holder, mark] = text.split(' ');
  return processMark(Number(holder)) !== mark;
}

/**
 * INVARIANT: a stale lock is removed by one process at a time and read again before, so that
 * nobody removes the lock that another has just taken in its place.
 */
async function removeStale(file: string): Promise<void> {
  const guard = `${file}.steal`;
  if (!(await tryCreate(guard))) {
    if (await isOlderThan(guard, STEAL_AGE_MS)) await rm(guard, { force: true });
    await sleep(POLL_MS);
    return;
  }
  try {
    if (await isStale(file)) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function isOlderThan(file: string, ageMs: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > ageMs;
}

function lockedError(file: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'DATA_FOLDER_LOCKED',
    `another process holds \`${file}\`: end it, or delete the file if no nextbest runs`,
  );
}
