import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { CommandFailure } from './output.ts';

/** A file to write: the path, the option that named it, and files that it must not be. */
export interface Output {
  readonly path: string;
  readonly option: string;
  readonly inputs?: readonly string[];
}

/** A file that appears under its name once it is kept; until then it is a part beside it. */
export interface WholeFile {
  write(text: string): void;
  keep(): void;
  /** Removes the part; nothing happens to what was kept. */
  drop(): void;
}

/** Writes a file whole or not at all: who is interrupted leaves neither a part nor a rest. */
export function writeWhole(output: Output, text: string): void {
  const file = openWhole(output);
  try {
    file.write(text);
    file.keep();
  } finally {
    file.drop();
  }
}

/**
 * Opens a file to write it bit by bit, and so tells at once what would refuse it at the end. A
 * link to a file is written through; what is no regular file, or is read as well, is refused.
 */
export function openWhole(output: Output): WholeFile {
  const { target, existing } = findTarget(output);
  const part = `${target}.${process.pid}.part`;
  const clear = () => rmSync(part, { force: true });
  let open: number | null = attempt(output, () => openSync(part, 'wx'));
  process.once('exit', clear);
  const close = () => {
    if (open !== null) closeSync(open);
    open = null;
  };
  return {
    write: (text) => attempt(output, () => open !== null && writeFileSync(open, text)),
    keep: () =>
      attempt(output, () => {
        if (open !== null) fsyncSync(open);
        close();
        if (existing !== undefined) chmodSync(part, existing.mode & 0o7777);
        renameSync(part, target);
      }),
    drop: () => {
      close();
      clear();
      process.off('exit', clear);
    },
  };
}

/** Where the bytes go, behind all links, and what is there now. */
function findTarget(output: Output): { target: string; existing: Stats | undefined } {
  const { path, option, inputs = [] } = output;
  const found = attempt(output, () => lstatSync(path, { throwIfNoEntry: false }));
  if (found === undefined) return { target: path, existing: undefined };
  const existing = attempt(output, () => statSync(path, { throwIfNoEntry: false }));
  if (!existing?.isFile()) {
    const what = existing === undefined ? 'a link to nothing' : 'no regular file';
    throw refused(output, `it is ${what}: give ${option} another name`);
  }
  const input = inputs.find((one) => {
    const read = statSync(one, { throwIfNoEntry: false });
    return read?.dev === existing.dev && read.ino === existing.ino;
  });
  if (input !== undefined) {
    throw refused(output, `\`${input}\` is read from it: give ${option} another name`);
  }
  // What may not be written must not be replaced either, though a rename could.
  attempt(output, () => closeSync(openSync(path, 'r+')));
  return { target: realpathSync(path), existing };
}

function attempt<T>(output: Output, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const why = CAUSES[code] ?? `the system says ${code || String(cause)}`;
    throw refused(output, `${why}, or give ${output.option} another name`);
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there: make it',
  ENOTDIR: 'its folder is a file: check the path',
  EACCES: 'it may not be written: change its rights',
  EPERM: 'it may not be written: change its rights',
  EROFS: 'it may not be written: mount it for writing',
  ENOSPC: 'there is no room left: free some',
};

function refused({ path, option }: Output, why: string): CommandFailure {
  const details = { code: 'BAD_OUTPUT', option, path, message: why };
  return new CommandFailure(`refused, BAD_OUTPUT: ${option} \`${path}\`: ${why}`, details);
}
