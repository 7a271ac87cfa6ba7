import { readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { processCommand, processMark } from './process-mark.ts';

/** The only address on which the embedded server listens. */
export const HOST = '127.0.0.1';

/** What the server's own pid file says; `ready` is its claim, which a connection must confirm. */
export interface ServerStatus {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

const CONNECT_LIMIT_MS = 1_000;

/** What the pid file of a cluster says of a process that lives, else undefined. */
export function readStatus(clusterFolder: string): ServerStatus | undefined {
  const lines = readLines(pidFile(clusterFolder));
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || processMark(pid) === undefined) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** Removes a pid file whose process id has meanwhile gone to a program that is no server. */
export function removeLyingStatus(clusterFolder: string, status: ServerStatus): void {
  const command = processCommand(status.pid);
  if (command === undefined || command.includes('postgres')) return;
  rmSync(pidFile(clusterFolder), { force: true });
}

/** Whether something accepts connections on a port of this machine. */
export function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: HOST, port, timeout: CONNECT_LIMIT_MS });
    const settle = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

/** The wanted port where it is free, else one that is. */
export async function freePort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined && (await tryListen(wanted)) !== undefined) return wanted;
  const port = await tryListen(0);
  if (port === undefined) throw new Error(`no free port on ${HOST}`);
  return port;
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host: HOST, port }, () => {
      const address = server.address();
      const found = typeof address === 'object' ? address?.port : undefined;
      server.close(() => resolve(found));
    });
  });
}

function pidFile(clusterFolder: string): string {
  return join(clusterFolder, 'postmaster.pid');
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
