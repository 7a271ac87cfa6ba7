import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { getuid } from 'node:process';

/** The user under which the server runs when we are root, who may not run it. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const PREFERRED = ['postgres', 'nobody'];
const OVERFLOW: ServerUser = { name: 'nobody', uid: 65_534, gid: 65_534 };

/**
 * The user to run the server as, or undefined to run it as ourselves. An existing cluster is
 * served by whoever owns it.
 */
export function serverUser(clusterFolder: string): ServerUser | undefined {
  if (getuid?.() !== 0) return undefined;
  return ownerOf(clusterFolder) ?? passwdUsers().find(({ uid }) => uid !== 0) ?? OVERFLOW;
}

/** The uid and gid for spawning, none when we run as ourselves. */
export function spawnAs(user: ServerUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

/** Whether the server's user can enter a folder: tried, since modes alone do not tell. */
export function canEnter(folder: string, user: ServerUser | undefined): boolean {
  if (user === undefined) return true;
  const tried = spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], {
    ...spawnAs(user),
    cwd: '/',
    stdio: 'ignore',
  });
  return tried.status === 0;
}

function ownerOf(folder: string): ServerUser | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined || found.uid === 0) return undefined;
  const known = allUsers().find(({ uid }) => uid === found.uid);
  return { name: known?.name ?? String(found.uid), uid: found.uid, gid: found.gid };
}

function passwdUsers(): readonly ServerUser[] {
  const users = allUsers();
  return PREFERRED.flatMap((wanted) => users.filter(({ name }) => name === wanted));
}

function allUsers(): readonly ServerUser[] {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n').map(parseUser);
  } catch {
    return [];
  }
}

function parseUser(line: string): ServerUser {
  const [name = '', , uid, gid] = line.split(':');
  return { name, uid: Number(uid ?? 0), gid: Number(gid ?? 0) };
}
