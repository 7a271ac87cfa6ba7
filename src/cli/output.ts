import { stderr, stdout } from 'node:process';
import type { Command } from 'commander';

/** A command that could not do what it was asked: exit code 1, its lines on standard error. */
export class CommandFailure extends Error {
  readonly details: unknown;

  constructor(message: string, details?: unknown) {
    super(message);
    this.details = details;
  }
}

/** Prints a result: as JSON where `--json` was given, else as text for people. */
export function print(command: Command, result: unknown, text: () => string): void {
  const asJson = command.optsWithGlobals<{ readonly json?: boolean }>().json === true;
  stdout.write(`${asJson ? JSON.stringify(result, null, 2) : plain(text())}\n`);
}

/** Text for a terminal: names from files must not steer it, so control characters are spelt. */
export function plain(text: string): string {
  return text.replaceAll(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}

/** A number of things in words: `1 problem`, `2 problems`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** Tells how far a long work has come, on one line of a terminal; quiet elsewhere. */
export function progressLine(): { show: (text: string) => void; end: () => void } {
  if (!stderr.isTTY) return { show: () => {}, end: () => {} };
  return {
    show: (text) => stderr.write(`\r\u001b[2K${text}`),
    end: () => stderr.write('\r\u001b[2K'),
  };
}
