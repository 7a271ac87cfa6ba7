/** Writes migrations/schema.sql from the migrated database, or fails where it differs. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { openDatabase } from '../src/adapters/postgres/embedded/open-database.ts';
import { dumpSchema } from '../src/adapters/postgres/schema/dump-schema.ts';
import { migrate } from '../src/adapters/postgres/schema/migrate.ts';

const file = resolve(import.meta.dirname, '../migrations/schema.sql');
const dumped = await dumpMigrated();

if (argv[2] === 'write') {
  await writeFile(file, dumped);
  stdout.write('migrations/schema.sql written\n');
} else {
  exit(report(await readFile(file, 'utf8').catch(() => ''), dumped));
}

async function dumpMigrated(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nextbest-schema-'));
  // Under root the server runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  const database = await openDatabase({ dataFolder: join(folder, 'data'), durable: false });
  try {
    await migrate(database.administratorUrl);
    return await dumpSchema(database.administratorUrl);
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
}

function report(written: string, migrated: string): number {
  if (written === migrated) {
    stdout.write('migrations/schema.sql is what the migrations make\n');
    return 0;
  }
  const lines = migrated.split('\n');
  const old = written.split('\n');
  const at = lines.findIndex((line, index) => line !== old[index]);
  stderr.write(
    `migrations/schema.sql differs from what the migrations make, first in line ${at + 1}: ` +
      `\`${old[at] ?? ''}\` stands, \`${lines[at] ?? ''}\` is: run \`npm run schema:write\`\n`,
  );
  return 1;
}
