import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { kill, platform } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries, program } from './binaries.ts';
import type { DataFolder } from './data-folder.ts';
import { EmbeddedDatabaseError } from './embedded-error.ts';
import { writeSettings } from './server-settings.ts';
import {
  canConnect,
  freePort,
  readStatus,
  removeLyingStatus,
  type ServerStatus,
} from './server-status.ts';
import { spawnAs } from './server-user.ts';

/** What a server is started with. */
export interface ServerStart {
  readonly place: DataFolder;
  readonly binaries: Binaries;
  readonly durable: boolean;
}

const POLL_MS = 20;
const READY_LIMIT_MS = 120_000;
const SILENT_LIMIT_MS = 3_000;
const STOP_LIMIT_MS = 30_000;
const LOG_LIMIT_BYTES = 5_000_000;
const ATTEMPTS = 3;

/** The port of the server that already serves a cluster, waiting for one that is starting. */
export async function findRunning(place: DataFolder): Promise<number | undefined> {
  const deadlineMs = performance.now() + READY_LIMIT_MS;
  const silentMs = performance.now() + SILENT_LIMIT_MS;
  for (;;) {
    const status = readStatus(place.clusterFolder);
    if (status === undefined) return undefined;
    if (status.ready && (await canConnect(status.port))) return status.port;
    if (performance.now() > silentMs) removeLyingStatus(place.clusterFolder, status);
    if (performance.now() > deadlineMs) throw startError(place, 'it does not become ready');
    await sleep(POLL_MS);
  }
}

/**
 * Starts the server and answers its port once it accepts connections. The port of the last
 * start is kept where it is free, so that pools which know it find the server again.
 */
export async function startServer(start: ServerStart): Promise<number> {
  const { place, durable } = start;
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? lastPort(place) : undefined);
    writeSettings(place.clusterFolder, { port, durable });
    const failure = await spawnAndWait(start, port);
    if (failure === undefined) {
      writeFileSync(portFile(place), String(port));
      return port;
    }
    const isPortTaken = failure.includes('TCP/IP');
    if (!isPortTaken || attempt === ATTEMPTS) throw startError(place, failure);
  }
}

/** Stops the server, whose open transactions are rolled back, and waits until it is gone. */
export async function stopServer({ place, binaries }: ServerStart): Promise<void> {
  const status = readStatus(place.clusterFolder);
  if (status === undefined) return;
  askToStop(place.clusterFolder, status, binaries);
  const deadlineMs = performance.now() + STOP_LIMIT_MS;
  while (readStatus(place.clusterFolder) !== undefined && performance.now() < deadlineMs) {
    await sleep(POLL_MS);
  }
}

/** Asks the server to stop without waiting for it. */
export function askToStop(clusterFolder: string, { pid }: ServerStatus, from: Binaries): void {
  if (platform === 'win32') {
    spawnSync(program(from.folder, 'pg_ctl'), ['stop', '-D', clusterFolder, '-m', 'fast']);
    return;
  }
  try {
    kill(pid, 'SIGINT');
  } catch {
    // It ended by itself between reading its pid and asking.
  }
}

/** Answers why the server did not start, or undefined once it accepts connections. */
async function spawnAndWait(start: ServerStart, port: number): Promise<string | undefined> {
  const { place } = start;
  const child = spawnServer(start);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // On Windows the child only starts the server, so its good end says nothing.
    child.once('exit', (code) => {
      if (platform !== 'win32' || code !== 0) resolve(lastLogLine(place));
    });
  });
  const deadlineMs = performance.now() + READY_LIMIT_MS;
  while (performance.now() < deadlineMs) {
    if (readStatus(place.clusterFolder)?.ready === true && (await canConnect(port))) {
      child.unref();
      return undefined;
    }
    const failure = await Promise.race([ended, sleep(POLL_MS)]);
    if (failure !== undefined) return failure;
  }
  return 'it does not become ready';
}

/** Detached, so that neither ctrl-C nor the end of this process reaches the server. */
function spawnServer({ place, binaries }: ServerStart): ChildProcess {
  const log = openLog(place);
  const isWindows = platform === 'win32';
  const child = spawn(
    program(binaries.folder, isWindows ? 'pg_ctl' : 'postgres'),
    isWindows
      ? ['start', '-W', '-D', place.clusterFolder, '-l', `${logFile(place)}.server`]
      : ['-D', place.clusterFolder],
    {
      ...spawnAs(place.user),
      cwd: place.folder,
      detached: true,
      stdio: ['ignore', log, log],
      ...(isWindows ? {} : { env: { LC_ALL: 'C' } }),
    },
  );
  closeSync(log);
  return child;
}

function openLog(place: DataFolder): number {
  const file = logFile(place);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

function lastLogLine(place: DataFolder): string {
  // A server may end after its folder was removed, and nobody waits for this word any more.
  if (!existsSync(logFile(place))) return 'it left no log';
  const lines = readFileSync(logFile(place), 'utf8').trim().split('\n').slice(-20);
  return lines.findLast((line) => line.includes('FATAL')) ?? lines.at(-1) ?? 'it said nothing';
}

function lastPort(place: DataFolder): number | undefined {
  if (!existsSync(portFile(place))) return undefined;
  const port = Number(readFileSync(portFile(place), 'utf8'));
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

function portFile(place: DataFolder): string {
  return join(place.folder, 'postgres.port');
}

function logFile(place: DataFolder): string {
  return join(place.folder, 'postgres.log');
}

function startError(place: DataFolder, reason: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'START_FAILED',
    `the database server does not start: ${reason}: see \`${logFile(place)}\``,
  );
}
