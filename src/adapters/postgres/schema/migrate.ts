import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Constructor, MigrationObject } from '@mikro-orm/core';
import type { Migration } from '@mikro-orm/migrations';
import pg from 'pg';
import { type Digest, digestBytes } from '../../../domain/digest.ts';
import { LOCKS } from '../connection/locks.ts';
import { outageOf } from '../connection/outage-of.ts';
import { splitOptions } from '../connection/session-options.ts';
import { SchemaRefused } from './schema-refused.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../migrations');
const TABLE = 'migration';
/** Made by the first migration; what each was when it was applied. */
const DIGESTS = 'migration_digest';

/**
 * Brings a database to the newest schema and answers the names of what was applied. Throws
 * `SchemaRefused` where what was applied before is not what this program would have applied.
 */
export async function migrate(url: string, folder = FOLDER): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'nextbest migrate' });
  await client.connect().catch((error: unknown) => {
    throw outageOf(error);
  });
  try {
    await client.query('select pg_advisory_lock($1)', [LOCKS.migrate]);
    const wanted = await readMigrations(folder);
    const applied = await appliedMigrations(client);
    refuseOthers(applied, wanted);
    // A start that has nothing to do is spared the loading of the whole ORM.
    return wanted.length === applied.length ? [] : await applyPending(url, wanted);
  } finally {
    await client.end();
  }
}

/** Throws `SchemaRefused` where a database is not of this program's schema; changes nothing. */
export async function checkMigrated(client: pg.Client, folder = FOLDER): Promise<void> {
  const wanted = await readMigrations(folder);
  const applied = await appliedMigrations(client);
  refuseOthers(applied, wanted);
  if (wanted.length === applied.length) return;
  throw new SchemaRefused(
    'UNPREPARED',
    'the database is not prepared, whose migrations lack: run `nextbest database prepare`',
  );
}

/** A migration of this program. */
interface MigrationFile {
  readonly name: string;
  readonly path: string;
  readonly digest: Digest;
}

async function readMigrations(folder: string): Promise<readonly MigrationFile[]> {
  const files = (await readdir(folder)).filter((file) => /^Migration\d{14}.*\.ts$/.test(file));
  return Promise.all(
    files.toSorted().map(async (file) => {
      const path = join(folder, file);
      return {
        name: basename(file, '.ts'),
        path,
        digest: digestOfSource(await readFile(path, 'utf8')),
      };
    }),
  );
}

/** Comments and the breaking of lines change no schema. */
function digestOfSource(source: string): Digest {
  const said = source
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return digestBytes(Buffer.from(said, 'utf8'));
}

/** A migration that the database has seen; its digest is null where none was kept. */
interface AppliedMigration {
  readonly name: string;
  readonly digest: string | null;
}

async function appliedMigrations(client: pg.Client): Promise<readonly AppliedMigration[]> {
  const found = await client.query<{ applied: boolean; digests: boolean }>(
    `select to_regclass('${TABLE}') is not null as applied,
      to_regclass('${DIGESTS}') is not null as digests`,
  );
  const [tables] = found.rows;
  if (tables?.applied !== true) return [];
  const { rows } = await client.query<AppliedMigration>(
    tables.digests
      ? `select name, digest from ${TABLE} left join ${DIGESTS} using (name) order by name`
      : `select name, null as digest from ${TABLE} order by name`,
  );
  return rows;
}

function refuseOthers(
  applied: readonly AppliedMigration[],
  wanted: readonly MigrationFile[],
): void {
  const own = new Map(wanted.map(({ name, digest }) => [name, digest]));
  const unknown = applied.find(({ name }) => !own.has(name));
  if (unknown !== undefined) {
    throw new SchemaRefused(
      'NEWER',
      `the database is newer than this program, which lacks migration \`${unknown.name}\`: ` +
        'start the newer program, or name another database',
    );
  }
  const altered = applied.find(({ name, digest }) => digest !== own.get(name));
  if (altered === undefined) return;
  throw new SchemaRefused(
    'ALTERED',
    `the database was made by another version of this program, whose migration ` +
      `\`${altered.name}\` differs: set NEXTBEST_DATA to a new folder or DATABASE_URL to an ` +
      'empty database, or start the version that made it',
  );
}

async function applyPending(
  url: string,
  migrations: readonly MigrationFile[],
): Promise<readonly string[]> {
  const { MikroORM } = await import('@mikro-orm/postgresql');
  const { Migrator } = await import('@mikro-orm/migrations');
  const orm = await MikroORM.init({
    clientUrl: url,
    // What the url says of its sessions the library leaves out.
    driverOptions: { options: splitOptions(url).options.join(' ') },
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: {
      tableName: TABLE,
      migrationsList: await Promise.all(migrations.map(loadMigration)),
      transactional: true,
      allOrNothing: true,
      snapshot: false,
      silent: true,
    },
  });
  try {
    return await orm.em.transactional(async (em) => {
      const transaction = em.getTransactionContext();
      const applied = await orm.migrator.up(transaction && { transaction });
      const names = applied.map(({ name }) => name);
      for (const { name, digest } of migrations.filter((one) => names.includes(one.name))) {
        await em.execute(`insert into ${DIGESTS} (name, digest) values (?, ?)`, [name, digest]);
      }
      return names;
    });
  } finally {
    await orm.close(true);
  }
}

async function loadMigration({ name, path }: MigrationFile): Promise<MigrationObject> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
  const found = module[name];
  if (!isMigration(found)) {
    throw new Error(`\`${path}\` exports no class \`${name}\`: name the class like its file`);
  }
  return { name, class: found };
}

function isMigration(value: unknown): value is Constructor<Migration> {
  return typeof value === 'function' && typeof value.prototype?.up === 'function';
}
