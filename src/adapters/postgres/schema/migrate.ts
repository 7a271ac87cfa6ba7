import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Constructor, MigrationObject } from '@mikro-orm/core';
import type { Migration } from '@mikro-orm/migrations';
import pg from 'pg';
import { outageOf } from '../connection/outage-of.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../migrations');
const TABLE = 'migration';
/** Any number that no other user of the database takes: two starting processes must take turns. */
const LOCK = 20_261_124;

/** Brings a database to the newest schema and answers the names of what was applied. */
export async function migrate(url: string, folder = FOLDER): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'nextbest migrate' });
  await client.connect().catch((error: unknown) => {
    throw outageOf(error);
  });
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const wanted = await migrationNames(folder);
    const applied = await appliedNames(client);
    refuseUnknown(applied, wanted);
    // A start that has nothing to do is spared the loading of the whole ORM.
    return wanted.length === applied.length ? [] : await applyPending(url, folder, wanted);
  } finally {
    await client.end();
  }
}

async function migrationNames(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder);
  const names = files.filter((file) => /^Migration\d{14}.*\.ts$/.test(file));
  return names.map((file) => basename(file, '.ts')).toSorted();
}

async function appliedNames(client: pg.Client): Promise<readonly string[]> {
  const table = await client.query<{ found: boolean }>(
    'select to_regclass($1) is not null as found',
    [TABLE],
  );
  if (table.rows[0]?.found !== true) return [];
  const { rows } = await client.query<{ name: string }>(
    `select name from ${TABLE} order by name`,
  );
  return rows.map(({ name }) => name);
}

function refuseUnknown(applied: readonly string[], wanted: readonly string[]): void {
  const unknown = applied.find((name) => !wanted.includes(name));
  if (unknown === undefined) return;
  throw new Error(
    `the database is newer than this program, which lacks migration \`${unknown}\`: ` +
      'start the newer program, or name another database',
  );
}

async function applyPending(
  url: string,
  folder: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const { MikroORM } = await import('@mikro-orm/postgresql');
  const { Migrator } = await import('@mikro-orm/migrations');
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: {
      tableName: TABLE,
      migrationsList: await Promise.all(names.map((name) => loadMigration(folder, name))),
      transactional: true,
      allOrNothing: true,
      snapshot: false,
      silent: true,
    },
  });
  try {
    const applied = await orm.migrator.up();
    return applied.map(({ name }) => name);
  } finally {
    await orm.close(true);
  }
}

async function loadMigration(folder: string, name: string): Promise<MigrationObject> {
  const file = join(folder, `${name}.ts`);
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
  const found = module[name];
  if (!isMigration(found)) {
    throw new Error(`\`${file}\` exports no class \`${name}\`: name the class like its file`);
  }
  return { name, class: found };
}

function isMigration(value: unknown): value is Constructor<Migration> {
  return typeof value === 'function' && typeof value.prototype?.up === 'function';
}
