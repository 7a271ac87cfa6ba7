import { join } from 'node:path';
import { createEngineArchive } from '../adapters/engines/engine-archive.ts';
import { extractFolders } from '../adapters/extracts/extract-folder.ts';
import { openDemoIssuer } from '../adapters/identity/demo-issuer.ts';
import { createBankStore } from '../adapters/postgres/bank-store.ts';
import { createCustomerDirectory } from '../adapters/postgres/customer-directory.ts';
import { createCustomerSource } from '../adapters/postgres/customer-source.ts';
import { createDecisionLog } from '../adapters/postgres/decision-log.ts';
import { ensurePartitions } from '../adapters/postgres/decision-partitions.ts';
import { defaultDataFolder } from '../adapters/postgres/embedded/data-folder.ts';
import { type OpenDatabase, openDatabase } from '../adapters/postgres/embedded/open-database.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import { createMomentReader } from '../adapters/postgres/moment-reader.ts';
import { createRegistry } from '../adapters/postgres/orm.ts';
import { createPool } from '../adapters/postgres/pool.ts';
import { createRecordStore } from '../adapters/postgres/record-store.ts';
import { createReleaseStore } from '../adapters/postgres/release-store.ts';
import { createSnapshotStore } from '../adapters/postgres/snapshot-store.ts';
import { systemClock, systemRandomness } from '../adapters/system/system-clock.ts';
import { trainInWorkers } from '../adapters/training/train-in-workers.ts';
import { createCustomerLoaders } from '../app/customer360/customer-loaders.ts';
import { createExplainer } from '../app/decisions/explain-decision.ts';
import { createReplayer } from '../app/decisions/replay-decision.ts';
import { createSnapshotKeeper } from '../app/decisions/snapshot-keeper.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { CustomerSource } from '../app/ports/customer-source.ts';
import type { MomentReader } from '../app/ports/moment.ts';
import { createReleaseShelf } from '../app/releases/release-shelf.ts';
import type { Workbench } from '../cli/workbench.ts';
import type { Config } from './config.ts';
import { demoBank } from './demo-bank.ts';
import { ROOT } from './desk.ts';

/** What a test may put in the place of the real thing. */
export interface Replacements {
  readonly clock?: Clock;
  readonly source?: (real: CustomerSource) => CustomerSource;
  readonly moments?: (real: MomentReader) => MomentReader;
  readonly onQuery?: (text: string) => void;
  readonly onRebuild?: (customerId: string) => void;
  readonly onNotice?: (notice: string) => void;
}

/** A workbench whose database answers, and that database. */
export interface OpenedWorkbench extends Workbench {
  readonly database: OpenDatabase;
  readonly isReady: () => Promise<boolean>;
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
  const clock = replacements.clock ?? systemClock;
  const pools = openPools(config, database.url, replacements);
  await ensurePartitions(pools.writer, clock.now(), 3);
  const registry = createRegistry(database.url);
  const realSource = createCustomerSource(pools.reader);
  const source = replacements.source?.(realSource) ?? realSource;
  const loaders = () => createCustomerLoaders(source, clock);
  const bank = createBankStore(registry);
  const realMoments = createMomentReader(pools.moments);
  const moments = replacements.moments?.(realMoments) ?? realMoments;
  const releaseStore = createReleaseStore(registry);
  const releases = createReleaseShelf(releaseStore);
  const snapshotStore = createSnapshotStore(pools.reader);
  const log = createDecisionLog({ reader: pools.reader, writer: pools.writer });
  const { onRebuild } = replacements;
  const dataFolder = database.dataFolder ?? config.dataFolder ?? defaultDataFolder();
  const engines = createEngineArchive(join(ROOT, 'engines'));
  return {
    database,
    dataFolder,
    bank,
    directory: createCustomerDirectory(pools.reader),
    loaders,
    moments,
    snapshots: createSnapshotKeeper({
      store: snapshotStore,
      clock,
      loaders,
      ...(onRebuild && { onRebuild }),
    }),
    snapshotStore,
    releases,
    releaseStore,
    log,
    clock,
    randomness: systemRandomness,
    explain: createExplainer({ releases, snapshots: snapshotStore }),
    records: createRecordStore(pools.reader, { clock, randomness: systemRandomness }),
    extracts: extractFolders,
    trainer: (training, onProgress) =>
      trainInWorkers(training, {
        workers: config.trainingWorkers,
        ...(onProgress && { onProgress }),
      }),
    replayer: (engine) =>
      createReplayer({
        log,
        releases: releaseStore,
        snapshots: snapshotStore,
        moments,
        engines,
        engine,
      }),
    demo: demoBank,
    signToken: async (subject, roles) => {
      if ((await bank.read())?.mode !== 'DEMO' || config.issuer !== undefined) return undefined;
      return (await openDemoIssuer(dataFolder, clock)).sign(subject, roles);
    },
    isReady: async () => {
      try {
        return (await pools.reader.query('select 1')).length === 1;
      } catch {
        return false;
      }
    },
    close: async () => {
      await Promise.all([...Object.values(pools).map((pool) => pool.close()), registry.close()]);
      await database.close();
    },
  };
}

function openPools(config: Config, url: string, { onQuery }: Replacements) {
  const pool = (applicationName: string, max: number) =>
    createPool(url, { applicationName, max, ...(onQuery && { onQuery }) });
  return {
    reader: pool('nextbest-reader', config.poolSize),
    moments: pool('nextbest-moments', 1),
    writer: pool('nextbest-writer', 2),
  };
}
