import type { OpenJobQueue } from '../adapters/jobs/job-queue.ts';
import { ensurePartitions } from '../adapters/postgres/decisions/decision-partitions.ts';
import { defaultDataFolder } from '../adapters/postgres/embedded/data-folder.ts';
import { type OpenDatabase, openDatabase } from '../adapters/postgres/embedded/open-database.ts';
import { openStores, type Stores } from '../adapters/postgres/open-stores.ts';
import { migrate } from '../adapters/postgres/schema/migrate.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { createMonitoring } from '../app/monitoring/monitoring.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { Commit } from '../app/ports/commit.ts';
import type { CustomerSource } from '../app/ports/customer-source.ts';
import type { SpentMandates } from '../app/ports/mandates.ts';
import type { MomentReader } from '../app/ports/moment.ts';
import type { ReadPostings } from '../app/ports/posting-pages.ts';
import type { Readiness } from '../app/ports/readiness.ts';
import { createReleaseShelf } from '../app/releases/release-shelf.ts';
import { createReleases } from '../app/releases/releases.ts';
import type { World } from '../cli/world.ts';
import type { Config } from './config.ts';
import { demoBank } from './demo-bank.ts';
import { createReadiness, type ReadinessDeps } from './readiness.ts';
import { createTokenSigner } from './token-signer.ts';
import { type DecidingReplacements, wireDeciding } from './wire-deciding.ts';
import { wireEvidence } from './wire-evidence.ts';
import { wireIntake } from './wire-intake.ts';
import { type WiredJobs, wireJobs } from './wire-jobs.ts';
import { wireLearning } from './wire-learning.ts';

/** What a test, or a service that is watched, puts in the place of the real thing. */
export interface Replacements extends DecidingReplacements {
  readonly clock?: Clock;
  readonly source?: (real: CustomerSource) => CustomerSource;
  readonly postings?: (real: ReadPostings) => ReadPostings;
  readonly moments?: (real: MomentReader) => MomentReader;
  readonly commit?: (real: Commit) => Commit;
  readonly onQuery?: (text: string) => void;
  readonly onNotice?: (notice: string) => void;
  readonly onReadiness?: ReadinessDeps['onChange'];
}

/** A world whose database answers, with what a process needs beside its services. */
export interface OpenedWorld extends World {
  readonly database: OpenDatabase;
  readonly jobs: OpenJobQueue;
  /** Handles jobs in this process from now on, until the world is closed. */
  readonly work: WiredJobs['work'];
  readonly readiness: () => Promise<Readiness>;
  readonly dataFolder: string;
  readonly spentMandates: SpentMandates;
}

/** Opens the database, brings it to the newest schema and wires every service to it. */
export async function openWorld(
  config: Config,
  replacements: Replacements = {},
): Promise<OpenedWorld> {
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
): Promise<OpenedWorld> {
  const { onQuery } = replacements;
  const clock = replacements.clock ?? systemClock;
  const jobs = wireJobs(database.url, clock);
  const opened = openStores(database.url, {
    applicationName: 'nextbest',
    max: config.poolSize,
    jobs: jobs.queue,
    ...(onQuery && { onQuery }),
  });
  await ensurePartitions(opened.database, clock.now(), 3);
  const readiness = watchReadiness(opened, replacements);
  const watched = { ...opened, commit: readiness.watched(opened.commit) };
  const stores = replaced(watched, replacements);
  const by = { clock, releaseShelf: createReleaseShelf(stores.releases) };
  const intake = wireIntake(database.url, by);
  const dataFolder = database.dataFolder ?? config.dataFolder ?? defaultDataFolder();
  return {
    ...(await wireDeciding(stores, { ...by, ...replacements, clock })),
    evidence: wireEvidence(stores, by),
    intake: intake.intake,
    releases: createReleases(stores.releases, by.releaseShelf),
    learning: wireLearning(stores, { clock, threads: config.trainingWorkers }),
    monitoring: createMonitoring({
      log: stores.decisions,
      readModel: stores.readModel,
      releaseStore: stores.releases,
    }),
    bank: stores.bank,
    operations: stores.operations,
    spentMandates: stores.spentMandates,
    clock,
    demo: demoBank,
    signToken: createTokenSigner(stores.bank, { config, dataFolder, clock }),
    database,
    dataFolder,
    jobs: jobs.queue,
    work: jobs.work,
    readiness: readiness.now,
    close: async () => {
      await jobs.close();
      await Promise.all([opened.close(), intake.close()]);
      await database.close();
    },
  };
}

/** The stores as a test sees them. */
function replaced(stores: Stores, { source, postings, moments, commit }: Replacements): Stores {
  return {
    ...stores,
    ...(source && {
      customers: source(stores.customers),
      histories: source(stores.histories),
      patient: source(stores.patient),
    }),
    ...(postings && { postings: postings(stores.postings) }),
    ...(moments && { moments: moments(stores.moments) }),
    ...(commit && { commit: commit(stores.commit) }),
  };
}

/** Asks over the connection that decisions begin with: it answers soon, or an outage does. */
function watchReadiness({ moments, tryWrite }: Stores, { onReadiness }: Replacements) {
  return createReadiness({
    tryRead: () => moments.readMoments(['']),
    tryWrite,
    nowMs: () => performance.now(),
    ...(onReadiness && { onChange: onReadiness }),
  });
}
