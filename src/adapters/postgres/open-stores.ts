import type { BankStore } from '../../app/ports/bank.ts';
import type { CustomerDirectory, CustomerSource } from '../../app/ports/customer-source.ts';
import type { DecisionLog } from '../../app/ports/decision-log.ts';
import type { ReadLiveSheets } from '../../app/ports/live-sheets.ts';
import type { MomentReader, SnapshotStore } from '../../app/ports/moment.ts';
import type { ReleaseStore } from '../../app/ports/release-store.ts';
import { createBankStore } from './bank-store.ts';
import { createCustomerDirectory } from './customer-directory.ts';
import { createCustomerSource } from './customer-source.ts';
import { createDecisionLog } from './decision-log.ts';
import { createLiveSheets } from './live-sheets.ts';
import { createMomentReader } from './moment-reader.ts';
import { createRegistry } from './orm.ts';
import { createPool, type Database, type PoolOptions } from './pool.ts';
import { createReleaseStore } from './release-store.ts';
import { createSnapshotStore } from './snapshot-store.ts';

/** Everything kept in one database. */
export interface Stores {
  readonly database: Database;
  /** With the transactions of the last months, as live decisions read them. */
  readonly customers: CustomerSource;
  /** With all transactions, for training and for looking back in time. */
  readonly histories: CustomerSource;
  readonly directory: CustomerDirectory;
  readonly moments: MomentReader;
  readonly snapshots: SnapshotStore;
  readonly liveSheets: ReadLiveSheets;
  readonly decisions: DecisionLog;
  readonly releases: ReleaseStore;
  readonly bank: BankStore;
  close(): Promise<void>;
}

export interface StoresOptions {
  readonly max: number;
  readonly applicationName: string;
  /** Months of transactions that live decisions read: 24 unless stated. */
  readonly transactionMonths?: number;
  /** Decisions that may wait to be made durable: 10,000 unless stated. */
  readonly mostWaiting?: number;
  readonly onQuery?: (text: string) => void;
}

/** What a customer waits for may not take longer: the answer is due within two seconds. */
const HOT_TIMEOUT_MS = 1_500;

/**
 * Opens no connection until it is used. Moments and the log have one of their own each: neither
 * waits behind an audit. Moments are planned once, which is most of what a lone one costs.
 */
export function openStores(url: string, options: StoresOptions): Stores {
  const { max, applicationName, transactionMonths = 24 } = options;
  const pools: Database[] = [];
  const pool = (more: Partial<PoolOptions> = {}) => {
    const counted = options.onQuery === undefined ? {} : { onQuery: options.onQuery };
    const opened = createPool(url, { max, applicationName, ...counted, ...more });
    pools.push(opened);
    return opened;
  };
  const hot = { max: 1, statementTimeoutMs: HOT_TIMEOUT_MS };
  const database = pool();
  const moments = pool({ ...hot, settings: { plan_cache_mode: 'force_generic_plan' } });
  const { mostWaiting, onQuery } = options;
  const registry = createRegistry(url, onQuery === undefined ? {} : { onQuery });
  return {
    database,
    customers: createCustomerSource(database, { transactionMonths }),
    histories: createCustomerSource(database),
    directory: createCustomerDirectory(database),
    moments: createMomentReader(moments),
    snapshots: createSnapshotStore(database),
    liveSheets: createLiveSheets(database),
    decisions: createDecisionLog(
      { reader: database, writer: pool(hot) },
      mostWaiting === undefined ? {} : { mostWaiting },
    ),
    releases: createReleaseStore(registry),
    bank: createBankStore(registry),
    close: async () => {
      await Promise.all([...pools.map((opened) => opened.close()), registry.close()]);
    },
  };
}
