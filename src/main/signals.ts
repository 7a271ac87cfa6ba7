import { constants } from 'node:os';
import { stderr, stdout } from 'node:process';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * From now on a signal ends the process by way of its exit, on which an embedded database server
 * is asked to stop: a process that a signal just kills would leave it behind.
 */
export function exitOnSignal(): void {
  for (const signal of ENDING) process.on(signal, exit);
}

/** From now on a reader that goes early, as `head` does, ends the process like a signal. */
export function exitWithReader(): void {
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      exit('SIGPIPE');
    });
  }
}

/** Waits for a signal that ends; what arrives again meanwhile changes nothing. */
export async function untilSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ENDING) {
      process.on(signal, () => resolve());
      process.off(signal, exit);
    }
  });
}

function exit(signal: NodeJS.Signals): void {
  process.exit(128 + constants.signals[signal]);
}
