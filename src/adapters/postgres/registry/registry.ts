import { defineConfig, type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { outageOf } from '../connection/outage-of.ts';
import { splitOptions } from '../connection/session-options.ts';
import {
  ActivationEntity,
  ArtifactEntity,
  BankEntity,
  ForestEntity,
  ReleaseEntity,
} from './entities.ts';

/** The registry of a database: releases, forests and the bank, as entities. */
export interface Registry {
  /** Runs work over entities of its own; whatever it returns holds none. */
  read<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
  /** The same in one transaction. */
  write<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** How a registry connects; a statement longer than its timeout is an outage. */
export interface RegistryOptions {
  readonly max?: number;
  readonly statementTimeoutMs?: number;
  /** Sessions that write nothing. */
  readonly readOnly?: boolean;
  /** Told of each statement: for counting in tests. */
  readonly onQuery?: (text: string) => void;
}

/** Opens no connection until it is used. */
export function createRegistry(url: string, options: RegistryOptions = {}): Registry {
  const orm = new MikroORM(configOf(url, options));
  const guarded = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> =>
    work(orm.em.fork()).catch((error: unknown) => {
      throw outageOf(error);
    });
  return {
    read: guarded,
    write: (work) => guarded((em) => em.transactional((inner) => work(inner as EntityManager))),
    close: () => orm.close(true),
  };
}

const OWN_OPTIONS = ['-c TimeZone=UTC', '-c synchronous_commit=on'];
const READ_ONLY = ['-c default_transaction_read_only=on'];

function configOf(
  url: string,
  { max = 2, statementTimeoutMs = 30_000, readOnly = false, onQuery }: RegistryOptions,
) {
  const given = splitOptions(url);
  return defineConfig({
    clientUrl: given.url,
    entities: [ActivationEntity, ArtifactEntity, BankEntity, ForestEntity, ReleaseEntity],
    pool: { min: 0, max },
    driverOptions: {
      application_name: 'nextbest-registry',
      connectionTimeoutMillis: 1_500,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + 250,
      options: [...OWN_OPTIONS, ...(readOnly ? READ_ONLY : []), ...given.options].join(' '),
    },
    ensureDatabase: false,
    debug: onQuery === undefined ? false : ['query'],
    logger: (statement) => onQuery?.(statement),
    forceUtcTimezone: true,
  });
}
