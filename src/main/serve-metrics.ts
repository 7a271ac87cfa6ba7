import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { metricsText } from './handle-jobs.ts';
import type { Metrics } from './metrics.ts';
import type { OpenedWorld } from './open-world.ts';

/** Where a process without an API is watched. */
export interface ServedMetrics {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves `/metrics`, `/health/live` and `/health/ready` as the service does, and no more. */
export async function serveMetrics(
  at: Pick<Config, 'host'> & { readonly port: number },
  watched: Pick<OpenedWorld, 'jobs' | 'readiness'> & { readonly metrics: Metrics },
): Promise<ServedMetrics> {
  const pages: Readonly<Record<string, () => Promise<readonly [number, string]>>> = {
    '/metrics': async () => [200, await metricsText(watched, watched.metrics)],
    '/health/live': async () => [200, '{"status":"LIVE"}'],
    '/health/ready': async () => {
      const readiness = await watched.readiness();
      const isReady = readiness.status === 'READY';
      watched.metrics.ready(isReady);
      return [isReady ? 200 : 503, JSON.stringify(readiness)];
    },
  };
  const server = createServer(async (request, response) => {
    const page = request.method === 'GET' ? pages[request.url ?? ''] : undefined;
    const [status, text] = (await page?.().catch(() => undefined)) ?? [404, ''];
    const type = request.url === '/metrics' ? 'text/plain; version=0.0.4' : 'application/json';
    response.writeHead(status, { 'content-type': type }).end(text);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(at.port, at.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${at.host}:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
