import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

/** What a finished command left. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, '../..');
const PROGRAM = join(ROOT, 'src/main/nextbest.ts');

/** Runs a `nextbest` command as a process of its own, until it ends. */
export function nextbest(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, ...texts }));
  });
}
