import { join } from 'node:path';
import { createEngineArchive } from '../adapters/engines/engine-archive.ts';
import { extractFolders } from '../adapters/extracts/extract-folder.ts';
import { scoreByLibrary } from '../adapters/forest-reference/library-scorer.ts';
import { openDemoIssuer } from '../adapters/identity/demo-issuer.ts';
import type { OpenJobQueue } from '../adapters/jobs/job-queue.ts';
import { createPool } from '../adapters/postgres/connection/pool.ts';
import { ensurePartitions } from '../adapters/postgres/decisions/decision-partitions.ts';
import { defaultDataFolder } from '../adapters/postgres/embedded/data-folder.ts';
import { type OpenDatabase, openDatabase } from '../adapters/postgres/embedded/open-database.ts';
import { createReadingIntake } from '../adapters/postgres/intake/reading-intake.ts';
import { createRecordIntake } from '../adapters/postgres/intake/record-intake.ts';
import { openStores, type Stores } from '../adapters/postgres/open-stores.ts';
import { migrate } from '../adapters/postgres/schema/migrate.ts';
import { systemClock, systemRandomness } from '../adapters/system/system-clock.ts';
import { trainInWorkers } from '../adapters/training/train-in-workers.ts';
import {
  type CustomerLoaders,
  createCustomerLoaders,
} from '../app/customer360/customer-loaders.ts';
import { createSnapshotKeeper } from '../app/decisions/deciding/snapshot-keeper.ts';
import { createEvidenceReader } from '../app/decisions/evidence/gather-evidence.ts';
import { createReplayer } from '../app/decisions/evidence/replay-decision.ts';
import {
  type CoreReadings,
  type CoreSettings,
  openCoreReadings,
} from '../app/intake/core-readings.ts';
import { readThroughMoments } from '../app/intake/read-through-moments.ts';
import type { Book } from '../app/ports/book.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { CustomerIdentities } from '../app/ports/customer-identity.ts';
import type { CustomerSource } from '../app/ports/customer-source.ts';
import type { MomentReader } from '../app/ports/moment.ts';
import type { RuleDisagreements } from '../app/ports/rule-disagreements.ts';
import { createReleaseShelf } from '../app/releases/release-shelf.ts';
import type { Workbench } from '../cli/workbench.ts';
import type { Config } from './config.ts';
import { demoBank } from './demo-bank.ts';
import { ROOT } from './desk.ts';
import { type WiredJobs, wireJobs } from './wire-jobs.ts';

/** What a test may put in the place of the real thing. */
export interface Replacements {
  readonly clock?: Clock;
  readonly source?: (real: CustomerSource) => CustomerSource;
  readonly moments?: (real: MomentReader) => MomentReader;
  readonly onQuery?: (text: string) => void;
  /** Live cores that are asked before deciding. */
  readonly cores?: readonly CoreSettings[];
  readonly onRebuild?: (customerId: string) => void;
  readonly onNotice?: (notice: string) => void;
}

/** A workbench whose database answers, and that database. */
export interface OpenedWorkbench extends Workbench {
  readonly database: OpenDatabase;
  readonly jobs: OpenJobQueue;
  /** Handles jobs in this process from now on, until the workbench is closed. */
  readonly work: WiredJobs['work'];
  readonly disagreements: RuleDisagreements;
  readonly isReady: () => Promise<boolean>;
  readonly book: Book;
  /** For who waits: a part that does not answer soon fails by itself. */
  readonly liveLoaders: () => CustomerLoaders;
  readonly identities: CustomerIdentities;
  readonly dataFolder: string;
}

/** Opens the database, brings it to the newest schema and wires every use case to it. */
export async function openWorkbench(
  config: Config,
  replacements: Replacements = {},
): Promise<OpenedWorkbench> {
  const { onNotice } = replacements;
  const database = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataFolder: config.dataFolder,
    pgBinDir: config.pgBinDir,
    ...(onNotice && { onNotice }),
  });
  try {
    await migrate(database.url);
    return await wire(config, database, replacements);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function wire(
  config: Config,
  database: OpenDatabase,
  replacements: Replacements,
): Promise<OpenedWorkbench> {
  const { onQuery } = replacements;
  const clock = replacements.clock ?? systemClock;
  const applicationName = 'nextbest';
  const jobs = wireJobs(database.url, clock);
  const stores = openStores(database.url, {
    applicationName,
    max: config.poolSize,
    jobs: jobs.queue,
    ...(onQuery && { onQuery }),
  });
  await ensurePartitions(stores.database, clock.now(), 3);
  // An import takes as long as it takes; nothing else may.
  const patient = createPool(database.url, { applicationName, max: 1, statementTimeoutMs: 0 });
  const dataFolder = database.dataFolder ?? config.dataFolder ?? defaultDataFolder();
  const cores = await wireCores(stores, clock, replacements);
  const decisions = wireDecisions(stores, clock, { ...replacements, readThrough: cores });
  return {
    ...decisions,
    database,
    dataFolder,
    jobs: jobs.queue,
    work: jobs.work,
    disagreements: stores.disagreements,
    bank: stores.bank,
    directory: stores.directory,
    book: stores.book,
    readModel: stores.readModel,
    identities: stores.identities,
    liveSheets: stores.liveSheets,
    intake: createRecordIntake(patient, { clock, randomness: systemRandomness }),
    extracts: extractFolders,
    trainingThreads: config.trainingWorkers,
    reference: scoreByLibrary,
    trainer: (training, onProgress) =>
      trainInWorkers(training, {
        workers: config.trainingWorkers,
        ...(onProgress && { onProgress }),
      }),
    demo: demoBank,
    signToken: async (who) => {
      const mode = (await stores.bank.read())?.mode;
      if (mode !== 'DEMO' || config.issuer !== undefined) return undefined;
      return (await openDemoIssuer(dataFolder, clock)).sign(who);
    },
    isReady: () => answers(stores),
    close: async () => {
      await jobs.close();
      await Promise.all([stores.close(), patient.close()]);
      await database.close();
    },
  };
}

/** All that deciding, explaining and replaying need. */
function wireDecisions(
  stores: Stores,
  clock: Clock,
  replacements: Replacements & { readonly readThrough: CoreReadings | undefined },
) {
  const sourced = replacements.source ?? ((real: CustomerSource) => real);
  const recorded = replacements.moments?.(stores.moments) ?? stores.moments;
  const { readThrough } = replacements;
  // Only who decides asks a live core: a replay reads what is recorded.
  const moments =
    readThrough === undefined ? recorded : readThroughMoments(recorded, readThrough);
  // Training, looking back and deciding read the same records: only their patience differs.
  const [live, past] = [sourced(stores.customers), sourced(stores.histories)];
  const loaders = () => createCustomerLoaders(past, clock);
  const liveLoaders = () => createCustomerLoaders(live, clock);
  const { decisions: log, commit, snapshots: snapshotStore, releases: releaseStore } = stores;
  const releaseShelf = createReleaseShelf(releaseStore);
  const engines = createEngineArchive(join(ROOT, 'engines'));
  const { onRebuild } = replacements;
  return {
    clock,
    randomness: systemRandomness,
    loaders,
    liveLoaders,
    moments,
    log,
    commit,
    releaseShelf,
    releaseStore,
    snapshotStore,
    snapshotKeeper: createSnapshotKeeper({
      store: snapshotStore,
      clock,
      loaders: liveLoaders,
      ...(onRebuild && { onRebuild }),
    }),
    evidenceOf: createEvidenceReader({ releaseShelf, snapshotStore }),
    replayer: (engine: 'SOURCE' | 'ARCHIVE') =>
      createReplayer({
        log,
        releaseStore,
        snapshotStore,
        moments: recorded,
        engines,
        engine,
      }),
  };
}

/** Undefined without a live core: then nothing is asked and nothing costs. */
async function wireCores(
  { readings }: Stores,
  clock: Clock,
  { cores = [] }: Replacements,
): Promise<CoreReadings | undefined> {
  if (cores.length === 0) return undefined;
  const intake = createReadingIntake(readings, { clock, randomness: systemRandomness });
  return openCoreReadings(cores, { intake, clock });
}

/** Asks over the connection that decisions begin with: it answers soon, or an outage does. */
async function answers({ moments }: Stores): Promise<boolean> {
  try {
    await moments.readMoments(['']);
    return true;
  } catch {
    return false;
  }
}
