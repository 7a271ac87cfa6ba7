import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';
import { processMark } from './process-mark.ts';

/**
 * The processes that use the server of a data folder, one file each. Synchronous, because the
 * last client also leaves from a process's exit, where nothing asynchronous runs.
 */
export function joinClients(dataFolder: string): string {
  mkdirSync(clientsFolder(dataFolder), { recursive: true, mode: 0o700 });
  const name = `${pid}-${processMark(pid)}-${randomBytes(4).toString('hex')}`;
  writeFileSync(join(clientsFolder(dataFolder), name), '');
  return name;
}

/** Takes a client off the list, sweeps the dead ones, and tells how many live ones remain. */
export function leaveClients(dataFolder: string, name: string): number {
  rmSync(join(clientsFolder(dataFolder), name), { force: true });
  return sweep(dataFolder);
}

function sweep(dataFolder: string): number {
  const names = readdirSync(clientsFolder(dataFolder));
  const dead = names.filter((name) => !isLive(name));
  for (const name of dead) rmSync(join(clientsFolder(dataFolder), name), { force: true });
  return names.length - dead.length;
}

function isLive(name: string): boolean {
  const [holder, mark] = name.split('-');
  return processMark(Number(holder)) === mark;
}

function clientsFolder(dataFolder: string): string {
  return join(dataFolder, 'clients');
}
