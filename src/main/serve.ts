import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { openDemoIssuer } from '../adapters/identity/demo-issuer.ts';
import { createTokenVerifier } from '../adapters/identity/token-verifier.ts';
import { shadowCheck } from '../app/decisions/shadow-check.ts';
import type { Bank } from '../app/ports/bank.ts';
import type { DecisionLog, DecisionRecord } from '../app/ports/decision-log.ts';
import type { TokenVerifier } from '../app/ports/identity.ts';
import { createHttpServer } from '../graphql/http-server.ts';
import { BadSetting, type Config, isLoopback } from './config.ts';
import { ROOT } from './desk.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { EVALUATORS } from './rule-sets.ts';
import { type OpenedWorkbench, openWorkbench, type Replacements } from './workbench.ts';

/** A service that answers; close it to end cleanly. */
export interface RunningService {
  readonly url: string;
  readonly bench: OpenedWorkbench;
  readonly close: () => Promise<void>;
}

/** Opens a workbench for serving: rebuilds are counted from the start. */
export async function openServingWorkbench(config: Config, replacements: Replacements = {}) {
  const metrics = createMetrics();
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
  const wrong = refusalToServe(bank, config);
  if (wrong !== undefined) throw new BadSetting(wrong);
  const logger = pino({ level: config.logLevel, redact: ['req', 'err.detail'] });
  bench.database.onDown(() => logger.error('the embedded database went down: restarting it'));
  const app = await createHttpServer({
    typeDefs: await readFile(join(ROOT, 'schema.graphql'), 'utf8'),
    deps: { ...bench, log: watchLog(bench, metrics, logger), replayer: bench.replayer('SOURCE') },
    verifier: await verifierOf(config, bench),
    open: config.issuer === undefined,
    isReady: async () => {
      const ready = await bench.isReady();
      metrics.ready(ready);
      return ready;
    },
    metricsText: metrics.text,
    onRequest: metrics.request,
    onError: (error) => logger.error({ err: nameOf(error) }, 'a request failed on a bug'),
  });
  await app.listen({ host: config.host, port: config.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  return {
    url: `http://${config.host}:${port}`,
    bench,
    close: async () => {
      await app.close();
      await bench.close();
    },
  };
}

function refusalToServe(bank: Bank | undefined, config: Config): string | undefined {
  if (bank === undefined) {
    return 'the database holds no bank: run `nextbest start` for the demo, or `nextbest import`';
  }
  if (bank.mode === 'EVALUATION') {
    return `bank \`${bank.name}\` is marked for evaluation: its consent is assumed, so it may not be served; use \`nextbest decide\``;
  }
  if (config.issuer !== undefined) return undefined;
  if (bank.mode !== 'DEMO') {
    return 'a real bank needs an issuer: set NEXTBEST_ISSUER and NEXTBEST_JWKS';
  }
  if (isLoopback(config.host)) return undefined;
  return `the demo issuer exists on loopback only: set HOST to 127.0.0.1 instead of \`${config.host}\`, or set NEXTBEST_ISSUER and NEXTBEST_JWKS`;
}

async function verifierOf(config: Config, bench: OpenedWorkbench): Promise<TokenVerifier> {
  const settings =
    config.issuer ?? (await openDemoIssuer(bench.dataFolder, bench.clock)).settings;
  return createTokenVerifier(settings, bench.clock);
}

/** One decision in so many is judged by the reference evaluator too, after it was answered. */
const SHADOWED_ONE_IN = 100;

/** Counts what is recorded, and runs a share of it through the second evaluator. */
function watchLog(bench: OpenedWorkbench, metrics: Metrics, logger: Logger): DecisionLog {
  let recorded = 0;
  const watch = async (record: DecisionRecord) => {
    const explained = await bench.explain({
      id: record.id,
      customerId: '',
      caller: record.caller,
      decidedAt: record.capsule.live.decidedAt,
      capsule: record.capsule,
    });
    metrics.decision(explained);
    recorded += 1;
    if (recorded % SHADOWED_ONE_IN !== 0) return;
    for (const found of await shadowCheck(explained, EVALUATORS.referenceVerdict)) {
      metrics.disagreement();
      logger.error(found, 'the two rule evaluators disagree');
    }
  };
  return {
    ...bench.log,
    append: async (record) => {
      const appended = await bench.log.append(record);
      if (appended.outcome === 'RECORDED') {
        watch(record).catch((error) => logger.warn({ err: nameOf(error) }, 'not watched'));
      }
      return appended;
    },
  };
}

/** An error by its kind and place; its message may hold what a log must not. */
function nameOf(error: unknown): { readonly name: string; readonly at: string } {
  if (!(error instanceof Error)) return { name: 'unknown', at: '' };
  const places = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { name: error.name, at: places.slice(0, 4).join(' ').replaceAll(`${ROOT}/`, '') };
}
