import autocannon from 'autocannon';
import { type Asking, bodyAbout, headersOf, isDecision } from './asking.ts';
import { serviceFigures } from './service-figures.ts';

/** What a round of the closed loop gave; `failed` counts answers that hold no decision. */
export interface ClosedLoop {
  readonly count: number;
  readonly wallS: number;
  /** Of the service alone, its database left out. */
  readonly serviceS: number;
  readonly failed: number;
}

/** Connections that each ask again as soon as they were answered. */
export const CONNECTIONS = 16;

/** Asks for some seconds as fast as the service answers so many connections. */
export async function closedLoop(
  asking: Asking,
  seconds: number,
  connections = CONNECTIONS,
): Promise<ClosedLoop> {
  const before = await serviceFigures(asking.url);
  const requests = Array.from({ length: asking.customers }, (_, number) => ({
    method: 'POST' as const,
    path: '/graphql',
    headers: headersOf(asking),
    body: bodyAbout(asking, number),
  }));
  let clients = 0;
  const { requests: done, ...rest } = await autocannon({
    url: asking.url,
    duration: seconds,
    connections,
    requests,
    // Left alone, every connection walks the list from its beginning, and all of them ask about
    // one customer at a time.
    setupClient: (client) => {
      const from = Math.floor((clients * requests.length) / connections);
      clients += 1;
      client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
    },
    verifyBody: isDecision,
  });
  const { cpuSeconds } = await serviceFigures(asking.url);
  return {
    count: done.total,
    wallS: rest.duration,
    serviceS: cpuSeconds - before.cpuSeconds,
    failed: rest.non2xx + rest.errors + rest.mismatches,
  };
}
