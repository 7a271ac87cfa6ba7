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
  watched: Pick<OpenedWorld, 'jobs' | 'isReady'> & { readonly metrics: Metrics },
): Promise<ServedMetrics> {
  const pages: Readonly<Record<string, () => Promise<readonly [number, string]>>> = {
    '/metrics': async () => [200, await metricsText(watched, watched.metrics)],
    '/health/live': async () => [200, '{"status":"LIVE"}'],
    '/health/ready': async () => {
      const ready = await watched.isReady();
      watched.metrics.ready(ready);
      return ready ? [200, '{"status":"READY"}'] : [503, '{"status":"NOT_READY"}'];
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
