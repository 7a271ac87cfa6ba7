/**
 * `npm run rig:operations [operations] [seed] [data folder]`: asks the demo's service operations
 * that are made up over the whole contract, one after another, and tells how long its event loop
 * stood still for each, how large the answers were, and whether any found a bug.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANSWER_BYTES } from '../../src/graphql/budgets.ts';
import { buildSchema } from '../../src/graphql/build-schema.ts';
import { ROOT } from '../../test/support/command.ts';
import {
  type GeneratedOperation,
  type Grounds,
  generateOperation,
  seeded,
} from '../../test/support/generated-operations.ts';
import { startWatched, type WatchedService } from './watched-service.ts';

const [operations = 10_000, seed = 20_261_130] = process.argv.slice(2, 4).map(Number);
const MOST_BUSY_MS = 250;
/** Other work of the machine stops a loop too: what is long is asked again, the least counts. */
const AGAIN = 3;
const CUSTOMERS = 50;

const given = process.argv[4];
const dataFolder = given ?? (await mkdtemp(join(tmpdir(), 'nextbest-operations-')));
const service = await startWatched(dataFolder);
try {
  process.exitCode = (await run(service)) ? 0 : 1;
} finally {
  await service.end();
  if (given === undefined) await rm(dataFolder, { recursive: true });
}

interface Asked {
  readonly n: number;
  readonly outcome: string;
  readonly stillMs: number;
  readonly busyMs: number;
  readonly bytes: number;
}

async function run(of: WatchedService): Promise<boolean> {
  const grounds = await groundsOf(of);
  const random = seeded(seed);
  const began = await of.stillness();
  let peakBytes = began.residentBytes;
  const all: Asked[] = [];
  for (let n = 0; n < operations; n += 1) {
    const operation = generateOperation(grounds, random);
    let asked = await ask(n, operation, of);
    for (let again = 1; again < AGAIN && asked.busyMs > MOST_BUSY_MS; again += 1) {
      const other = await ask(n, operation, of);
      if (other.busyMs < asked.busyMs) asked = other;
    }
    if (isFault(asked)) console.log(`${JSON.stringify(asked)}\n${JSON.stringify(operation)}`);
    all.push(asked);
    if (n % 100 === 0) peakBytes = Math.max(peakBytes, (await of.stillness()).residentBytes);
  }
  return tell(all, { before: began.residentBytes, peak: peakBytes });
}

async function ask(n: number, operation: GeneratedOperation, of: WatchedService): Promise<Asked> {
  const { role, query, variables } = operation;
  await of.stillness();
  const response = await fetch(of.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${of.tokens[role]}` },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { longestMs, busyMs } = await of.stillness();
  const { data, errors } = JSON.parse(text);
  const code = errors?.[0]?.extensions.code ?? '';
  const outcome = `${response.status} ${data ? 'data' : ''}${code ? ` ${code}` : ''}`;
  return { n, outcome, stillMs: longestMs, busyMs, bytes: Buffer.byteLength(text) };
}

function isFault({ outcome, busyMs, bytes }: Asked): boolean {
  const isBug = /^5|INTERNAL|UNAVAILABLE/.test(outcome);
  return isBug || busyMs > MOST_BUSY_MS || bytes > ANSWER_BYTES;
}

function tell(
  all: readonly Asked[],
  resident: { readonly before: number; readonly peak: number },
): boolean {
  const counts = new Map<string, number>();
  for (const { outcome } of all) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  for (const [outcome, count] of [...counts].toSorted((a, b) => b[1] - a[1])) {
    console.log(`${String(count).padStart(6)} ${outcome}`);
  }
  const shares = (name: string, values: readonly number[]) => {
    const sorted = values.toSorted((a, b) => a - b);
    const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(0);
    console.log(`${name}: p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)} ms`);
  };
  shares(
    'loop held by its own work',
    all.map(({ busyMs }) => busyMs),
  );
  shares(
    'loop held by the clock',
    all.map(({ stillMs }) => stillMs),
  );
  console.log(`largest answer: ${Math.max(...all.map(({ bytes }) => bytes))} bytes`);
  const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  console.log(`resident: ${mb(resident.before)} before, ${mb(resident.peak)} at most`);
  const faults = all.filter(isFault).length;
  console.log(`${all.length} operations of seed ${seed}, ${faults} beyond a bound`);
  return faults === 0;
}

interface Told {
  readonly customers?: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
  readonly nextBestActions?: { readonly decisionId: string };
}

/** Customers and decisions that there are, so that most operations read something. */
async function groundsOf(of: WatchedService): Promise<Grounds> {
  const contract = buildSchema(await readFile(join(ROOT, 'schema.graphql'), 'utf8'));
  const asked = async (query: string): Promise<Told> => {
    const response = await fetch(of.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${of.tokens.AGENT}`,
      },
      body: JSON.stringify({ query }),
    });
    const { data } = (await response.json()) as { readonly data: Told };
    return data;
  };
  const { customers } = await asked(`{ customers(first: ${CUSTOMERS}) {
    ... on CustomerConnection { edges { node { id } } } } }`);
  const customerIds = (customers?.edges ?? []).map(({ node }) => node.id);
  const decisionIds: string[] = [];
  for (const id of customerIds.slice(0, 10)) {
    const { nextBestActions } = await asked(`{ nextBestActions(customerId: "${id}",
      channel: AGENT) { ... on NextBestActions { decisionId } } }`);
    if (nextBestActions !== undefined) decisionIds.push(nextBestActions.decisionId);
  }
  return { ...contract, customerIds, decisionIds };
}
