import { rmSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { CommandFailure } from './output.ts';

/** Writes a file whole or not at all: who is interrupted leaves neither a part nor a rest. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  const clear = () => rmSync(part, { force: true });
  process.once('exit', clear);
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch {
    await rm(part, { force: true });
    throw new CommandFailure(`\`${path}\` cannot be written: check the folder`);
  } finally {
    process.off('exit', clear);
  }
}
