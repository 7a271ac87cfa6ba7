import { setTimeout as sleep } from 'node:timers/promises';

/** A client that writes down outside of the database what was acknowledged to it. */
export interface CrashLoad {
  /** Request id to decision id, for every request that was answered with a decision. */
  readonly acknowledged: ReadonlyMap<string, string>;
  /** Request ids whose first try failed on the way: nobody knows what became of those. */
  readonly doubtful: ReadonlySet<string>;
  /** Answers under a request id that differ from the first one. */
  readonly changed: readonly string[];
  /** Resolves once so many more requests are acknowledged. */
  more(count: number): Promise<void>;
  /** Asks again what was acknowledged before; a changed answer is noted. */
  repeat(requestIds: readonly string[]): Promise<void>;
  /** Ends the load; every request that was begun is brought to an answer first. */
  stop(): Promise<void>;
}

export interface CrashLoadOptions {
  readonly url: () => string;
  readonly token: string;
  readonly customers: number;
  readonly clients: number;
}

const QUERY = `query Ask($id: ID!, $requestId: ID!) {
  nextBestActions(customerId: $id, channel: AGENT, requestId: $requestId) {
    ... on NextBestActions { decisionId } ... on Refusal { code } } }`;
const RETRY_MS = 50;
const CALL_LIMIT_MS = 5_000;

/** Starts clients that each ask, and ask again under the same request id until answered. */
export function startCrashLoad(options: CrashLoadOptions): CrashLoad {
  const acknowledged = new Map<string, string>();
  const doubtful = new Set<string>();
  const changed: string[] = [];
  let next = 0;
  let stopped = false;
  const settle = async (requestId: string) => {
    for (;;) {
      const id = await ask(requestId, options);
      if (id === undefined) {
        if (!acknowledged.has(requestId)) doubtful.add(requestId);
        await sleep(RETRY_MS);
        continue;
      }
      const before = acknowledged.get(requestId) ?? id;
      acknowledged.set(requestId, before);
      if (before !== id) changed.push(`${requestId}: ${before}, then ${id}`);
      return;
    }
  };
  const client = async () => {
    while (!stopped) await settle(`request-${next++}`);
  };
  const clients = Array.from({ length: options.clients }, client);
  return {
    acknowledged,
    doubtful,
    changed,
    async more(count) {
      const wanted = acknowledged.size + count;
      while (acknowledged.size < wanted) await sleep(5);
    },
    async repeat(requestIds) {
      for (const requestId of requestIds) await settle(requestId);
    },
    async stop() {
      stopped = true;
      await Promise.all(clients);
    },
  };
}

/** The decision's id; undefined when the way there failed or the service said to come again. */
async function ask(
  requestId: string,
  { url, token, customers }: CrashLoadOptions,
): Promise<string | undefined> {
  const number = 1 + (Number(requestId.replace(/\D/g, '')) % customers);
  const variables = { id: `C${String(number).padStart(6, '0')}`, requestId };
  const response = await fetch(`${url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: QUERY, variables }),
    signal: AbortSignal.timeout(CALL_LIMIT_MS),
  }).catch(() => undefined);
  if (response === undefined || response.status === 503) return undefined;
  const text = await response.text().catch(() => undefined);
  if (text === undefined) return undefined;
  const id = /"decisionId":"([0-9a-f-]{36})"/.exec(text)?.[1];
  // A partial answer may hold a decision that was never made durable: it does not count.
  if (id === undefined) throw new Error(`unexpected: ${response.status} ${text}`);
  return id;
}
