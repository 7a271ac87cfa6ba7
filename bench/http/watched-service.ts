import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROLES, type Role } from '../../src/app/ports/identity.ts';
import { nextbest, ROOT } from '../../test/support/command.ts';
import type { Stillness } from './loop-monitor.ts';

/** The demo's service in a process of its own, which tells how long its loop stood still. */
export interface WatchedService {
  readonly url: string;
  readonly tokens: Readonly<Record<Role, string>>;
  /** Since it was last asked. */
  stillness(): Promise<Stillness>;
  end(): Promise<void>;
}

const BOOK = 'RM-07';

/** Starts the demo over a data folder, which is filled where it is empty. */
export async function startWatched(dataFolder: string): Promise<WatchedService> {
  const environment = { DATABASE_URL: '', NEXTBEST_DATA: dataFolder, PORT: '0' };
  const monitor = join(import.meta.dirname, 'loop-monitor.ts');
  const program = join(ROOT, 'src/main/nextbest.ts');
  const child = spawn(process.execPath, ['--import', monitor, program, 'start'], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', NEXTBEST_LOG: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const url = await addressOf(child);
  const tokens = await Promise.all(
    ROLES.map(async (role) => {
      const book = role === 'ADVISOR' ? ['--book', BOOK] : [];
      const args = ['token', '--role', role.toLowerCase(), ...book];
      return [role, (await nextbest(args, environment)).stdout.trim()] as const;
    }),
  );
  return {
    url,
    tokens: Object.fromEntries(tokens) as Record<Role, string>,
    stillness: () =>
      new Promise((resolve) => {
        child.once('message', (told) => resolve(told as Stillness));
        child.send('tell');
      }),
    end: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const found = /GraphQL {2}(http:\S+\/graphql)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => reject(new Error(`the service ended: ${output}`)));
  });
}
