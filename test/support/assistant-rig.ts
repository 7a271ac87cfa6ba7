import { createTokenVerifier } from '../../src/adapters/identity/token-verifier.ts';
import { createSpendMandate } from '../../src/app/mandates/spend-mandate.ts';
import type { SpentMandates } from '../../src/app/ports/mandates.ts';
import type { ListedOperation, Operation } from '../../src/app/ports/operation-list.ts';
import { type Dependency, Outage } from '../../src/app/ports/outage.ts';
import type { BookRecord } from '../../src/domain/bank-record.ts';
import { createHoldToList } from '../../src/graphql/listed/hold-to-list.ts';
import { readOperations } from '../../src/graphql/listed/read-operations.ts';
import { createAssistantDoor } from '../../src/mcp/assistant-door.ts';
import { arrangement, covered, owner, person, posting } from './customer-history.ts';
import { fakeBook } from './fakes/fake-book.ts';
import { fakeDirectory } from './fakes/fake-directory.ts';
import { fakeMandates } from './fakes/fake-mandates.ts';
import type { FakeRecords } from './fakes/fake-records.ts';
import { fakePorts } from './fakes/fake-world.ts';
import { CUSTOMER, createRig, TYPE_DEFS } from './graphql-rig.ts';
import {
  goodClaims,
  makeSigningKey,
  movableClock,
  publishFile,
  signClaims,
} from './test-issuer.ts';

export const BOT = 'branch-assistant';
export const FOREIGN = 'F-9999';
/** What only the file of the foreign customer holds. */
export const FOREIGN_SECRET = 'Hohenzollern-Underwood';

/** The contract, as if something could be changed by it. */
const CHANGING = `${TYPE_DEFS}
"What changes something."
type Mutation {
  "Agrees to an offer for a customer."
  agree(
    "The bank's own customer number."
    customerId: ID! @about(field: "Customer360.id")
    "A word to the file."
    note: String @about
  ): ID @permit(to: [AGENT])
}`;

const OPERATIONS = `
  query View($id: ID!) { customer360(id: $id) { __typename
    ... on Customer360 { id profile { displayName language } } ... on Refusal { code message } } }
  query Find($filter: CustomerFilter, $first: Int) { customers(filter: $filter, first: $first) {
    __typename ... on CustomerConnection { edges { node { id profile { displayName } } } }
    ... on Refusal { code message } } }
  query Next($id: ID!, $context: JSON, $placement: String, $first: Int, $requestId: ID) {
    nextBestActions(customerId: $id, channel: AGENT, context: $context, placement: $placement,
      first: $first, requestId: $requestId) { __typename
    ... on NextBestActions { decisionId outcome actions { rank action { id } presentable approval
      terms { amount { amount } rate } } withheld { action { id } stage rule } }
    ... on Refusal { code message } } }
  query Postings($id: ID!, $first: Int) { customer360(id: $id) { __typename
    ... on Customer360 { transactions(first: $first) { edges { node { merchant } } } } } }
  query Audit($filter: DecisionFilter) { decisionAudit(filter: $filter) { __typename
    ... on DecisionConnection { edges { node { id customerId caller } } } } }
  query Decision($id: ID!) { decision(id: $id) { __typename ... on Decision { id customerId }
    ... on Refusal { code message } } }
  query Everybody { customers(first: 100) { ... on CustomerConnection { edges { node {
    a: transactions(first: 200) { edges { node { merchant } } }
    b: transactions(first: 200) { edges { node { merchant } } } } } } } }
  query Rules { ruleSet { __typename ... on RuleSet { name } } }
  mutation Agree($id: ID!, $note: String) { agree(customerId: $id, note: $note) }`;

/** Whose texts a test makes up, in the customer's own file. */
export interface Told {
  readonly familyName: string;
  readonly merchant: string;
}

export type AssistantRig = Awaited<ReturnType<typeof createAssistantRig>>;

/** A server over fakes with two customers in two books, whose tokens are checked in earnest. */
export async function createAssistantRig(told: Told) {
  const issuer = await openIssuer();
  const { verifier, time } = issuer;
  const listed = operations();
  const spending = breakableMandates();
  const committed: object[] = [];
  const ports = await portsOf(told);
  const nowMs = () => Date.parse(time.clock.now());
  const errors: unknown[] = [];
  const find = async (digest: string) => listed.find((one) => one.digest === digest)?.text;
  const agree = (_root: unknown, args: object) => {
    committed.push(args);
    return 'agreed';
  };
  const door = createAssistantDoor({
    operations: { list: async () => listed },
    typeDefs: CHANGING,
    version: '0',
    nowMs,
    onError: (error) => errors.push(error),
  });
  const by = { reader: verifier, spent: spending.spent, clock: time.clock };
  const rig = await createRig({
    ports,
    settings: {
      typeDefs: CHANGING,
      verifier,
      holdToList: createHoldToList({ find }, nowMs),
      changes: { Mutation: { agree } },
      assistants: { door, clients: [BOT], spendMandate: createSpendMandate(by) },
    },
  });
  return {
    ...rig,
    ...issuer,
    ...spending,
    log: ports.log,
    committed,
    bugs: () => [...rig.errors, ...errors],
    operation: (name: string) => listed.find((one) => one.name === name) as Operation,
    close: async () => {
      await rig.app.close();
      await issuer.stop();
    },
  };
}

/** An issuer whose tokens are an assistant's unless they say otherwise. */
async function openIssuer() {
  const time = movableClock();
  const key = await makeSigningKey('one');
  const { settings, stop } = await publishFile({ keys: [key.publicJwk] });
  const bounded = { ...settings, longestLifeSeconds: 900 };
  return {
    time,
    stop,
    verifier: await createTokenVerifier(bounded, time.clock),
    /** Signs by a name that the issuer publishes, and is not its own. */
    stranger: await makeSigningKey('one'),
    sign: (claims: object, by = key) =>
      signClaims(goodClaims(time.nowSeconds(), { client_id: BOT, ...claims }), by),
  };
}

function breakableMandates() {
  const kept = fakeMandates();
  const down: { by?: Outage } = {};
  const spent: SpentMandates = {
    spend: async (mandate, at) => {
      if (down.by !== undefined) throw down.by;
      return kept.spend(mandate, at);
    },
  };
  return {
    spent,
    spentMandates: kept.all,
    /** What fails from now on where a mandate is spent; nothing where nothing is named. */
    fail: (dependency?: Dependency) => {
      if (dependency === undefined) delete down.by;
      else down.by = new Outage(dependency, new Error('test'));
    },
  };
}

/** A request to the door, every part of which a test may spoil. */
export interface Knock {
  readonly method?: string;
  readonly tool?: string;
  readonly given?: unknown;
  readonly mandate?: unknown;
  readonly token?: string | null;
  /** The revision that header and body name. */
  readonly revision?: string | null;
  readonly headers?: { readonly [name: string]: string };
  /** Sent as it is, in the place of all that. */
  readonly body?: string;
}

/** Asks the door as an assistant would, and answers in one word what came of it. */
export async function knock(rig: Pick<AssistantRig, 'app'>, asked: Knock) {
  const { method = 'tools/call', tool = 'View', token = null, revision = REVISION } = asked;
  const meta = {
    ...(revision !== null && { 'io.modelcontextprotocol/protocolVersion': revision }),
    'io.modelcontextprotocol/clientInfo': { name: 'a', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
    ...(asked.mandate !== undefined && { 'nextbest/mandate': asked.mandate }),
  };
  const params = { _meta: meta, ...(method === 'tools/call' && { name: tool }) };
  const call = { ...params, ...(asked.given !== undefined && { arguments: asked.given }) };
  const answer = await rig.app.inject({
    method: 'POST',
    url: '/mcp',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-method': method,
      ...(method === 'tools/call' && { 'mcp-name': inHeader(tool) }),
      ...(revision !== null && { 'mcp-protocol-version': revision }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...asked.headers,
    },
    payload: asked.body ?? JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: call }),
  });
  return { status: answer.statusCode, text: answer.body, told: toldIn(answer) };
}

const REVISION = '2026-07-28';

/** A header holds printable signs; others the protocol writes in base64. */
function inHeader(name: string): string {
  const isPlain = /^[!-~](?:[ -~]*[!-~])?$/.test(name);
  return isPlain ? name : `=?base64?${Buffer.from(name).toString('base64')}?=`;
}

interface Heard {
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly error?: { readonly code: number };
  readonly result?: { readonly content?: readonly { readonly text: string }[] };
}

function toldIn({ statusCode, body }: { readonly statusCode: number; readonly body: string }) {
  if (body === '') return `HTTP ${statusCode}`;
  const heard = JSON.parse(body) as Heard;
  if (heard.errors !== undefined) return `HTTP ${statusCode} ${heard.errors[0]?.extensions.code}`;
  if (heard.error !== undefined) return `RPC ${heard.error.code}`;
  const text = heard.result?.content?.[0]?.text;
  if (text === undefined) return 'RESULT';
  const answer = JSON.parse(text) as Heard & {
    readonly data?: { readonly [f: string]: unknown };
  };
  const [error] = answer.errors ?? [];
  if (error !== undefined) return `TOOL ${error.extensions.code}`;
  const [field] = Object.values(answer.data ?? {});
  return `TOOL ${(field as { readonly __typename?: string }).__typename ?? String(field)}`;
}

function operations(): readonly ListedOperation[] {
  const read = readOperations(OPERATIONS, CHANGING);
  if (!read.ok) throw new Error(read.refusal.message);
  const at = '2026-11-24T09:30:00.000Z';
  return read.value.map((one) => ({ ...one, listedAt: at, listedBy: 'security officer' }));
}

async function portsOf({ familyName, merchant }: Told) {
  const kept: { records?: FakeRecords } = {};
  const recordedAt = '2026-01-11T09:00:00.000Z';
  const ports = await fakePorts(CUSTOMER, (records) => {
    kept.records = records;
    records.openCustomer(FOREIGN, '019ab000-0000-7000-8000-00000000000f');
    const own = person({ partyId: CUSTOMER, familyName, language: 'en', recordedAt });
    const other = { partyId: FOREIGN, familyName: FOREIGN_SECRET, language: 'en', recordedAt };
    records.give('party', [own, person(other)]);
    const account = arrangement('A-1', 'CURRENT_ACCOUNT', { accountNumber: '1' });
    records.give('arrangement', [account]);
    records.give('role', [owner('A-1', { partyId: CUSTOMER })]);
    records.give('transaction', [
      posting('2026-11-20', -2_500, { arrangementId: 'A-1', merchant }),
    ]);
    records.give('coverage', [covered()]);
  });
  if (kept.records === undefined) throw new Error('no records');
  const inBook = (partyId: string, managerId: string): BookRecord => ({
    partyId,
    managerId,
    startsOn: '2026-01-01',
    recordedAt,
  });
  const book = fakeBook([inBook(CUSTOMER, 'RM-1'), inBook(FOREIGN, 'RM-2')], '2026-11-24');
  return { ...ports, book, directory: fakeDirectory(kept.records, book) };
}
