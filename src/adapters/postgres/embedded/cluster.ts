import { spawnSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createRolesSql, DUTIES, type Duty, handOverSql, ROLE_OF } from '../schema/roles.ts';
import { type Binaries, program } from './binaries.ts';
import type { DataFolder } from './data-folder.ts';
import { EmbeddedDatabaseError } from './embedded-error.ts';
import { type ServerUser, spawnAs } from './server-user.ts';

/** The name of the embedded server's user and of its database. */
export const DATABASE = 'nextbest';

/** Creates the database cluster where none stands, whole or not at all. */
export function ensureCluster(place: DataFolder, binaries: Binaries, durable: boolean): void {
  const version = join(place.clusterFolder, 'PG_VERSION');
  if (!existsSync(version)) createCluster(place, binaries, durable);
  const major = Number(readFileSync(version, 'utf8').trim());
  if (major !== binaries.major) throw versionError(place, binaries, major);
  if (!hasRoles(place)) addRoles(place, binaries, durable);
}

/** True where the roles of this program's processes are made: not by programs of before them. */
export function hasRoles(place: DataFolder): boolean {
  return existsSync(rolesMark(place.clusterFolder));
}

/** The password of a role, which whoever may read that of the server can tell. */
export function rolePassword(ofServer: string, duty: Duty): string {
  return createHmac('sha256', ofServer).update(ROLE_OF[duty]).digest('base64url');
}

/** The password of the embedded server, made once and readable by its maker alone. */
export function clusterPassword(place: DataFolder): string {
  const file = join(place.folder, 'postgres.password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * INVARIANT: the cluster gets its name only when it is complete, database and all, so that a
 * start that was killed leaves nothing that a later start would take for a cluster.
 */
function createCluster(place: DataFolder, binaries: Binaries, durable: boolean): void {
  const fresh = `${place.clusterFolder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  chmodSync(fresh, 0o700);
  giveTo(fresh, place.user);
  initialise({ place, binaries, fresh, durable });
  runOrThrow({
    command: program(binaries.folder, 'postgres'),
    args: ['--single', '-D', fresh, ...(durable ? [] : ['-F']), 'postgres'],
    place,
    input: lines([
      ...roles(place),
      `create database ${DATABASE} owner ${ROLE_OF.OWNER}`,
      `revoke all on database postgres from public`,
    ]),
  });
  writeFileSync(rolesMark(fresh), '');
  rmSync(place.clusterFolder, { recursive: true, force: true });
  renameSync(fresh, place.clusterFolder);
}

/** Adds the roles to a cluster of an earlier program, whose server is not running. */
function addRoles(place: DataFolder, binaries: Binaries, durable: boolean): void {
  runOrThrow({
    command: program(binaries.folder, 'postgres'),
    args: ['--single', '-D', place.clusterFolder, ...(durable ? [] : ['-F']), DATABASE],
    place,
    input: lines([...roles(place), ...handOverSql(DATABASE)]),
  });
  writeFileSync(rolesMark(place.clusterFolder), '');
}

/** All may log in, each with a password of its own. */
function roles(place: DataFolder): readonly string[] {
  const ofServer = clusterPassword(place);
  const logins = DUTIES.map(
    (duty) => `alter role ${ROLE_OF[duty]} login password '${rolePassword(ofServer, duty)}'`,
  );
  return [...createRolesSql(), ...logins];
}

function rolesMark(clusterFolder: string): string {
  return join(clusterFolder, 'nextbest.roles');
}

/** In single-user mode a line is a statement. */
function lines(statements: readonly string[]): string {
  return statements.map((statement) => `${statement};\n`).join('');
}

interface Fresh {
  readonly place: DataFolder;
  readonly binaries: Binaries;
  readonly fresh: string;
  readonly durable: boolean;
}

/** The order of texts must not depend on the machine, so the locale is C or its Unicode kin. */
function initialise({ place, binaries, fresh, durable }: Fresh): void {
  const passwordFile = `${fresh}.password`;
  writeFileSync(passwordFile, clusterPassword(place), { mode: 0o600 });
  giveTo(passwordFile, place.user);
  const locale =
    binaries.major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C'];
  try {
    runOrThrow({
      command: program(binaries.folder, 'initdb'),
      args: [
        ...['-D', fresh, '-U', DATABASE, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
        ...['--encoding=UTF8', '--no-instructions', ...locale, ...(durable ? [] : ['-N'])],
      ],
      place,
      input: '',
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly place: DataFolder;
  readonly input: string;
}

function runOrThrow({ command, args, place, input }: Run): void {
  const { status, stderr, error } = spawnSync(command, args, {
    ...spawnAs(place.user),
    cwd: place.folder,
    encoding: 'utf8',
    input,
  });
  if (status === 0 && !/\b(ERROR|FATAL):/.test(stderr)) return;
  const last = (stderr ?? '').trim().split('\n').at(-1) ?? '';
  throw new EmbeddedDatabaseError(
    'INIT_FAILED',
    `the database cannot be created in \`${place.folder}\`: ${error?.message ?? last}`,
  );
}

function giveTo(path: string, user: ServerUser | undefined): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

function versionError(place: DataFolder, binaries: Binaries, major: number) {
  return new EmbeddedDatabaseError(
    'VERSION_MISMATCH',
    `\`${place.clusterFolder}\` holds data of PostgreSQL ${major}, but the programs in ` +
      `\`${binaries.folder}\` are of ${binaries.major}: set PG_BIN_DIR to version ${major}, ` +
      'or NEXTBEST_DATA to another folder',
  );
}
