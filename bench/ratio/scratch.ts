import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { readStatus } from '../../src/adapters/postgres/embedded/server-status.ts';
import { ROOT } from '../../src/main/desk.ts';

/** A folder, and the processes that work in it: both are gone when its work ends. */
export interface Scratch {
  readonly folder: string;
  /** Starts a process in a group of its own, so that ctrl-C reaches it through us only. */
  start(args: readonly string[], options: StartOptions): ChildProcess;
  /** The path of a data folder that a process will create; its database ends with the scratch. */
  dataFolder(name: string): string;
}

/** The first of the arguments is the program; standard input is closed. */
export interface StartOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A signal asked for the end, and what was begun was cleared away. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const END_LIMIT_MS = 30_000;
const POLL_MS = 20;

/** Lends a work a scratch; clears it away after success, failure and signals alike. */
export async function withScratch<T>(
  name: string,
  work: (scratch: Scratch) => Promise<T>,
): Promise<T> {
  const folder = await makeFolder(name);
  const children = new Set<ChildProcess>();
  const dataFolders: string[] = [];
  let ended = false;
  const scratch: Scratch = {
    folder,
    start([program = '', ...args], options) {
      if (ended) throw new Error(`\`${program}\` is not started: the scratch has ended`);
      const stdio = ['ignore', 'pipe', 'pipe'] as const;
      const child = spawn(program, args, { ...options, detached: true, stdio: [...stdio] });
      children.add(child);
      child.once('exit', () => children.delete(child));
      return child;
    },
    dataFolder(of) {
      const path = join(folder, of);
      dataFolders.push(path);
      return path;
    },
  };
  const signals = waitForSignal();
  // The last resort: whatever ends us otherwise, no process is left to run on.
  const killAll = () => children.forEach((child) => void signalGroup(child, 'SIGKILL'));
  process.once('exit', killAll);
  try {
    return await Promise.race([work(scratch), signals.came]);
  } finally {
    ended = true;
    await Promise.all([...children].map(endGroup));
    await Promise.all(dataFolders.map(endDatabase));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    process.off('exit', killAll);
    signals.forget();
  }
}

/** Asks a process and those it started to end, and waits; who does not is killed. */
export async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((done) => child.once('exit', done));
  signalGroup(child, 'SIGTERM');
  const patience = new AbortController();
  const late = sleep(END_LIMIT_MS, undefined, { signal: patience.signal }).then(
    () => signalGroup(child, 'SIGKILL'),
    () => {},
  );
  await gone;
  patience.abort();
  await late;
}

/**
 * On the disk that the product uses, and where root's database server can reach it: for root
 * below /var/lib, as the product itself does.
 */
async function makeFolder(name: string): Promise<string> {
  const isRoot = getuid?.() === 0;
  const parent = isRoot ? '/var/lib' : join(ROOT, '.nextbest');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, isRoot ? `nextbest-${name}-` : `${name}-`));
  await chmod(folder, 0o711);
  return folder;
}

function waitForSignal() {
  let reject: (error: Interrupted) => void = () => {};
  const came = new Promise<never>((_, fail) => {
    reject = fail;
  });
  // Nobody may be listening any more when a second signal comes.
  came.catch(() => {});
  const onSignal = (signal: NodeJS.Signals) => reject(new Interrupted(signal));
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    came,
    forget: () => SIGNALS.forEach((signal) => void process.off(signal, onSignal)),
  };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}

/** A service that was interrupted asks its database to stop and does not wait for it. */
async function endDatabase(dataFolder: string): Promise<void> {
  const cluster = join(dataFolder, 'postgres');
  const deadlineMs = performance.now() + END_LIMIT_MS;
  for (let asked = false; performance.now() < deadlineMs; await sleep(POLL_MS)) {
    const status = readStatus(cluster);
    if (status === undefined) return;
    if (!asked) process.kill(status.pid, 'SIGINT');
    asked = true;
  }
}
