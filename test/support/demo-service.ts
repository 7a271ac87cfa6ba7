import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, type Database } from '../../src/adapters/postgres/connection/pool.ts';
import { openStores, type Stores } from '../../src/adapters/postgres/open-stores.ts';
import { makePartitions } from '../../src/adapters/postgres/schema/make-partitions.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import type { Role } from '../../src/app/ports/identity.ts';
import { withWorld } from '../../src/cli/world.ts';
import type { Query } from '../../src/graphql/generated/types.ts';
import { type OpenedWorld, openWorld, type Replacements } from '../../src/main/open-world.ts';
import { openServingWorld, serve } from '../../src/main/serve.ts';
import { urlFor } from './database.ts';
import { cloneDemoDatabase, demoConfig } from './demo-database.ts';

/** What came back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Query | null;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly [name: string]: unknown };
  }[];
}

/** Who a token speaks for. */
export interface Caller {
  readonly subject: string;
  readonly role: Role;
  /** The relationship manager whose customers alone the caller may see. */
  readonly book?: string;
  /** The client that holds the token. */
  readonly client?: string;
}

/** The real service over a demo bank of its own, asked over HTTP with tokens of its issuer. */
export interface DemoService {
  readonly url: string;
  readonly databaseUrl: string;
  readonly world: OpenedWorld;
  /** What is stored, over connections of the test's own. */
  readonly stores: Stores;
  readonly database: Database;
  ask(role: Role, query: string, variables?: object): Promise<Answer>;
  /** As `ask`, for a caller of this name. */
  askAs(caller: Caller, query: string, variables?: object): Promise<Answer>;
  token(role: Role): Promise<string>;
  /** As `token`, for a caller of this name. */
  tokenOf(caller: Caller): Promise<string>;
  /** Runs what commands do, which a service may not, by connections that are closed after it. */
  asWorker<T>(work: (world: OpenedWorld) => Promise<T>): Promise<T>;
  /** The statements of the service's pools since the last call. */
  statements(): readonly string[];
  /** The lines of the service's log since the last call. */
  logged(): readonly string[];
  /** The customers whose snapshots were built since the last call. */
  rebuilds(): readonly string[];
  close(): Promise<void>;
}

export interface DemoServiceOptions
  extends Pick<
    Replacements,
    'clock' | 'source' | 'postings' | 'moments' | 'cores' | 'hotTimeoutMs'
  > {
  /** A demo database that stays after the service; a clone of its own without it. */
  readonly databaseUrl?: string;
  readonly poolSize?: number;
  /** Settings beside those of every service of the tests. */
  readonly environment?: { readonly [variable: string]: string };
}

/** Starts the service as `nextbest serve` does, on a free port. */
export async function openDemoService(options: DemoServiceOptions = {}): Promise<DemoService> {
  const { databaseUrl, poolSize, environment, ...replaced } = options;
  const clone = databaseUrl === undefined ? await cloneDemoDatabase() : undefined;
  const url = databaseUrl ?? clone?.url ?? '';
  const dataFolder = await mkdtemp(join(tmpdir(), 'nextbest-journey-'));
  const usual = demoConfig(urlFor('SERVICE', url), dataFolder, environment);
  const config = { ...usual, logLevel: 'info' as const, poolSize: poolSize ?? usual.poolSize };
  const sent: string[] = [];
  const rebuilt: string[] = [];
  const lines: string[] = [];
  await makePartitions(url, (options.clock ?? systemClock).now(), 3);
  const opened = await openServingWorld(config, 'SERVICE', {
    ...replaced,
    logTo: { write: (line) => void lines.push(line) },
    onQuery: (text) => void sent.push(text),
    onRebuild: (customerId) => void rebuilt.push(customerId),
  });
  const service = await serve(config, opened);
  const database = createPool(url, { max: 1, applicationName: 'journey' });
  const stores = openStores(url, { max: 2, applicationName: 'journey' });
  const token = tokensOf(opened.world);
  const named = (role: Role) => ({ subject: `journey-${role.toLowerCase()}`, role });
  const askAs: DemoService['askAs'] = async (caller, query, variables) =>
    post(`${service.url}/graphql`, await token(caller), { query, variables });
  return {
    url: service.url,
    databaseUrl: url,
    stores,
    world: opened.world,
    database,
    askAs,
    ask: (role, query, variables) => askAs(named(role), query, variables),
    token: (role) => token(named(role)),
    tokenOf: token,
    asWorker: (work) => {
      const worker = { ...config, databaseUrl: urlFor('WORKER', url) };
      const clock = options.clock ?? systemClock;
      return withWorld(() => openWorld(worker, 'WORKER', { clock }), work);
    },
    statements: () => sent.splice(0),
    logged: () => lines.splice(0),
    rebuilds: () => rebuilt.splice(0),
    close: async () => {
      await service.close();
      await Promise.all([database.close(), stores.close()]);
      await clone?.drop();
      await rm(dataFolder, { recursive: true });
    },
  };
}

/** Tokens last longer than the hour for which they are kept here. */
function tokensOf(world: OpenedWorld): (caller: Caller) => Promise<string> {
  const signed = new Map<string, Promise<string | undefined>>();
  return async ({ role, ...who }) => {
    const key = `${world.clock.now().slice(0, 13)} ${role} ${JSON.stringify(who)}`;
    const signing = signed.get(key) ?? world.signToken({ ...who, roles: [role] });
    signed.set(key, signing);
    const token = await signing;
    if (token === undefined) throw new Error('the demo issuer signs nothing');
    return token;
  };
}

/** Posts an operation with a bearer token. */
export async function post(url: string, token: string, operation: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(operation),
  });
  const body = (await response.json()) as Partial<Pick<Answer, 'data' | 'errors'>>;
  const { status, headers } = response;
  return { status, headers, data: body.data ?? null, errors: body.errors ?? [] };
}
