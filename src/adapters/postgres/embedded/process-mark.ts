import { readFileSync } from 'node:fs';
import { kill, platform } from 'node:process';
import { isErrno } from './errno.ts';

/**
 * A text that tells one life of a process from another with the same id, or undefined if the
 * process is dead. Where the system does not tell the time of birth, every life looks the same.
 */
export function processMark(pid: number): string | undefined {
  return platform === 'linux' ? linuxMark(pid) : isSignalled(pid) ? 'alive' : undefined;
}

/** The command line of a process where the system tells it, else undefined. */
export function processCommand(pid: number): string | undefined {
  try {
    return platform === 'linux' ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** A zombie counts as dead: nobody may reap it in a container without an init. */
function linuxMark(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0] ?? '';
    return 'ZX'.includes(state) ? undefined : (fields[19] ?? 'alive');
  } catch {
    return undefined;
  }
}

function isSignalled(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
}
