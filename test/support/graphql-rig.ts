import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CustomerSource } from '../../src/app/ports/customer-source.ts';
import { ROLES, type Role, type TokenVerifier } from '../../src/app/ports/identity.ts';
import { NO_AUTHORITY } from '../../src/domain/authority.ts';
import { createAdmission } from '../../src/graphql/admission/admit.ts';
import { createHttpServer, type HttpServerSettings } from '../../src/graphql/http-server.ts';
import { arrangement, covered, owner, person, posting } from './customer-history.ts';
import type { FakeRecords } from './fakes/fake-records.ts';
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

/** What a test may break. */
export interface Faults {
  readonly source?: Partial<CustomerSource>;
  readonly ports?: Partial<FakePorts>;
  readonly settings?: Partial<HttpServerSettings>;
}

/** A GraphQL server over fakes at the ports; its tokens: roles joined by dots, `@` and a book. */
export async function createRig({ source, ports, settings }: Faults = {}) {
  const errors: unknown[] = [];
  const whole = await fakePorts(CUSTOMER, giveSecrets);
  const app = await createHttpServer({
    typeDefs: TYPE_DEFS,
    services: wireFakes({ ...whole, source: { ...whole.source, ...source }, ...ports }),
    verifier: roleVerifier,
    open: false,
    admission: createAdmission({
      quotas: {},
      senses: { waitedMs: () => 0, nowMs: () => 0 },
      onTurnedAway: () => {},
    }),
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
    if (roles.length > 0) {
      const viewer = { subject: 'tester', roles, authority: NO_AUTHORITY, book, client: null };
      return { ok: true, value: viewer };
    }
    const message = 'the token names no role';
    return { ok: false, refusal: { code: 'NO_ROLE', message } };
  },
};

/** Recorded after what every fake customer has, so that it counts. */
function giveSecrets(records: FakeRecords): void {
  const { arrangementId, accountNumber, merchant, ...who } = SECRETS;
  const partyId = CUSTOMER;
  const recordedAt = '2026-01-11T09:00:00.000Z';
  records.give('party', [person({ ...who, partyId, language: 'en', recordedAt })]);
  records.give('arrangement', [arrangement(arrangementId, 'CURRENT_ACCOUNT', { accountNumber })]);
  records.give('role', [owner(arrangementId, { partyId })]);
  records.give('transaction', [posting('2026-11-20', -2_500, { arrangementId, merchant })]);
  records.give('coverage', [covered()]);
}
