import { join } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { createPool } from '../../src/adapters/postgres/connection/pool.ts';
import { ROLE_OF } from '../../src/adapters/postgres/schema/roles.ts';
import { ROOT } from '../../src/main/desk.ts';
import { endGroup, type Scratch } from './scratch.ts';

/** A server of this tree that stays up, so that its CPU can be told after a command has ended. */
export interface DatabaseServer {
  readonly dataFolder: string;
  /** Lends a work the owner's url of a database that holds nothing, dropped afterwards. */
  withEmptyDatabase<T>(work: (databaseUrl: string) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Starts a server in a data folder of its own. */
export async function openServer(name: string, scratch: Scratch): Promise<DatabaseServer> {
  const dataFolder = scratch.dataFolder(name);
  const holder = join(ROOT, 'bench', 'ratio', 'hold-database.ts');
  const child = scratch.start([execPath, holder, dataFolder], { cwd: ROOT });
  child.stderr?.pipe(process.stderr);
  const said = await new Promise<string>((found, fail) => {
    child.once('exit', () => fail(new Error('the database for imports did not start')));
    if (child.stdout !== null) createInterface(child.stdout).once('line', found);
  });
  const [url = '', ownerUrl = ''] = said.split(' ');
  const run = async (statement: string) => {
    const pool = createPool(url, { max: 1, applicationName: 'bench', statementTimeoutMs: 0 });
    try {
      await pool.query(statement);
    } finally {
      await pool.close();
    }
  };
  return {
    dataFolder,
    async withEmptyDatabase(work) {
      const fresh = new URL(ownerUrl);
      fresh.pathname = 'imported';
      await run(`create database imported owner ${ROLE_OF.OWNER}`);
      const result = await work(fresh.href);
      // It writes what is still to be written, for which the next import would pay.
      await run('drop database imported with (force)');
      return result;
    },
    stop: () => endGroup(child),
  };
}
