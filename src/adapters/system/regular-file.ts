import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';

/** What a path leads to that is not read: it is told by its `message`, without the path. */
export class NotRegular extends Error {
  readonly isOutside: boolean;

  constructor(what: string, isOutside = false) {
    super(what);
    this.name = 'NotRegular';
    this.isOutside = isOutside;
  }
}

/** A file with more bytes than its reader takes. */
export class TooManyBytes extends Error {
  readonly bytes: number;

  constructor(bytes: number) {
    super(`it has ${bytes} bytes`);
    this.name = 'TooManyBytes';
    this.bytes = bytes;
  }
}

/**
 * Opens a regular file to be read, by a path that somebody named. It never waits, as a pipe would
 * make who opens it, and opens no device. Throws {@link NotRegular}.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  refuseOthers(await stat(path));
  return held(await open(path, READING), refuseOthers);
}

/**
 * Opens a regular file that lies in a folder, by itself or by a link within the folder. A link
 * that leads out is refused, and whatever took the place of the file meanwhile: what was opened is
 * held against what lies there. Throws {@link NotRegular}.
 */
export async function openInside(path: string): Promise<FileHandle> {
  const root = await realpath(dirname(path));
  const named = join(root, basename(path));
  const target = await targetOf(named);
  if (!target.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw new NotRegular('a link out of its folder', true);
  }
  const found = await lstat(target);
  refuseOthers(found);
  return held(await open(target, READING | NO_LINKS), async (opened) => {
    refuseOthers(opened);
    const isSame = opened.ino === found.ino && opened.dev === found.dev;
    if (!isSame || (await targetOf(named)) !== target) {
      throw new NotRegular('a file that was exchanged while it was read');
    }
  });
}

/** Reads all bytes of an opened file and closes it. Throws {@link TooManyBytes} beyond `most`. */
export async function readWhole(file: FileHandle, most: number): Promise<Buffer> {
  try {
    const { size } = await file.stat();
    if (size > most) throw new TooManyBytes(size);
    const pieces: Buffer[] = [];
    let length = 0;
    // To its end, for a file may grow while it is read, and some tell no size.
    for await (const piece of file.createReadStream({ autoClose: false, end: most })) {
      pieces.push(piece);
      length += piece.length;
    }
    if (length > most) throw new TooManyBytes(length);
    return Buffer.concat(pieces, length);
  } finally {
    await file.close();
  }
}

/** A pipe or a terminal is opened without waiting for anybody; Windows has no such flags. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
const NO_LINKS = constants.O_NOFOLLOW ?? 0;

/** Where a path leads; a link that leads nowhere leads out. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    if ((await lstat(path)).isSymbolicLink())
      throw new NotRegular('a link that leads nowhere', true);
    throw cause;
  }
}

async function held(
  file: FileHandle,
  check: (opened: Stats) => void | Promise<void>,
): Promise<FileHandle> {
  try {
    await check(await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

function refuseOthers(found: Stats): void {
  if (!found.isFile()) throw new NotRegular(kindOf(found));
}

/** What lies there in the place of a regular file, in words. */
export function kindOf(found: Stats): string {
  return KINDS.find(([, is]) => is(found))?.[0] ?? 'no regular file';
}

const KINDS: readonly (readonly [string, (found: Stats) => boolean])[] = [
  ['a folder', (found) => found.isDirectory()],
  ['a pipe', (found) => found.isFIFO()],
  ['a socket', (found) => found.isSocket()],
  ['a device', (found) => found.isCharacterDevice() || found.isBlockDevice()],
  ['a link', (found) => found.isSymbolicLink()],
];
