import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCustomerLoaders } from '../../src/app/customer360/customer-loaders.ts';
import { createSnapshotKeeper } from '../../src/app/decisions/deciding/snapshot-keeper.ts';
import { createEvidenceReader } from '../../src/app/decisions/evidence/gather-evidence.ts';
import { createReplayer } from '../../src/app/decisions/evidence/replay-decision.ts';
import type { CustomerSource } from '../../src/app/ports/customer-source.ts';
import { ROLES, type Role, type TokenVerifier } from '../../src/app/ports/identity.ts';
import type { Moment, SnapshotStore } from '../../src/app/ports/moment.ts';
import type { ReleaseStore } from '../../src/app/ports/release-store.ts';
import { createReleaseShelf, makeDecidable } from '../../src/app/releases/release-shelf.ts';
import { NO_AUTHORITY } from '../../src/domain/authority.ts';
import { PART_NAMES } from '../../src/domain/customer360.ts';
import { ENGINE_VERSION } from '../../src/domain/decision.ts';
import { digestOf } from '../../src/domain/digest.ts';
import type { GraphqlDeps } from '../../src/graphql/context.ts';
import { createHttpServer, type HttpServerSettings } from '../../src/graphql/http-server.ts';
import { arrangement, covered, owner, person, posting } from './customer-history.ts';
import { fakeBook } from './fakes/fake-book.ts';
import { fakeLog } from './fakes/fake-log.ts';
import { liveVersions } from './live-versions.ts';
import { smallInput, TODAY } from './small-input.ts';
import { SMALL_FORESTS, smallBody } from './small-release.ts';

export const CUSTOMER = 'C-4711-0815';
/** What no log and no error may show. */
export const SECRETS = {
  givenName: 'Zephyrine',
  familyName: 'Quillfeather',
  email: 'zephyrine@quill.example',
  phone: '+420777000111',
  city: 'Quilltown',
  birthDate: '1982-03-04',
  arrangementId: 'CZ6508000000192000145399',
  merchant: 'Quill and Co',
} as const;

/** The question that records, with every argument as a variable. */
export const NEXT = `query Next(
  $context: JSON, $id: ID!, $requestId: ID, $first: Int, $reuse: Duration
) {
  nextBestActions(customerId: $id, channel: AGENT, context: $context, requestId: $requestId,
    first: $first, reuseWithin: $reuse) {
    __typename
    ... on NextBestActions { decisionId outcome actions { rank action { id } } }
    ... on InvalidArgument { argument }
    ... on Refusal { code message }
  }
}`;

export const TYPE_DEFS = readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8');

const NOW = '2026-11-24T09:30:00.000Z';
const clock = { now: () => NOW };
const BODY = smallBody();
const LINEAGE = { source: 'test', version: 1, asOf: NOW };
const RELEASE = { digest: digestOf(BODY), body: BODY };
const CURRENT = { ...smallInput(), address: smallInput().snapshotAddress };

/** What a test may break. */
export interface Faults {
  readonly source?: Partial<CustomerSource>;
  readonly deps?: Partial<GraphqlDeps>;
  readonly settings?: Partial<HttpServerSettings>;
}

/** A GraphQL server over fakes at the ports; its tokens: roles joined by dots, `@` and a book. */
export async function createRig({ source, deps, settings }: Faults = {}) {
  const errors: unknown[] = [];
  const app = await createHttpServer({
    typeDefs: TYPE_DEFS,
    deps: { ...fakeDeps({ ...fakeSource(), ...source }), ...deps },
    verifier: roleVerifier,
    open: false,
    isReady: async () => true,
    metricsText: async () => 'nextbest_ready 1\n',
    onError: (error) => errors.push(error),
    ...settings,
  });
  const send = async (request: {
    readonly body: unknown;
    readonly token?: string | null;
    readonly headers?: { readonly [name: string]: string };
  }) => {
    const { body, token = 'AGENT', headers = {} } = request;
    const response = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: {
        'content-type': 'application/json',
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.statusCode, headers: response.headers, text: response.body };
  };
  const ask = async (query: string, how: { token?: string | null; variables?: unknown } = {}) => {
    const { token, variables } = how;
    const { status, text, headers } = await send({
      body: { query, ...(variables !== undefined && { variables }) },
      ...(token !== undefined && { token }),
    });
    const answer: Answer = JSON.parse(text);
    return { status, text, headers, ...answer };
  };
  return { app, errors, send, ask };
}

export interface Answer {
  readonly data?: { readonly [field: string]: unknown } | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly [name: string]: unknown };
  }[];
}

/** The first error of an answer, with its HTTP status. */
export const firstError = (answer: Answer & { readonly status: number }) => ({
  status: answer.status,
  code: answer.errors?.[0]?.extensions['code'],
  message: answer.errors?.[0]?.message,
});

const roleVerifier: TokenVerifier = {
  verify: async (token) => {
    const [names = '', book = null] = token.split('@');
    const roles = ROLES.filter((role: Role) => names.split('.').includes(role));
    if (roles.length > 0)
      return { ok: true, value: { subject: 'tester', roles, authority: NO_AUTHORITY, book } };
    const message = 'the token names no role';
    return { ok: false, refusal: { code: 'NO_ROLE', message } };
  },
};

function fakeDeps(source: CustomerSource): GraphqlDeps {
  const releaseStore = fakeReleaseStore();
  const releaseShelf = createReleaseShelf(releaseStore);
  const snapshotStore: SnapshotStore = { save: async () => {}, load: async () => CURRENT };
  const { log, commit } = fakeLog({ numberOf: () => CUSTOMER, hasRelease: () => true });
  const moments = {
    readMoments: async (ids: readonly string[]) =>
      new Map(ids.filter((id) => id === CUSTOMER).map((id) => [id, moment()] as const)),
  };
  const loaders = () => createCustomerLoaders(source, clock);
  let drawn = 0;
  return {
    moments,
    loaders,
    releaseShelf,
    releaseStore,
    log,
    commit,
    clock,
    snapshotKeeper: createSnapshotKeeper({ store: snapshotStore, clock, loaders }),
    randomness: { bytes: (length) => new Uint8Array(length).fill(drawn++ % 256) },
    evidenceOf: createEvidenceReader({ releaseShelf, snapshotStore }),
    bank: {
      read: async () => ({
        name: 'test',
        mode: 'DEMO',
        businessDate: TODAY,
        reportingCurrency: 'EUR',
      }),
      create: async () => {},
      setBusinessDate: async () => {},
    },
    book: fakeBook([], TODAY),
    directory: {
      page: async () => ({ customerIds: [CUSTOMER], hasMore: false }),
      count: async () => 1,
    },
    shap: async () => [],
    replayer: () =>
      createReplayer({
        log,
        releaseStore,
        snapshotStore,
        moments,
        engines: { load: async () => undefined },
      }),
  };
}

function moment(): Moment {
  const { factsDigest, ratesDigest } = makeDecidable(RELEASE.digest, BODY, SMALL_FORESTS);
  return {
    customer: '019ab000-0000-7000-8000-00000000000c',
    addressKey: new Uint8Array(32),
    bankMode: 'DEMO',
    businessDate: TODAY,
    activeRelease: RELEASE.digest,
    snapshot: { ...CURRENT, snapshot: { ...CURRENT.snapshot, factsDigest, ratesDigest } },
    snapshotWatermark: 1,
    watermark: 1,
    versions: liveVersions(CUSTOMER),
  };
}

function fakeReleaseStore(): ReleaseStore {
  return {
    save: async () => {},
    load: async (digest) => (digest === RELEASE.digest ? RELEASE : undefined),
    forestBytes: async () => SMALL_FORESTS,
    activate: async () => {},
    active: async () => RELEASE.digest,
    list: async () => [
      {
        digest: RELEASE.digest,
        ruleSet: 'small',
        semver: '1.0.0',
        engineVersion: ENGINE_VERSION,
        builtAt: NOW,
        builtBy: 'analyst',
        activations: [{ activatedAt: NOW, activatedBy: 'analyst', endedAt: null }],
      },
    ],
    saveForests: async () => {},
    latestForests: async () => [],
  };
}

function fakeSource(): CustomerSource {
  const { arrangementId, merchant, ...who } = SECRETS;
  const many =
    <T>(value: T) =>
    async (ids: readonly string[]) =>
      new Map(ids.map((id) => [id, value] as const));
  const partyId = CUSTOMER;
  return {
    lineages: many(new Map(PART_NAMES.map((name) => [name, [LINEAGE]]))),
    parties: many({ party: [person({ partyId, ...who })], regions: [] }),
    households: many([]),
    arrangements: many({
      arrangements: [arrangement(arrangementId, 'CURRENT_ACCOUNT')],
      roles: [owner(arrangementId, { partyId })],
      balances: [],
    }),
    transactions: many({
      transactions: [posting('2026-11-20', -2_500, { arrangementId, merchant })],
      coverage: [covered()],
    }),
    interactions: many([]),
    campaigns: many({ contacts: [], responses: [] }),
    goals: many([]),
    relationshipValues: many([]),
    consents: many([]),
    holds: many([]),
  };
}
