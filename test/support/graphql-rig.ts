import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CustomerIdentities } from '../../src/app/ports/customer-identity.ts';
import type { CustomerSource } from '../../src/app/ports/customer-source.ts';
import { ROLES, type Role, type TokenVerifier } from '../../src/app/ports/identity.ts';
import { NO_AUTHORITY } from '../../src/domain/authority.ts';
import { PART_NAMES } from '../../src/domain/customer360.ts';
import { createHttpServer, type HttpServerSettings } from '../../src/graphql/http-server.ts';
import { arrangement, covered, owner, person, posting } from './customer-history.ts';
import { type FakePorts, fakePorts, wireFakes } from './fakes/fake-world.ts';

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
  accountNumber: '4405776600112233',
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
const LINEAGE = { source: 'test', version: 1, asOf: NOW };

/** What a test may break. */
export interface Faults {
  readonly source?: Partial<CustomerSource>;
  readonly ports?: Partial<FakePorts>;
  readonly settings?: Partial<HttpServerSettings>;
}

/** A GraphQL server over fakes at the ports; its tokens: roles joined by dots, `@` and a book. */
export async function createRig({ source, ports, settings }: Faults = {}) {
  const errors: unknown[] = [];
  const whole = await fakePorts(CUSTOMER, { ...fakeSource(), ...source });
  const app = await createHttpServer({
    typeDefs: TYPE_DEFS,
    services: wireFakes({ ...whole, identities: fakeIdentities(), ...ports }),
    verifier: roleVerifier,
    open: false,
    readiness: async () => ({ status: 'READY' }),
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

function fakeIdentities(): CustomerIdentities {
  const { givenName, familyName, email, phone, birthDate, accountNumber } = SECRETS;
  const who = { givenName, familyName, email, phone, birthDate };
  return {
    parties: async (ids) => new Map(ids.map((id) => [id, who] as const)),
    arrangements: async (ids) => new Map(ids.map((id) => [id, { accountNumber }] as const)),
  };
}

function fakeSource(): CustomerSource {
  const { arrangementId, merchant, city } = SECRETS;
  const many =
    <T>(value: T) =>
    async (ids: readonly string[]) =>
      new Map(ids.map((id) => [id, value] as const));
  const partyId = CUSTOMER;
  return {
    lineages: many(new Map(PART_NAMES.map((name) => [name, [LINEAGE]]))),
    parties: many({ party: [person({ partyId, city })], regions: [] }),
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
