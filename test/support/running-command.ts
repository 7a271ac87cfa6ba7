import { type ChildProcess, spawn } from 'node:child_process';
import { ROOT } from './command.ts';

/** A command that goes on until it is ended. */
export interface RunningCommand {
  readonly child: ChildProcess;
  /** All that it wrote so far, on both of its outputs. */
  readonly output: () => string;
  /** Resolves once the output holds the words, or fails when the process ends before. */
  readonly says: (words: string) => Promise<string>;
  /** Its exit code; null where a signal killed it. */
  readonly ended: Promise<number | null>;
}

/** Starts a program file of the checkout as a process of its own. */
export function startProgram(
  file: readonly string[],
  environment: Readonly<Record<string, string>>,
): RunningCommand {
  const child = spawn(process.execPath, file, {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const says = (words: string) =>
    new Promise<string>((done, fail) => {
      const look = () => text.includes(words) && done(text);
      listeners.add(look);
      look();
      void ended.then((code) => fail(new Error(`ended with ${code}: ${text}`)));
    });
  return { child, output: () => text, says, ended };
}
