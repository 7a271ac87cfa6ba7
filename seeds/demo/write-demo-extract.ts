import { mkdir, open } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type DemoBankOptions, generateDemoBank, TRUTH_FILE } from './generate-demo-bank.ts';

/** How large the texts grow before they are written, per file. */
const BUFFER_CHARS = 1_000_000;
const ROUND_CUSTOMERS = 100;

export interface WriteOptions extends Omit<DemoBankOptions, 'truth'> {
  /** Where `truth.csv` goes; never into the extract. Absent: no truth is written. */
  readonly truthFolder?: string;
}

export interface Progress {
  readonly customersDone: number;
  readonly customers: number;
}

/** Rows written by file, header lines not counted. */
export interface WrittenExtract {
  readonly files: Readonly<Record<string, number>>;
}

/** Writes the demo bank's extract into a folder, telling how far it has come. */
export async function writeDemoExtract(
  folder: string,
  options: WriteOptions,
  onProgress: (progress: Progress) => void = () => {},
): Promise<WrittenExtract> {
  const { truthFolder, ...bank } = options;
  refuseTruthInside(folder, truthFolder);
  await mkdir(folder, { recursive: true });
  if (truthFolder !== undefined) await mkdir(truthFolder, { recursive: true });
  const files = new Map<string, OpenFile>();
  let told = 0;
  try {
    for (const piece of generateDemoBank({ ...bank, truth: truthFolder !== undefined })) {
      const home = piece.file === TRUTH_FILE ? (truthFolder ?? folder) : folder;
      await append(files, { path: join(home, piece.file), ...piece });
      if (piece.customersDone < told + ROUND_CUSTOMERS) continue;
      told = piece.customersDone;
      onProgress({ customersDone: told, customers: options.customers });
      await breathe();
    }
    for (const file of files.values()) await flush(file);
  } finally {
    for (const { handle } of files.values()) await handle.close();
  }
  onProgress({ customersDone: options.customers, customers: options.customers });
  return {
    files: Object.fromEntries([...files].map(([name, { lines }]) => [name, lines - 1] as const)),
  };
}

interface OpenFile {
  readonly handle: Awaited<ReturnType<typeof open>>;
  waiting: string[];
  waitingChars: number;
  lines: number;
}

function refuseTruthInside(folder: string, truthFolder: string | undefined): void {
  if (truthFolder === undefined) return;
  const way = relative(resolve(folder), resolve(truthFolder));
  const inside = way === '' || !(way.startsWith('..') || resolve(way) === way);
  if (!inside) return;
  throw new RangeError('the truth must not lie within the extract: name a folder beside it');
}

async function append(
  files: Map<string, OpenFile>,
  piece: { readonly path: string; readonly file: string; readonly text: string },
): Promise<void> {
  let file = files.get(piece.file);
  if (file === undefined) {
    file = { handle: await open(piece.path, 'w'), waiting: [], waitingChars: 0, lines: 0 };
    files.set(piece.file, file);
  }
  for (let at = piece.text.indexOf('\n'); at >= 0; at = piece.text.indexOf('\n', at + 1)) {
    file.lines += 1;
  }
  file.waiting.push(piece.text);
  file.waitingChars += piece.text.length;
  if (file.waitingChars >= BUFFER_CHARS) await flush(file);
}

async function flush(file: OpenFile): Promise<void> {
  await file.handle.writeFile(file.waiting.join(''));
  file.waiting = [];
  file.waitingChars = 0;
}

/** Lets timers and signals have their turn. */
function breathe(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
