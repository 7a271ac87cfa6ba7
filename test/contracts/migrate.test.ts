import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { migrate } from '../../src/adapters/postgres/schema/migrate.ts';
import { nextbest, ROOT } from '../support/command.ts';
import { type ClonedDatabase, cloneDatabase, urlFor } from '../support/database.ts';

const FIRST = 'Migration20261124000000_path';

/** As a bank of the first program left them. */
const OLD_ROWS = `
  insert into source values
    ('profile', 'extract:old', '2026-01-31T22:00:00Z', null),
    ('transactions', 'extract:old', '2026-01-31T22:00:00Z', '2026-01-15T22:00:00Z');
  insert into watermark values ('p1', 'profile', 3), ('p1', 'goals', 1);
  insert into bank_party (party_id, kind, given_name, birth_date, city, recorded_at) values
    ('p1', 'PERSON', 'Ann', '1990-05-06', 'Brno', '2026-01-01T00:00:00Z'),
    ('p2', 'ORGANISATION', null, null, 'Wien', '2026-01-01T00:00:00Z');
  insert into bank_coverage (entity, covered_from, recorded_at)
    values ('transaction', '2025-01-01', '2025-01-01T00:00:00Z')`;

describe('the schema of a database', () => {
  let database: ClonedDatabase;
  let folder: string;
  const sql = async (text: string) => {
    const client = new pg.Client(database.url);
    await client.connect();
    const { rows } = await client.query(text).finally(() => client.end());
    return rows;
  };
  /** As a later state of the sources: this migration was edited in place. */
  const edited = async (change: (source: string) => string) => {
    const file = join(ROOT, 'migrations', `${FIRST}.ts`);
    const source = await readFile(file, 'utf8');
    expect(change(source)).not.toBe(source);
    await writeFile(join(folder, `${FIRST}.ts`), change(source));
    return folder;
  };
  const run = (...args: string[]) =>
    nextbest(args, {
      DATABASE_URL: urlFor('WORKER', database.url),
      NEXTBEST_OWNER_URL: database.url,
      NEXTBEST_DATA: folder,
      PORT: '0',
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nextbest-migrations-'));
    await cp(join(ROOT, 'migrations'), folder, { recursive: true });
    database = await cloneDatabase('template1');
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  test('is made once, and a start after that finds nothing to do', async () => {
    expect(await migrate(database.url)).toContain(FIRST);
    expect(await migrate(database.url)).toEqual([]);
    expect(await sql('select name from migration_digest')).toEqual(
      await sql('select name from migration'),
    );
  });

  test('of an older program is carried over with all that it holds', async () => {
    const old = await cloneDatabase('template1');
    const before = await mkdtemp(join(tmpdir(), 'nextbest-before-'));
    const client = new pg.Client(old.url);
    await client.connect();
    try {
      await symlink(join(ROOT, 'node_modules'), join(before, 'node_modules'));
      await cp(join(ROOT, 'migrations', `${FIRST}.ts`), join(before, `${FIRST}.ts`));
      await migrate(old.url, before);
      await client.query(OLD_ROWS);
      expect(await migrate(old.url)).not.toContain(FIRST);
      const { rows: sources } = await client.query(
        'select part, system, delivered_at is null as first from source order by 1',
      );
      expect(sources).toEqual([
        { part: 'profile', system: 'extract:old', first: true },
        { part: 'transactions', system: 'extract:old', first: false },
      ]);
      const { rows: watermarks } = await client.query(
        'select part, system, version::int, read_at from watermark order by 1',
      );
      expect(watermarks).toEqual([
        { part: 'goals', system: '', version: 1, read_at: null },
        { part: 'profile', system: 'extract:old', version: 3, read_at: null },
      ]);
      const { rows: people } = await client.query(
        `select p.city, p.birth_month::text, i.given_name, i.birth_date::text, i.phone
         from bank_party p left join bank_party_identity i using (party_id, recorded_at)
         order by p.party_id`,
      );
      const known = { city: 'Brno', birth_month: '1990-05-01', birth_date: '1990-05-06' };
      expect(people).toEqual([
        { ...known, given_name: 'Ann', phone: null },
        { city: 'Wien', birth_month: null, given_name: null, birth_date: null, phone: null },
      ]);
      const { rows: coverage } = await client.query('select system from bank_coverage');
      expect(coverage).toEqual([{ system: 'extract:old' }]);
    } finally {
      await client.end();
      await old.drop();
      await rm(before, { recursive: true });
    }
  });

  test('is still its own after a comment or a line break in a migration', async () => {
    const file = await edited((source) => `// Told better.\n${source.replace('[\n', '[\n\n')}`);
    expect(await migrate(database.url, file)).toEqual([]);
  });

  test('is refused when it was made by a migration that was edited since', async () => {
    const file = await edited((source) => source.replace('name text not null', 'named text'));
    await expect(migrate(database.url, file)).rejects.toMatchObject({
      name: 'SchemaRefused',
      code: 'ALTERED',
      message: expect.stringContaining('set NEXTBEST_DATA to a new folder'),
    });
  });

  test.each([
    ['another digest', "update migration_digest set digest = 'sha256:0'", 'another version'],
    ['no digest', 'delete from migration_digest', 'another version'],
    ['digests that were not yet kept', 'drop table migration_digest', 'another version'],
    [
      'a migration to come',
      "insert into migration (name) values ('Migration29990101000000_next')",
      'newer than this program',
    ],
  ])('with %s ends every command that opens it in one sentence', async (_what, text, words) => {
    await sql(text);
    for (const args of [['serve'], ['start'], ['release', 'list'], ['replay', '--all']]) {
      const { code, stdout, stderr } = await run(...args);
      expect([code, stdout.includes('/graphql')]).toEqual([1, false]);
      expect(stderr).toMatch(new RegExp(`^nextbest: [^\\n]*${words}[^\\n]*\\n$`));
    }
  });
});
