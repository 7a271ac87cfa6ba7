/**
 * Loads a running service from this other process: `node scripts/launch.mjs
 * bench/http/http-bench.ts <url> <token> [seconds] [connections]`. Prints for each question the
 * answers a second, latencies, and the service's CPU a request as its own metrics tell it.
 */
import autocannon from 'autocannon';

const [url = 'http://127.0.0.1:4000', token = '', seconds = '3', connections = '16'] =
  process.argv.slice(2);
const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };

const NEXT = `query Next($id: ID!) { nextBestActions(customerId: $id, channel: AGENT) {
  ... on NextBestActions { decisionId decidedAt factsAsOf release outcome noAction { code text }
    actions { rank action { id name } treatment { id text }
      terms { amount { amount currency } rate }
      propensity { calibrated basis } expectedValue { amount currency }
      factors { propensity context lever value { amount } } reasons { code text }
      presentable approval expiresOn } }
  ... on Refusal { code message } } }`;
const VIEW = `query View($id: ID!) { customer360(id: $id) { ... on Customer360 {
  profile { displayName segment } arrangements { items { id kind balance { amount currency } } }
  transactions(first: 20) { edges { node { id amount { amount } category } } } } } }`;
const RELEASE = 'query Release { activeRelease { digest semver } }';

const ids = await customerIds();
const questions = [
  ['activeRelease', RELEASE],
  ['nextBestActions', NEXT],
  ['customer360', VIEW],
] as const;

for (const [name, query] of questions) {
  await load(query, 1);
  const before = await cpuSeconds();
  const { requests, latency, ...rest } = await load(query, Number(seconds));
  const cpuUs = ((await cpuSeconds()) - before) * 1e6;
  console.log(
    [
      name.padEnd(16),
      `${Math.round(requests.average)} req/s`,
      `p50 ${latency.p50} ms`,
      `p99 ${latency.p99} ms`,
      `service CPU ${Math.round(cpuUs / Math.max(requests.total, 1))} us a request`,
      `${rest.non2xx + rest.errors + rest.mismatches} failed`,
    ].join('  '),
  );
}

function load(query: string, duration: number) {
  const requests = ids.map((id) => ({
    method: 'POST' as const,
    path: '/graphql',
    headers,
    body: JSON.stringify({ query, variables: query === RELEASE ? {} : { id } }),
  }));
  return autocannon({ url, duration, connections: Number(connections), requests, verifyBody });
}

/** A GraphQL error comes with status 200, and an error is answered faster than a decision. */
function verifyBody(body: unknown): boolean {
  const text = String(body);
  return !text.startsWith('{"errors"') && !text.includes('"errors":[') && /"data":\{"/.test(text);
}

async function customerIds(): Promise<readonly string[]> {
  const query =
    '{ customers(first: 100) { ... on CustomerConnection { edges { node { id } } } } }';
  const body = JSON.stringify({ query });
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  const answer: {
    readonly data?: { readonly customers: { readonly edges: readonly Edge[] } };
    readonly errors?: unknown;
  } = JSON.parse(await response.text());
  const found = (answer.data?.customers.edges ?? []).map(({ node }) => node.id);
  if (found.length === 0) throw new Error(`no customers: ${JSON.stringify(answer.errors)}`);
  return found;
}

interface Edge {
  readonly node: { readonly id: string };
}

async function cpuSeconds(): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total ([\d.]+)/m.exec(text)?.[1] ?? Number.NaN);
}
