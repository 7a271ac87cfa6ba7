import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDemoIssuer } from '../adapters/identity/demo-issuer.ts';
import { BadKeySet } from '../adapters/identity/read-key-set.ts';
import { createTokenVerifier } from '../adapters/identity/token-verifier.ts';
import { loadBoss } from '../adapters/jobs/boss.ts';
import { openShapWorker } from '../adapters/training/shap-in-worker.ts';
import { prepareExplanations } from '../app/decisions/evidence/explain-by-shap.ts';
import type { Commit } from '../app/ports/commit.ts';
import type { TokenVerifier } from '../app/ports/identity.ts';
import { createHttpServer } from '../graphql/http-server.ts';
import { BadSetting, type Config } from './config.ts';
import { ROOT } from './desk.ts';
import { handleJobs, metricsText } from './handle-jobs.ts';
import { refusalToDecide, refusalToServe } from './may-serve.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createServiceLog, logBug, nameOf } from './service-log.ts';
import { type OpenedWorkbench, openWorkbench, type Replacements } from './workbench.ts';

/** A service that answers; close it to end cleanly. */
export interface RunningService {
  readonly url: string;
  readonly bench: OpenedWorkbench;
  readonly close: () => Promise<void>;
}

/** Opens a workbench that is watched: rebuilds are counted from the start. */
export async function openServingWorkbench(config: Config, replacements: Replacements = {}) {
  const metrics = createMetrics();
  // Meanwhile the database opens, which is waiting for the most part.
  loadBoss().catch(() => undefined);
  const bench = await openWorkbench(config, {
    ...replacements,
    onRebuild: (customerId) => {
      metrics.rebuild();
      replacements.onRebuild?.(customerId);
    },
  });
  return { bench, metrics };
}

/** Serves the bank of a database; refuses to where it must not. */
export async function serve(
  config: Config,
  opened: { readonly bench: OpenedWorkbench; readonly metrics: Metrics },
): Promise<RunningService> {
  const { bench, metrics } = opened;
  const bank = await bench.bank.read();
  const active = await bench.releaseStore.active();
  const release = active === undefined ? undefined : await bench.releaseShelf.take(active);
  const wrong = refusalToServe(bank, config) ?? refusalToDecide(release);
  if (wrong !== undefined) throw new BadSetting(wrong);
  const logger = createServiceLog(config.logLevel);
  bench.database.onDown(() => logger.error('the embedded database went down: restarting it'));
  // A decision that a job follows from would else wait for the queue to open.
  const jobs = [bench.jobs.open(), config.handlesJobs && handleJobs(bench, { metrics, logger })];
  await Promise.all(jobs);
  const shap = openShapWorker();
  const app = await createHttpServer({
    typeDefs: await readFile(join(ROOT, 'schema.graphql'), 'utf8'),
    deps: {
      ...bench,
      loaders: bench.liveLoaders,
      commit: countDecisions(bench.commit, metrics),
      replayer: () => bench.replayer('SOURCE'),
      shap: shap.compute,
    },
    verifier: await verifierOf(config, bench),
    open: config.issuer === undefined,
    isReady: async () => {
      const ready = await bench.isReady();
      metrics.ready(ready);
      return ready;
    },
    metricsText: () => metricsText(bench, metrics),
    onRequest: metrics.request,
    onError: (error) => logBug(logger, error),
  });
  await app.listen({ host: config.host, port: config.port });
  if (release !== undefined) {
    const ahead = prepareExplanations(release.body, { ...bench, shap: shap.compute });
    ahead.catch((error) => logger.debug({ err: nameOf(error) }, 'no forest taken apart ahead'));
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  return {
    url: `http://${config.host}:${port}`,
    bench,
    close: async () => {
      await app.close();
      await shap.close();
      await bench.close();
    },
  };
}

async function verifierOf(config: Config, bench: OpenedWorkbench): Promise<TokenVerifier> {
  const settings =
    config.issuer ?? (await openDemoIssuer(bench.dataFolder, bench.clock)).settings;
  try {
    return await createTokenVerifier(settings, bench.clock);
  } catch (error) {
    if (error instanceof BadKeySet) throw new BadSetting(`NEXTBEST_JWKS: ${error.message}`);
    throw error;
  }
}

/** Counts the decisions that a commit made durable, and those alone. */
function countDecisions(commit: Commit, metrics: Metrics): Commit {
  return async (commitment) => {
    const committed = await commit(commitment);
    for (const [i, { capsule }] of commitment.decisions.entries()) {
      if (committed.decisions[i]?.outcome === 'RECORDED') metrics.decision(capsule);
    }
    return committed;
  };
}
