import type { OpenJobQueue } from '../adapters/jobs/job-queue.ts';
import { actingAs } from '../adapters/postgres/connection/session-options.ts';
import { defaultDataFolder } from '../adapters/postgres/embedded/data-folder.ts';
import { type OpenDatabase, openDatabase } from '../adapters/postgres/embedded/open-database.ts';
import { openStores, type Stores } from '../adapters/postgres/open-stores.ts';
import { type Duty, ROLE_OF } from '../adapters/postgres/schema/roles.ts';
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
import { BadSetting, type Config } from './config.ts';
import { demoBank } from './demo-bank.ts';
import { ensurePrepared } from './prepare-database.ts';
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
  /** For what must not depend on how busy a machine is. */
  readonly hotTimeoutMs?: number;
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

/** Opens the database as the role of a duty, sees that it is prepared, and wires every service. */
export async function openWorld(
  config: Config,
  duty: Duty,
  replacements: Replacements = {},
): Promise<OpenedWorld> {
  const { onNotice } = replacements;
  const database = await openDatabase({
    databaseUrl: config.databaseUrl,
    ownerUrl: config.ownerUrl,
    dataFolder: config.dataFolder,
    pgBinDir: config.pgBinDir,
    ...(onNotice && { onNotice }),
  });
  try {
    const clock = replacements.clock ?? systemClock;
    const owner = database.urlFor('OWNER');
    const url = urlOf(database, duty);
    await ensurePrepared({ url, owner }, { duty, at: clock.now() });
    return await wire(config, { database, url }, { ...replacements, clock });
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function wire(
  config: Config,
  { database, url }: { readonly database: OpenDatabase; readonly url: string },
  replacements: Replacements & { readonly clock: Clock },
): Promise<OpenedWorld> {
  const { onQuery, clock, hotTimeoutMs } = replacements;
  const jobs = wireJobs(url, clock);
  const opened = openStores(url, {
    applicationName: 'nextbest',
    max: config.poolSize,
    jobs: jobs.queue,
    ownerUrl: ownerUrlOf(database),
    ...(onQuery && { onQuery }),
    ...(hotTimeoutMs !== undefined && { hotTimeoutMs }),
  });
  const readiness = watchReadiness(opened, replacements);
  const watched = { ...opened, commit: readiness.watched(opened.commit) };
  const stores = replaced(watched, replacements);
  const by = { clock, releaseShelf: createReleaseShelf(stores.releases) };
  const intake = wireIntake(url, by);
  const dataFolder = database.dataFolder ?? config.dataFolder ?? defaultDataFolder();
  return {
    ...(await wireDeciding(stores, { ...by, ...replacements })),
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

/** The url by which a duty is done. */
export function urlOf(database: OpenDatabase, duty: Duty): string {
  const url = duty === 'OWNER' ? ownerUrlOf(database) : database.urlFor(duty);
  if (url !== undefined) return url;
  throw new BadSetting('that is for the owner: set NEXTBEST_OWNER_URL');
}

function ownerUrlOf(database: OpenDatabase): string | undefined {
  const url = database.urlFor('OWNER');
  return url && actingAs(url, ROLE_OF.OWNER);
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
