import type { BankStore } from '../../app/ports/bank.ts';
import type { Book } from '../../app/ports/book.ts';
import type { Commit } from '../../app/ports/commit.ts';
import type { CustomerIdentities } from '../../app/ports/customer-identity.ts';
import type { CustomerDirectory, CustomerSource } from '../../app/ports/customer-source.ts';
import type { DecisionLog } from '../../app/ports/decision-log.ts';
import type { ReadLiveSheets } from '../../app/ports/live-sheets.ts';
import type { SpentMandates } from '../../app/ports/mandates.ts';
import type { MomentReader, SnapshotStore } from '../../app/ports/moment.ts';
import type { OperationList } from '../../app/ports/operation-list.ts';
import type { ReadPostings } from '../../app/ports/posting-pages.ts';
import type { ReadModel } from '../../app/ports/read-model.ts';
import type { ReleaseStore } from '../../app/ports/release-store.ts';
import type { RuleDisagreements } from '../../app/ports/rule-disagreements.ts';
import { createBankStore } from './bank/bank-store.ts';
import { createBook } from './bank/book.ts';
import { createCustomerDirectory } from './bank/customer-directory.ts';
import { createCustomerIdentities } from './bank/customer-identities.ts';
import { createCustomerSource } from './bank/customer-source.ts';
import { createPostingPages } from './bank/posting-pages.ts';
import { createPool, type Database, type PoolOptions } from './connection/pool.ts';
import { tryWrite } from './connection/write-probe.ts';
import type { JobSink } from './decisions/apply-effects.ts';
import { createCommitWriter } from './decisions/commit-writer.ts';
import { createDecisionLog } from './decisions/decision-log.ts';
import { createRuleDisagreements } from './decisions/rule-disagreements.ts';
import { createLiveSheets } from './moments/live-sheets.ts';
import { createMomentReader } from './moments/moment-reader.ts';
import { createSnapshotStore } from './moments/snapshot-store.ts';
import { createOperationList } from './operations/operation-list.ts';
import { createSpentMandates } from './operations/spent-mandates.ts';
import { createReadModel } from './read-model/read-model.ts';
import { createRegistry } from './registry/registry.ts';
import { createReleaseStore } from './registry/release-store.ts';

/** Everything kept in one database. */
export interface Stores {
  readonly database: Database;
  /** One connection for the readings of live cores: opened when the first one is taken. */
  readonly readings: Database;
  /** For who waits: a part that does not answer soon fails by itself. */
  readonly customers: CustomerSource;
  /** The same for training and for looking back in time, which may take longer. */
  readonly histories: CustomerSource;
  /** For what nobody waits for: a history that is too large for the others. */
  readonly patient: CustomerSource;
  /** Pages of one part, which are read by themselves. */
  readonly postings: ReadPostings;
  readonly directory: CustomerDirectory;
  readonly book: Book;
  readonly identities: CustomerIdentities;
  readonly moments: MomentReader;
  readonly snapshots: SnapshotStore;
  readonly liveSheets: ReadLiveSheets;
  readonly decisions: DecisionLog;
  readonly commit: Commit;
  readonly disagreements: RuleDisagreements;
  readonly releases: ReleaseStore;
  readonly readModel: ReadModel;
  readonly bank: BankStore;
  readonly operations: OperationList;
  readonly spentMandates: SpentMandates;
  /** Writes and keeps nothing; throws where the database takes no writes. */
  readonly tryWrite: () => Promise<void>;
  close(): Promise<void>;
}

/** How the stores connect: `max` times for parts, half as often for audits and for the rest. */
export interface StoresOptions {
  readonly max: number;
  readonly applicationName: string;
  /** Decisions that may wait to be made durable: 10,000 unless stated. */
  readonly mostWaiting?: number;
  /** Where jobs of a commit go; without it, a commitment with a job is refused. */
  readonly jobs?: JobSink;
  /** By which the tables of a month are made where they lack; else the stores try themselves. */
  readonly ownerUrl?: string | undefined;
  /** How long a statement that a customer waits for may take: 1,500 ms unless stated. */
  readonly hotTimeoutMs?: number;
  readonly onQuery?: (text: string) => void;
}

/** What a customer waits for may not take longer: the answer is due within two seconds. */
const HOT_TIMEOUT_MS = 1_500;

/** One statement after the other; no longer than a process may take to end. */
const PATIENT = { statementTimeoutMs: 25_000, longestWaitMs: 120_000 };

/** Statements of one part at once, as a share of its pool: a part that hangs leaves the rest. */
const PART_SHARE = 4;

/**
 * Opens no connection until it is used. Moments and the writing of the log have one of their own
 * each, parts a pool, and what else a decision reads another: none waits behind an audit, nor
 * behind a part that hangs. Moments are planned once, which is most of what a lone one costs.
 */
export function openStores(url: string, options: StoresOptions): Stores {
  const { max, applicationName, hotTimeoutMs = HOT_TIMEOUT_MS } = options;
  const pools: Database[] = [];
  const pool = (more: Partial<PoolOptions> = {}) => {
    const counted = options.onQuery === undefined ? {} : { onQuery: options.onQuery };
    const opened = createPool(url, { max, applicationName, ...counted, ...more });
    pools.push(opened);
    return opened;
  };
  const half = Math.ceil(max / 2);
  const ofPart = Math.ceil(max / PART_SHARE);
  const soon = { statementTimeoutMs: hotTimeoutMs };
  const database = pool({ max: half });
  const quick = pool({ ...soon, max: half });
  const parts = pool(soon);
  const hot = { ...soon, max: 1 };
  const moments = pool({ ...hot, settings: { plan_cache_mode: 'force_generic_plan' } });
  const { mostWaiting, jobs, onQuery, ownerUrl } = options;
  const owner =
    ownerUrl === undefined ? undefined : createPool(ownerUrl, { max: 1, applicationName });
  if (owner !== undefined) pools.push(owner);
  const probes = pool({ ...hot, longestWaitMs: hotTimeoutMs });
  const registry = createRegistry(url, onQuery === undefined ? {} : { onQuery });
  return {
    database,
    readings: pool({ max: 1 }),
    customers: createCustomerSource(parts, { atOnce: ofPart }),
    histories: createCustomerSource(database),
    patient: createCustomerSource(pool({ max: 1, ...PATIENT })),
    postings: createPostingPages(parts, ofPart),
    directory: createCustomerDirectory(database),
    book: createBook(quick),
    identities: createCustomerIdentities(quick),
    moments: createMomentReader(moments),
    snapshots: createSnapshotStore(quick),
    liveSheets: createLiveSheets(database),
    decisions: createDecisionLog({ reader: quick, auditor: database }),
    commit: createCommitWriter(pool(hot), {
      ...(mostWaiting !== undefined && { mostWaiting }),
      ...(jobs !== undefined && { jobs }),
      ...(owner !== undefined && { owner }),
    }),
    disagreements: createRuleDisagreements(database),
    releases: createReleaseStore(registry),
    readModel: createReadModel(database),
    bank: createBankStore(registry),
    operations: createOperationList(quick),
    spentMandates: createSpentMandates(quick),
    tryWrite: () => tryWrite(probes),
    close: async () => {
      await Promise.all([...pools.map((opened) => opened.close()), registry.close()]);
    },
  };
}
