import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase } from './database.ts';

describe('a cloned database', () => {
  test('holds the migrated schema', async () => {
    const database = await cloneDatabase();
    const client = new pg.Client(database.url);
    await client.connect();
    const { rows } = await client.query('select count(*)::int as migrations from migration');
    await client.end();
    await database.drop();
    expect(rows).toEqual([{ migrations: expect.any(Number) }]);
    expect(rows[0].migrations).toBeGreaterThan(0);
  });

  test('is nobody else’s', async () => {
    const [one, other] = await Promise.all([cloneDatabase(), cloneDatabase()]);
    expect(one.url).not.toBe(other.url);
    await Promise.all([one.drop(), other.drop()]);
  });

  test('cannot be dropped quietly while a pool leaks', async () => {
    const database = await cloneDatabase();
    const pool = new pg.Pool({ connectionString: database.url, application_name: 'leak' });
    pool.on('error', () => {});
    await pool.query('select 1');
    await expect(database.drop()).rejects.toThrow('1 sessions are still open (`leak`)');
    await pool.end();
  });
});
