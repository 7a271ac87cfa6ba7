/// <reference path="./oidc-provider.d.ts" />
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';
import { type Kept, oidcAdapter } from './oidc-adapter.ts';
import { makeSigningKey, type SigningKey } from './test-issuer.ts';

/** The client that people log in by, and what its tokens are for. */
export const CONSOLE = 'bank-console';
export const ASSISTANT = 'bank-assistant';
export const RESOURCE = 'https://nextbest.bank.example';
const REDIRECT = 'https://console.bank.example/back';

/** What the issuer knows of a person: the claims of the access token beside the usual ones. */
export interface Account {
  readonly [claim: string]: unknown;
}

/** A real OpenID provider on loopback, whose keys and health a test changes. */
export interface OidcIssuer {
  readonly url: string;
  /** Logs a person in by the authorization code with PKCE, and gives the access token. */
  readonly logIn: (account: string, client?: string) => Promise<string>;
  /** As `logIn`, and the person agrees to these details on the page that asks for it. */
  readonly agree: (account: string, client: string, details: object) => Promise<string>;
  /** Signs with the first of these keys and publishes all of them. */
  readonly useKeys: (...keys: readonly SigningKey[]) => void;
  readonly tokenSeconds: (seconds: number) => void;
  /** Answers nothing any more, or again. */
  readonly goDown: (down: boolean) => void;
  readonly reads: () => { readonly discovery: number; readonly keys: number };
  readonly close: () => Promise<void>;
}

/** Opens the provider; every account logs in without being asked anything. */
export async function openOidcIssuer(
  accounts: Readonly<Record<string, Account>>,
): Promise<OidcIssuer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const state = { seconds: 600, down: false, discovery: 0, keys: 0, account: '' };
  const sign: { keys: readonly SigningKey[] } = { keys: [await makeSigningKey('first')] };
  const kept: Kept = new Map();
  const seconds = () => state.seconds;
  const make = () => providerOf(url, { accounts, keys: sign.keys, seconds, kept });
  let provider = make();
  server.on('request', (request, response) => {
    if (state.down) return void response.destroy();
    if (request.url?.startsWith('/.well-known/')) state.discovery += 1;
    if (request.url?.startsWith('/jwks')) state.keys += 1;
    if (request.url?.startsWith('/interaction/')) {
      return void finish(provider, { request, response, account: state.account });
    }
    provider.callback()(request, response);
  });
  return {
    url,
    logIn: (account, client = CONSOLE) => {
      state.account = account;
      return logIn(url, client);
    },
    agree: (account, client, details) => {
      state.account = account;
      return logIn(url, client, { authorization_details: JSON.stringify([details]) });
    },
    useKeys: (...keys) => {
      sign.keys = keys;
      provider = make();
    },
    tokenSeconds: (seconds) => {
      state.seconds = seconds;
    },
    goDown: (down) => {
      state.down = down;
    },
    reads: () => ({ discovery: state.discovery, keys: state.keys }),
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

interface Has {
  readonly accounts: Readonly<Record<string, Account>>;
  readonly keys: readonly SigningKey[];
  readonly seconds: () => number;
  readonly kept: Kept;
}

interface Agreed {
  readonly rar?: readonly object[];
}

interface Asked {
  readonly oidc: { readonly grant: Agreed };
}

function providerOf(url: string, { accounts, keys, seconds, kept }: Has): Provider {
  const client = (id: string) => ({
    client_id: id,
    redirect_uris: [REDIRECT],
    token_endpoint_auth_method: 'none',
    id_token_signed_response_alg: 'ES256',
    application_type: 'web',
    authorization_details_types: id === ASSISTANT ? ['nextbest_mandate'] : [],
  });
  return new Provider(url, {
    adapter: oidcAdapter(kept),
    clients: [client(CONSOLE), client(ASSISTANT)],
    jwks: { keys: keys.map(({ privateJwk, kid }) => ({ ...privateJwk, kid, use: 'sig' })) },
    cookies: { keys: ['of a test'] },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id }),
    }),
    extraTokenClaims: (_context: unknown, token: { readonly accountId: string }) =>
      accounts[token.accountId],
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    ttl: { AccessToken: seconds, IdToken: 60, Interaction: 60, Session: 60, Grant: 60 },
    features: {
      devInteractions: { enabled: false },
      richAuthorizationRequests: {
        enabled: true,
        types: { nextbest_mandate: { validate: () => {} } },
        authorizationDetailsForGrantSource: ({ oidc }: Asked) => oidc.grant.rar,
        authorizationDetailsForAccessToken: (_context: unknown, _token: unknown, code: Agreed) =>
          code.rar,
        authorizationDetailsForIntrospection: () => undefined,
      },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'ask',
          audience: RESOURCE,
          accessTokenTTL: seconds(),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    loadExistingGrant: async ({ oidc }: Returning) => {
      const { client: asking, session, provider, result } = oidc;
      const given = result?.consent?.grantId;
      if (given !== undefined) return provider.Grant.find(given);
      const grant = grantOf(provider, asking.clientId, session.accountId);
      await grant.save();
      return grant;
    },
  });
}

interface Returning {
  readonly oidc: {
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
    readonly provider: Provider;
    readonly result?: { readonly consent?: { readonly grantId: string } };
  };
}

function grantOf(provider: Provider, clientId: string, accountId: string) {
  const grant = new provider.Grant({ clientId, accountId });
  grant.addOIDCScope('openid');
  grant.addResourceScope(RESOURCE, 'ask');
  return grant;
}

/** The pages on which a person would give a password, and agree to what is asked. */
async function finish(
  provider: Provider,
  at: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly account: string;
  },
): Promise<void> {
  const { request, response, account } = at;
  const { prompt, params } = await provider.interactionDetails(request, response);
  const login = { login: { accountId: account } };
  if (prompt.name === 'login') return provider.interactionFinished(request, response, login);
  const grant = grantOf(provider, params.client_id, account);
  const details = JSON.parse(params.authorization_details ?? '[]') as readonly object[];
  for (const detail of details) grant.addRar(detail);
  const consent = { consent: { grantId: await grant.save() } };
  return provider.interactionFinished(request, response, consent);
}

/** What a browser and a client do: follow redirects with cookies, then change code for token. */
async function logIn(
  url: string,
  client: string,
  more: { readonly [parameter: string]: string } = {},
): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const ask = new URLSearchParams({
    client_id: client,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: 'openid ask',
    resource: RESOURCE,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  const code = await codeOf(new URL(`/auth?${ask}`, url));
  const answer = await fetch(new URL('/token', url), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client,
      redirect_uri: REDIRECT,
      resource: RESOURCE,
      code_verifier: verifier,
      code,
    }),
  });
  const body = (await answer.json()) as { readonly access_token?: string };
  if (body.access_token === undefined) throw new Error(JSON.stringify(body));
  return body.access_token;
}

async function codeOf(start: URL): Promise<string> {
  const cookies = new Map<string, string>();
  let at = start;
  for (let step = 0; step < 8; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (next === null) throw new Error(`${answer.status} at ${at}: ${await answer.text()}`);
    at = new URL(next, at);
    const code = at.searchParams.get('code');
    if (code !== null) return code;
    if (at.href.startsWith(REDIRECT)) throw new Error(`no code: ${at}`);
  }
  throw new Error('the login goes round in circles');
}
