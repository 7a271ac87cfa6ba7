import { setTimeout as sleep } from 'node:timers/promises';

/** What must be answered at any load: health, metrics and an auditor's question. */
export interface Probed {
  readonly name: string;
  readonly asked: number;
  readonly failed: number;
  readonly slowestMs: number;
}

const EVERY_MS = 500;

/** Asks each of these twice a second until it is told to stop. */
export function startProbes(url: string, auditToken: string): () => Promise<readonly Probed[]> {
  const audit: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${auditToken}` },
    body: JSON.stringify({ query: '{ decisionAudit(first: 1) { __typename } }' }),
  };
  let stopped = false;
  const probe = async (name: string, path: string, how?: RequestInit): Promise<Probed> => {
    const took: number[] = [];
    let failed = 0;
    while (!stopped) {
      const begunMs = performance.now();
      const answer = await fetch(`${url}${path}`, how).catch(() => undefined);
      await answer?.text();
      if (answer?.status !== 200) failed += 1;
      took.push(performance.now() - begunMs);
      await sleep(EVERY_MS);
    }
    return { name, asked: took.length, failed, slowestMs: Math.max(...took) };
  };
  const all = Promise.all([
    probe('live', '/health/live'),
    probe('ready', '/health/ready'),
    probe('metrics', '/metrics'),
    probe('audit', '/graphql', audit),
  ]);
  return () => {
    stopped = true;
    return all;
  };
}
