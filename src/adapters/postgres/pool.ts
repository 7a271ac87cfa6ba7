import pg from 'pg';
import { Outage } from '../../app/ports/outage.ts';
import { outageOf } from './outage-of.ts';
import { typeParsers } from './type-parsers.ts';

export interface PoolOptions {
  readonly max: number;
  readonly applicationName: string;
  /** A statement that takes longer is an outage; 0: as long as it takes. */
  readonly statementTimeoutMs?: number;
  /** Waiting for a connection, free or new, takes no longer. */
  readonly connectTimeoutMs?: number;
  /** Settings of each session, e.g. `plan_cache_mode`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told the text of each statement before it is sent: for counting in tests. */
  readonly onQuery?: (text: string) => void;
}

/** A statement; one with a name is planned once a connection. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly name?: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** Whatever runs statements: the pool, or one connection inside a transaction. */
export interface Connection {
  query<R = Row>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
  run<R = Row>(statement: Statement): Promise<readonly R[]>;
  /** Rows as arrays, for wide or many rows. */
  arrays(text: string, values?: readonly unknown[]): Promise<readonly (readonly unknown[])[]>;
}

/** A pool of connections whose every connection failure is an outage. */
export interface Database extends Connection {
  /** Commits what the work did, or nothing. */
  transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Lends a driver's connection, for COPY and LISTEN; it is discarded if the work fails. */
  withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens no connection until the first statement. */
export function createPool(url: string, options: PoolOptions): Database {
  const pool = new pg.Pool(poolConfig(url, options));
  // INVARIANT: a dropped idle connection is no crash; whoever needs one next learns of it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const onQuery = options.onQuery ?? (() => undefined);
  const withClient = <T>(work: (client: pg.PoolClient) => Promise<T>) => lend(pool, work);
  return {
    ...connectionOver(pool, onQuery),
    transaction: async (work) => {
      const ended = await withClient((client) => inTransaction(client, onQuery, work));
      if (ended.done) return ended.result;
      throw ended.error;
    },
    withClient,
    close: () => pool.end(),
  };
}

function poolConfig(url: string, options: PoolOptions): pg.PoolConfig {
  const statementTimeoutMs = options.statementTimeoutMs ?? 10_000;
  const settings = { TimeZone: 'UTC', DateStyle: 'ISO', ...options.settings };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  return {
    connectionString: url,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 1_500,
    options: flags.join(' '),
    types: typeParsers(),
    idleTimeoutMillis: 0,
    ...(statementTimeoutMs > 0 && {
      statement_timeout: statementTimeoutMs,
      // A server that hangs cuts nothing itself.
      query_timeout: statementTimeoutMs + 250,
    }),
  };
}

function connectionOver(
  target: pg.Pool | pg.PoolClient,
  onQuery: (text: string) => void,
): Connection {
  const send = async <R extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<R[]> => {
    onQuery(config.text);
    try {
      return (await target.query<R>(config)).rows;
    } catch (error) {
      throw outageOf(error);
    }
  };
  return {
    query: <R>(text: string, values: readonly unknown[] = []) =>
      send<R & pg.QueryResultRow>({ text, values: [...values] }),
    run: <R>({ text, values = [], name }: Statement) =>
      send<R & pg.QueryResultRow>({
        text,
        values: [...values],
        ...(name !== undefined && { name }),
      }),
    arrays: async (text, values = []) => {
      onQuery(text);
      try {
        const query = { text, values: [...values], rowMode: 'array' as const };
        return (await target.query<unknown[]>(query)).rows;
      } catch (error) {
        throw outageOf(error);
      }
    },
  };
}

async function lend<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw outageOf(error);
  });
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw outageOf(error);
  }
}

type Ended<T> =
  | { readonly done: true; readonly result: T }
  | { readonly done: false; readonly error: unknown };

/** A refused statement keeps the connection: it is rolled back and lent again. */
async function inTransaction<T>(
  client: pg.PoolClient,
  onQuery: (text: string) => void,
  work: (connection: Connection) => Promise<T>,
): Promise<Ended<T>> {
  const connection = connectionOver(client, onQuery);
  await connection.query('begin');
  try {
    const result = await work(connection);
    await connection.query('commit');
    return { done: true, result };
  } catch (error) {
    if (error instanceof Outage) throw error;
    await connection.query('rollback');
    return { done: false, error };
  }
}
