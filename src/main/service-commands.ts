import { env, stdout } from 'node:process';
import { Command, InvalidArgumentError } from 'commander';
import { withWorld } from '../cli/world.ts';
import { BadSetting, type Config, isLoopback, readConfig } from './config.ts';
import { desk } from './desk.ts';
import { type OpenedWorld, openWorld } from './open-world.ts';
import { openServingWorld, type RunningService, serve } from './serve.ts';
import { untilSignal } from './signals.ts';
import { prepareDemo } from './start.ts';
import { createStartSteps } from './start-steps.ts';

/** `start`: everything up to a first answer on one machine. */
export function startCommand(): Command {
  return new Command('start')
    .description('open the database, load the demo bank where there is no bank yet, and serve')
    .option('--customers <count>', 'customers of a newly generated demo bank', wholeNumber, 1_000)
    .action(async ({ customers }: { readonly customers: number }) => {
      const config = readConfig(env);
      const steps = createStartSteps(() => performance.now());
      let opened: Awaited<ReturnType<typeof openServingWorld>> | undefined;
      await steps.run('open the database', async () => {
        opened = await openServingWorld(config, 'SERVICE', {
          onNotice: (notice) => stdout.write(`${notice}\n`),
        });
        return opened.world.database.dataFolder ?? 'DATABASE_URL';
      });
      if (opened === undefined) return;
      try {
        if (config.issuer === undefined && !isLoopback(config.host)) {
          throw new BadSetting('the demo is served on loopback only: set HOST to 127.0.0.1');
        }
        const actor = desk.systemUser;
        await withPreparingWorld(config, opened.world, (world) =>
          prepareDemo(world, { customers, actor }, steps),
        );
        const service = await serve(config, opened);
        await greet(service);
        await untilSignal();
        await service.close();
      } catch (error) {
        await opened.world.close();
        throw error;
      }
    });
}

/** A bank is loaded and taught as a worker, by connections that are closed before it is served. */
async function withPreparingWorld(
  config: Config,
  { bank, releases }: OpenedWorld,
  work: (world: OpenedWorld) => Promise<void>,
): Promise<void> {
  const there = await bank.read();
  if (there !== undefined && (await releases.active()) !== undefined) return;
  await withWorld(() => openWorld(config, 'WORKER'), work);
}

/** `serve`: serves the bank that is there; generates nothing. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve the bank that the database holds; never generates one')
    .action(async () => {
      const config = readConfig(env);
      const opened = await openServingWorld(config, 'SERVICE', {
        onNotice: (notice) => stdout.write(`${notice}\n`),
      });
      try {
        const service = await serve(config, opened);
        stdout.write(`${service.url}/graphql\n`);
        await untilSignal();
        await service.close();
      } catch (error) {
        await opened.world.close();
        throw error;
      }
    });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 100 && value <= 1_000_000) return value;
  throw new InvalidArgumentError('write a whole number from 100 to 1000000');
}

async function greet({ url, world }: RunningService): Promise<void> {
  const bank = await world.bank.read();
  const page = await world.customers.directory.page({ after: null, first: 1 });
  const customerId = page.customerIds[0] ?? '';
  const query = `{ nextBestActions(customerId: "${customerId}", channel: AGENT) {
  ... on NextBestActions { decisionId outcome noAction { text } actions { rank action { name }
    propensity { calibrated } expectedValue { amount currency } reasons { text } presentable } }
  ... on Refusal { code message } } }`;
  stdout.write(`
${bank?.name ?? ''} is served, business date ${bank?.businessDate ?? ''}.

  GraphQL  ${url}/graphql
  health   ${url}/health/ready      metrics  ${url}/metrics
  token    npx nextbest token --role agent

Paste this query, with the header { "Authorization": "Bearer <token>" }:

${query}

ctrl-C ends it; the data stay.
`);
}
