import pg from 'pg';
import { Outage } from '../../../app/ports/outage.ts';
import { outageOf } from './outage-of.ts';
import { splitOptions } from './session-options.ts';
import { createTurns, type Turns } from './turns.ts';
import { typeParsers } from './type-parsers.ts';

/** How a pool connects, and how long is too long. */
export interface PoolOptions {
  readonly max: number;
  readonly applicationName: string;
  /** A statement that takes longer is an outage; 0: as long as it takes. */
  readonly statementTimeoutMs?: number;
  /** A connection that takes longer to make is an outage. */
  readonly connectTimeoutMs?: number;
  /** Waiting for a free connection is no outage; waiting longer than this is an overload. */
  readonly longestWaitMs?: number;
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

/** A row by the names of its columns, of which nothing else is known. */
export type Row = Readonly<Record<string, unknown>>;

/** Whatever runs statements: the pool, or one connection inside a transaction. */
export interface Connection {
  query<R = Row>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
  run<R = Row>(statement: Statement): Promise<readonly R[]>;
  /** Rows as arrays, for wide or many rows. */
  arrays(text: string, values?: readonly unknown[]): Promise<readonly (readonly unknown[])[]>;
}

/**
 * A pool of connections whose every connection failure is an outage; who waits for a free one too
 * long is refused as an overload.
 */
export interface Database extends Connection {
  /** Commits what the work did, or nothing. */
  transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Lends a driver's connection, for COPY; it is discarded if the work fails. */
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
  const { longestWaitMs } = options;
  const turns = createTurns({
    what: 'the database',
    atOnce: options.max,
    ...(longestWaitMs !== undefined && { longestWaitMs }),
  });
  const withClient = <T>(work: (client: pg.PoolClient) => Promise<T>) =>
    turns.take(() => lend(pool, work));
  return {
    ...connectionOver(pool, onQuery, turns),
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
  // INVARIANT: what is acknowledged is durable, whatever the server's default.
  const durable = { synchronous_commit: 'on' };
  const settings = { TimeZone: 'UTC', DateStyle: 'ISO', ...durable, ...options.settings };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const given = splitOptions(url);
  return {
    connectionString: given.url,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 1_500,
    options: [...flags, ...given.options].join(' '),
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
  turns: Turns = AT_ONCE,
): Connection {
  const answerTo = <R>(text: string, ask: () => Promise<{ readonly rows: R[] }>) =>
    turns.take(async () => {
      onQuery(text);
      try {
        return (await ask()).rows;
      } catch (error) {
        throw outageOf(error);
      }
    });
  const send = <R extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<R[]> =>
    answerTo(config.text, () => target.query<R>(config));
  return {
    query: <R>(text: string, values: readonly unknown[] = []) =>
      send<R & pg.QueryResultRow>({ text, values: [...values] }),
    run: <R>({ text, values = [], name }: Statement) =>
      send<R & pg.QueryResultRow>({
        text,
        values: [...values],
        ...(name !== undefined && { name }),
      }),
    arrays: (text, values = []) =>
      answerTo(text, () =>
        target.query<unknown[]>({ text, values: [...values], rowMode: 'array' as const }),
      ),
  };
}

/** Whoever holds a connection needs no turn. */
const AT_ONCE: Turns = { take: (work) => work() };

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
