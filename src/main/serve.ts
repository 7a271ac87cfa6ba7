import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DestinationStream, Logger } from 'pino';
import { openDemoIssuer } from '../adapters/identity/demo-issuer.ts';
import { BadKeySet } from '../adapters/identity/read-key-set.ts';
import { createTokenVerifier } from '../adapters/identity/token-verifier.ts';
import { loadBoss } from '../adapters/jobs/boss.ts';
import type { Duty } from '../adapters/postgres/schema/roles.ts';
import { openShapWorker } from '../adapters/training/shap-in-worker.ts';
import type { Evidence } from '../app/decisions/evidence/evidence.ts';
import { withHeavyAudits } from '../app/decisions/evidence/heavy-audits.ts';
import type { Commit } from '../app/ports/commit.ts';
import type { TokenVerifier } from '../app/ports/identity.ts';
import type { MandateReader } from '../app/ports/mandates.ts';
import type { ShapComputer } from '../app/ports/shap.ts';
import { createAdmission } from '../graphql/admission/admit.ts';
import type { GateSenses } from '../graphql/admission/gate.ts';
import { measureLoop } from '../graphql/admission/loop-delay.ts';
import type { Services } from '../graphql/context.ts';
import { createHttpServer } from '../graphql/http-server.ts';
import { createHoldToList } from '../graphql/listed/hold-to-list.ts';
import { openAuditsInWorker } from './audits-in-worker.ts';
import { BadSetting, type Config } from './config.ts';
import { ROOT } from './desk.ts';
import { handleJobs, metricsText } from './handle-jobs.ts';
import { answersListedOnly, issuerFor, refusalToDecide, refusalToServe } from './may-serve.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { type OpenedWorld, openWorld, type Replacements, urlOf } from './open-world.ts';
import {
  createServiceLog,
  logBroken,
  logBug,
  logReadiness,
  nameOf,
  outageLog,
} from './service-log.ts';
import { tellDropped } from './tell-dropped.ts';
import { tellTurnedAway } from './tell-turned-away.ts';
import { answersAssistants, wireAssistants } from './wire-assistants.ts';

/** A service that answers; close it to end cleanly. */
export interface RunningService {
  readonly url: string;
  readonly world: OpenedWorld;
  readonly close: () => Promise<void>;
}

/** What a served world may be given besides what any world may. */
interface ServingReplacements extends Replacements {
  /** Where the log goes; by default standard output. */
  readonly logTo?: DestinationStream;
}

/** A world that is watched, and where it is told of. */
export interface ServingWorld {
  readonly world: OpenedWorld;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/**
 * Opens a world that is watched: rebuilds, decisions and what cores could not tell are counted
 * from the start.
 */
export async function openServingWorld(
  config: Config,
  duty: Duty,
  given: ServingReplacements = {},
): Promise<ServingWorld> {
  const { logTo, ...replacements } = given;
  const metrics = createMetrics();
  const logger = createServiceLog(config.logLevel, logTo);
  // Meanwhile the database opens, which is waiting for the most part.
  loadBoss().catch(() => undefined);
  const world = await openWorld(config, duty, {
    ...replacements,
    commit: (real) => countDecisions(real, metrics),
    onDropped: tellDropped({ metrics, logger }),
    onRebuild: (customerId) => {
      metrics.rebuild();
      replacements.onRebuild?.(customerId);
    },
    onReadiness: (readiness, code) => logReadiness(logger, readiness, code),
  });
  return { world, metrics, logger };
}

/** Serves the bank of a database; refuses to where it must not. */
export async function serve(config: Config, opened: ServingWorld): Promise<RunningService> {
  const { world, metrics, logger } = opened;
  const bank = await world.bank.read();
  const release = await world.releases.takeActive();
  const wrong = refusalToServe(bank, config) ?? refusalToDecide(release);
  if (wrong !== undefined) throw new BadSetting(wrong);
  world.database.onDown(() => logger.error('the embedded database went down: restarting it'));
  const shap = openShapWorker();
  const audits = openAuditsInWorker({
    databaseUrl: urlOf(world.database, 'AUDITOR'),
    onBroken: (broken) => logBroken(logger, broken),
  });
  const evidence = withHeavyAudits(world.evidence, audits);
  const services = servicesOf(world, { evidence, shap: shap.compute });
  const listedOnly = answersListedOnly(bank, config);
  const issuer = issuerFor(bank, config);
  const hasAssistants = answersAssistants(bank, config);
  const loop = measureLoop();
  const settings = { ...config, issuer, listedOnly, hasAssistants, waitedMs: loop.waitedMs };
  const server = createServer(services, settings, opened);
  // A decision that a job follows from would else wait for the queue to open.
  const [app] = await Promise.all([server, world.jobs.open()]);
  await app.listen({ host: config.host, port: config.port });
  // Jobs may wait a moment longer; who asks for a decision should not.
  if (config.handlesJobs) await handleJobs(world, { metrics, logger });
  if (release !== undefined) {
    const ahead = world.evidence.prepareExplanations(release.body, shap.compute);
    ahead.catch((error) => logger.debug({ err: nameOf(error) }, 'no forest taken apart ahead'));
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  return {
    url: `http://${config.host}:${port}`,
    world,
    close: async () => {
      // Whoever waits for an audit is told soon: the server closes when all are answered.
      await Promise.all([app.close(), audits.close()]);
      loop.stop();
      await shap.close();
      await world.close();
    },
  };
}

/** The HTTP server of some services, not listening yet. */
async function createServer(
  services: Services,
  config: Config & { readonly hasAssistants: boolean } & Pick<GateSenses, 'waitedMs'>,
  watched: ServingWorld,
) {
  const { world, metrics, logger } = watched;
  const nowMs = () => performance.now();
  const typeDefs = await readFile(join(ROOT, 'schema.graphql'), 'utf8');
  const verifier = await verifierOf(config, world);
  const onError = (error: unknown) => logBug(logger, error);
  return createHttpServer({
    typeDefs,
    services,
    verifier,
    ...(config.hasAssistants && {
      assistants: wireAssistants(world, config, { typeDefs, reader: verifier, onError }),
    }),
    open: config.issuer === undefined && config.listedOnly !== true,
    ...(config.listedOnly === true && {
      holdToList: createHoldToList(world.operations, nowMs),
    }),
    budgets: config.budgets,
    answerBytes: config.answerBytes,
    admission: createAdmission({
      quotas: config.quotas,
      senses: { waitedMs: config.waitedMs, nowMs },
      onTurnedAway: tellTurnedAway({ metrics, logger }),
    }),
    readiness: async () => {
      const readiness = await world.readiness();
      metrics.ready(readiness.status === 'READY');
      return readiness;
    },
    metricsText: () => metricsText(world, metrics),
    onRequest: metrics.request,
    onError,
    onOutage: outageLog(logger),
  });
}

/** What resolvers ask; nothing else of the world reaches a request. */
function servicesOf(
  { deciding, customers, releases, bank, clock }: OpenedWorld,
  audited: { readonly evidence: Evidence; readonly shap: ShapComputer },
): Services {
  return { deciding, customers, releases, bank, clock, ...audited };
}

async function verifierOf(
  config: Config,
  { dataFolder, clock }: Pick<OpenedWorld, 'dataFolder' | 'clock'>,
): Promise<TokenVerifier & MandateReader> {
  const settings = config.issuer ?? (await openDemoIssuer(dataFolder, clock)).settings;
  try {
    return await createTokenVerifier(settings, clock);
  } catch (error) {
    const named = settings.jwks === undefined ? 'NEXTBEST_ISSUER' : 'NEXTBEST_JWKS';
    if (error instanceof BadKeySet) throw new BadSetting(`${named}: ${error.message}`);
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
