import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  canConnect,
  freePort,
  HOST,
} from '../../src/adapters/postgres/embedded/server-status.ts';
import type { Checkout } from './checkout.ts';
import { type Ran, run } from './run.ts';
import { endGroup, type Scratch } from './scratch.ts';

/** One of the two that are compared, driven as any user drives it: by commands and over HTTP. */
export interface Side extends Checkout {
  readonly name: SideName;
  /** Runs `nextbest` with these arguments until it ends. */
  command(place: Place, ...args: readonly string[]): Promise<Ran>;
  /** Starts a command that serves, and waits until the service says that it is ready. */
  serve(place: Place, ...args: readonly string[]): Promise<Service>;
}

/** `here` is the tree that this program runs from. */
export type SideName = 'here' | 'other';

/** Where a command finds its data: in the database of its folder, or in the one of a url. */
export interface Place {
  readonly dataFolder: string;
  readonly databaseUrl?: string;
}

/** A service that is ready. */
export interface Service {
  readonly url: string;
  /** From the start of its process until it was ready. */
  readonly readyS: number;
  stop(): Promise<void>;
}

const POLL_MS = 10;
const READY_LIMIT_MS = 900_000;
const LAST_CHARACTERS = 2_000;

/** Makes a side of a checkout; what it compiles is kept in the scratch, for each side anew. */
export function createSide(name: SideName, checkout: Checkout, scratch: Scratch): Side {
  const { root } = checkout;
  const environment = ({ dataFolder, databaseUrl = '' }: Place, port = 0) => ({
    ...ownEnvironment(),
    DATABASE_URL: databaseUrl,
    NEXTBEST_OWNER_URL: databaseUrl,
    NEXTBEST_DATA: dataFolder,
    NEXTBEST_LOG: 'silent',
    PORT: String(port),
    TMPDIR: scratch.folder,
    NODE_COMPILE_CACHE: join(scratch.folder, `compiled-${name}`),
  });
  const program = [
    execPath,
    join(root, 'scripts', 'launch.mjs'),
    join(root, 'src', 'main', 'nextbest.ts'),
  ];
  return {
    ...checkout,
    name,
    command: (place, ...args) =>
      run([...program, ...args], { scratch, cwd: root, env: environment(place) }),
    async serve(place, ...args) {
      const port = await freePort(undefined);
      const begunMs = performance.now();
      const options = { cwd: root, env: environment(place, port) };
      const child = scratch.start([...program, ...args], options);
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          said = (said + text).slice(-LAST_CHARACTERS);
        });
      }
      const ended = new Promise<never>((_, fail) => {
        const failing = (code: unknown) =>
          fail(new Error(`\`nextbest ${args.join(' ')}\` ended with ${code}:\n${said}`));
        child.once('error', failing);
        child.once('close', failing);
      });
      // It also ends when it is stopped, which is no failure.
      ended.catch(() => {});
      const url = `http://${HOST}:${port}`;
      await Promise.race([untilReady(url, port), ended]);
      const readyS = (performance.now() - begunMs) / 1000;
      return { url, readyS, stop: () => endGroup(child) };
    },
  };
}

/** Settings of who runs this must reach neither side. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(NEXTBEST_|DATABASE_URL$|PG|HOST$|NODE_OPTIONS$|NODE_COMPILE_CACHE$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

/** Only who listens is asked: a refused question costs much more than a refused connection. */
async function untilReady(url: string, port: number): Promise<void> {
  const deadlineMs = performance.now() + READY_LIMIT_MS;
  for (; performance.now() < deadlineMs; await sleep(POLL_MS)) {
    if (!(await canConnect(port))) continue;
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
  }
  throw new Error(`${url} was not ready within ${READY_LIMIT_MS / 1000} s`);
}
