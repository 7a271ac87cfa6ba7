import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { platform } from 'node:process';
import { readStatus } from '../../src/adapters/postgres/embedded/server-status.ts';

/** Linux counts CPU of processes in hundredths of a second, whatever the kernel's own clock. */
const TICKS_A_SECOND = 100;

/** Where the fields of /proc/<pid>/stat lie behind the program's name, which may hold spaces. */
const FIELDS = { parent: 1, user: 11, system: 12, goneUser: 13, goneSystem: 14 };

/** Runs a work and tells what CPU the server of a data folder took meanwhile. */
export async function withDatabaseCpu<T>(
  dataFolder: string,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly databaseS: number | undefined }> {
  const before = databaseCpuS(dataFolder);
  const value = await work();
  const after = databaseCpuS(dataFolder);
  const isKnown = before !== undefined && after !== undefined;
  return { value, databaseS: isKnown ? after - before : undefined };
}

/**
 * CPU seconds that the server of a data folder has taken: of its processes that live, and of
 * those that are gone. Undefined where no /proc tells, or no server runs.
 */
function databaseCpuS(dataFolder: string): number | undefined {
  const status = platform === 'linux' ? readStatus(join(dataFolder, 'postgres')) : undefined;
  if (status === undefined) return undefined;
  const server = String(status.pid);
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      const fields = statOf(pid);
      const at = (name: keyof typeof FIELDS) => Number(fields[FIELDS[name]] ?? 0);
      const own = at('user') + at('system');
      if (pid === server) return own + at('goneUser') + at('goneSystem');
      return String(at('parent')) === server ? own : 0;
    });
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_A_SECOND;
}

function statOf(pid: string): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It ended while the list was read: its parent has its time by now, or it was not ours.
    return [];
  }
}
