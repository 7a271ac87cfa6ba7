import { Buffer } from 'node:buffer';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import iconv from 'iconv-lite';
import {
  type ExtractFile,
  type ExtractFolder,
  type ExtractRow,
  type ExtractSource,
  type RowFormat,
  UnreadableFile,
} from '../../app/ports/extract.ts';
import { kindOf, openInside } from '../system/regular-file.ts';
import { rowReader } from './row-reader.ts';

const PIECE_BYTES = 262_144;

/** Extracts that lie in a folder of this machine. */
export const extractFolders: ExtractSource = { open: openFolder };

async function openFolder(folder: string): Promise<ExtractFolder | undefined> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined || !(await stat(root)).isDirectory()) return undefined;
  const files: ExtractFile[] = [];
  const escaping: string[] = [];
  const irregular: { name: string; what: string }[] = [];
  for (const name of (await readdir(root)).toSorted()) {
    const found = await inspect(root, name);
    if (found === 'ESCAPES') escaping.push(name);
    else if (found === 'FOLDER') continue;
    else if ('what' in found) irregular.push({ name, what: found.what });
    else files.push({ name, bytes: found.bytes });
  }
  const read = (file: ExtractFile, format: RowFormat, onBytes: (bytes: number) => void) =>
    readRows(join(root, file.name), { file, format, onBytes });
  const head = (file: ExtractFile, bytes: number) => readHead(join(root, file.name), file, bytes);
  return { files, escaping, irregular, head, read };
}

async function inspect(
  root: string,
  name: string,
): Promise<'ESCAPES' | 'FOLDER' | { readonly bytes: number } | { readonly what: string }> {
  const path = join(root, name);
  if ((await lstat(path)).isSymbolicLink()) {
    const target = await realpath(path).catch(() => undefined);
    if (target === undefined || !target.startsWith(root + sep)) return 'ESCAPES';
  }
  const found = await stat(path);
  if (found.isFile()) return { bytes: found.size };
  return found.isDirectory() ? 'FOLDER' : { what: kindOf(found) };
}

interface Reading {
  readonly file: ExtractFile;
  readonly format: RowFormat;
  readonly onBytes: (bytesRead: number) => void;
}

async function* readRows(path: string, reading: Reading): AsyncGenerator<readonly ExtractRow[]> {
  const rows = rowReader(reading.format);
  const decoder = iconv.getDecoder(reading.format.encoding);
  const file = await opened(path, reading.file);
  const bytes = path.endsWith('.gz') ? unpacked(file) : file;
  let isFirst = true;
  try {
    for await (const piece of bytes) {
      const mark = isFirst ? markOf(piece) : undefined;
      if (mark !== undefined && mark !== reading.format.encoding) {
        yield [otherEncoding(mark, reading)];
        return;
      }
      isFirst = false;
      const batch = rows.push(decoder.write(piece));
      reading.onBytes(file.bytesRead);
      if (batch.length > 0) yield batch;
    }
  } catch (cause) {
    throw new UnreadableFile(reading.file.name, cause);
  } finally {
    file.destroy();
  }
  const last = [...rows.push(decoder.end() ?? ''), ...rows.end()];
  if (last.length > 0) yield last;
}

async function readHead(path: string, of: ExtractFile, most: number): Promise<Uint8Array> {
  const file = await opened(path, of);
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of path.endsWith('.gz') ? unpacked(file) : file) {
      pieces.push(piece);
      length += piece.length;
      if (length >= most) break;
    }
  } catch (cause) {
    throw new UnreadableFile(of.name, cause);
  } finally {
    file.destroy();
  }
  return Buffer.concat(pieces).subarray(0, most);
}

/** What was a file when the folder was listed may be something else by now. */
async function opened(path: string, { name }: ExtractFile) {
  try {
    const file = await openInside(path);
    return file.createReadStream({ highWaterMark: PIECE_BYTES });
  } catch (cause) {
    throw new UnreadableFile(name, cause);
  }
}

/** The marks with which files say how their characters are encoded. */
const MARKS = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const;

function markOf(start: Uint8Array): string | undefined {
  return MARKS.find(([, mark]) => mark.every((byte, i) => start[i] === byte))?.[0];
}

function otherEncoding(mark: string, { format }: Reading): ExtractRow {
  const declared = `and \`encoding\` is ${format.encoding}: mend either`;
  const message = `the file begins with the mark of ${mark}, ${declared}`;
  return { line: 1, fault: { code: 'OTHER_ENCODING', message } };
}

function unpacked(file: Readable): Readable {
  const unpack = createGunzip({ chunkSize: PIECE_BYTES });
  file.on('error', (cause) => unpack.destroy(cause));
  return file.pipe(unpack);
}
