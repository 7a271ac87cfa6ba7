import { env, stdout } from 'node:process';
import { Command } from 'commander';
import { readConfig } from './config.ts';
import { handleJobs } from './handle-jobs.ts';
import { openServingWorld } from './serve.ts';
import { type ServedMetrics, serveMetrics } from './serve-metrics.ts';
import { untilSignal } from './signals.ts';

/** `work`: handles jobs in a process of its own. */
export function workCommand(): Command {
  return new Command('work')
    .description(
      'handle the jobs that decisions leave, beside any number of services and other workers; ' +
        'where PORT is set, metrics and health are served there',
    )
    .action(async () => {
      const config = readConfig(env);
      const { world, metrics, logger } = await openServingWorld(config, 'WORKER', {
        onNotice: (notice) => stdout.write(`${notice}\n`),
      });
      let served: ServedMetrics | undefined;
      try {
        const { host, givenPort } = config;
        if (givenPort !== undefined) {
          served = await serveMetrics({ host, port: givenPort }, { ...world, metrics });
        }
        await handleJobs(world, { metrics, logger });
        const where = served === undefined ? '' : `, watched at ${served.url}/metrics`;
        stdout.write(`jobs are handled${where}; ctrl-C ends it, once what it handles is done\n`);
        await untilSignal();
      } finally {
        await served?.close();
        await world.close();
      }
    });
}
