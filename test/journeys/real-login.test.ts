import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { ROLES } from '../../src/app/ports/identity.ts';
import { readOperations } from '../../src/graphql/listed/read-operations.ts';
import type { ClonedDatabase } from '../support/database.ts';
import { cloneDemoDatabase } from '../support/demo-database.ts';
import { ASK_ID, decided } from '../support/demo-queries.ts';
import { type DemoService, openDemoService, post } from '../support/demo-service.ts';
import { TYPE_DEFS } from '../support/graphql-rig.ts';
import { CONSOLE, type OidcIssuer, openOidcIssuer, RESOURCE } from '../support/oidc-issuer.ts';
import { makeRealBank } from '../support/real-bank.ts';
import { makeSigningKey } from '../support/test-issuer.ts';

const VIEW = `query View($id: ID!) { customer360(id: $id) { __typename
  ... on Customer360 { id } ... on Refusal { code } } }`;
const WHO = `query Who($id: ID!) { decision(id: $id) { ... on Decision { caller } } }`;

/** As the guide for integrators shows it. */
const CLAIMS = {
  roles: '/realm_access/roles',
  book: 'https://bank.example/book',
  authority: '/limits/own',
  roleNames: {
    'cn=advisors,ou=retail': 'ADVISOR',
    'cn=branch,ou=retail': 'AGENT',
    audit: 'AUDITOR',
  },
};

/** The clock of the machine, which the issuer goes by, moved on where a test waits. */
const time = {
  aheadMs: 0,
  forward: (ms: number) => {
    time.aheadMs += ms;
  },
};
const clock = { now: () => new Date(Date.now() + time.aheadMs).toISOString() };
let issuer: OidcIssuer;
let clone: ClonedDatabase;
let service: DemoService;
let [manager, own, foreign] = ['', '', ''];

beforeAll(async () => {
  clone = await cloneDemoDatabase();
  ({ manager, own, foreign } = await makeRealBank(clone.url));
  const limits = { own: { upTo: 'TEAM_LEADER', mostAmountMinor: 2_500_000 } };
  issuer = await openOidcIssuer({
    ada: {
      realm_access: { roles: ['offline_access', 'cn=advisors,ou=retail'] },
      'https://bank.example/book': manager,
      limits,
    },
    bob: { realm_access: { roles: ['cn=branch,ou=retail'] } },
    eve: { realm_access: { roles: ['audit'] } },
    // What we call a role is nothing where the bank has names of its own.
    mal: { realm_access: { roles: [...ROLES] }, roles: [...ROLES] },
    odd: { realm_access: 'cn=branch,ou=retail' },
    lost: { realm_access: { roles: ['cn=advisors,ou=retail'] }, book: manager },
  });
  service = await openDemoService({
    databaseUrl: clone.url,
    clock,
    environment: {
      NEXTBEST_ISSUER: issuer.url,
      NEXTBEST_AUDIENCE: RESOURCE,
      NEXTBEST_CLAIMS: JSON.stringify(CLAIMS),
      NEXTBEST_KEYS_MINUTES: '5',
    },
  });
  const listed = readOperations([VIEW, WHO, ASK_ID].join('\n'), TYPE_DEFS);
  if (!listed.ok) throw new Error(listed.refusal.message);
  const stamp = { actor: 'it', at: clock.now() };
  await service.asWorker((world) => world.operations.add(listed.value, stamp));
}, 180_000);
afterAll(async () => {
  await service?.close();
  await issuer?.close();
  await clone?.drop();
});

const ask = async (token: string, query: string, variables: object) => {
  const answer = await post(`${service.url}/graphql`, token, { query, variables });
  const [error] = answer.errors;
  return { ...answer, told: [answer.status, error?.extensions.code ?? 'ANSWERED'] };
};
const told = async (token: string, id = own) => (await ask(token, VIEW, { id })).told;

describe('a person who logs in at the bank’s own issuer', () => {
  test('is who, may what and sees whom the configured claims say', async () => {
    const token = await issuer.logIn('ada');
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(decodeJwt(token)).toMatchObject({ sub: 'ada', aud: RESOURCE, client_id: CONSOLE });
    const seen = await ask(token, VIEW, { id: own });
    expect(seen.data?.customer360).toEqual({ __typename: 'Customer360', id: own });
    const other = await ask(token, VIEW, { id: foreign });
    expect(other.data?.customer360).toMatchObject({ code: 'NOT_IN_BOOK' });
    const answer = decided(await ask(token, ASK_ID, { id: own, channel: 'AGENT', first: 3 }));
    const stored = await service.stores.decisions.findMany([answer.decisionId]);
    expect(stored.get(answer.decisionId)).toMatchObject({
      caller: 'ada',
      capsule: { live: { authority: { upTo: 'TEAM_LEADER', mostAmountMinor: 2_500_000 } } },
    });
    const auditor = await ask(await issuer.logIn('eve'), WHO, { id: answer.decisionId });
    expect(auditor.data?.decision).toEqual({ caller: 'ada' });
  });

  test.each([
    ['no book bounds who claims none, by role', 'bob', [200, 'ANSWERED']],
    ['our names of roles are not the bank’s', 'mal', [401, 'UNAUTHENTICATED']],
    ['a path that leads through a text', 'odd', [401, 'UNAUTHENTICATED']],
    ['an advisor whose book stands elsewhere', 'lost', [401, 'UNAUTHENTICATED']],
  ])('%s', async (_what, account, expected) => {
    expect(await told(await issuer.logIn(account), foreign)).toEqual(expected);
  });

  test('has a token of 15 minutes at most, and is told the bound', async () => {
    issuer.tokenSeconds(900);
    expect(await told(await issuer.logIn('bob'))).toEqual([200, 'ANSWERED']);
    issuer.tokenSeconds(901);
    const longer = await ask(await issuer.logIn('bob'), VIEW, { id: own });
    expect(longer.told).toEqual([401, 'UNAUTHENTICATED']);
    expect(longer.errors[0]?.message).toContain('good for more than 15 minutes');
    issuer.tokenSeconds(600);
  });
});

describe('an issuer that changes its keys', () => {
  test('is followed: a new key counts at once, one taken back no longer', async () => {
    const [second, third] = [await makeSigningKey('second'), await makeSigningKey('third')];
    const old = await issuer.logIn('bob');
    expect(await told(old)).toEqual([200, 'ANSWERED']);
    time.forward(6_000);
    const before = issuer.reads();
    issuer.useKeys(second);
    expect(await told(await issuer.logIn('bob'))).toEqual([200, 'ANSWERED']);
    expect(await told(old)).toEqual([401, 'UNAUTHENTICATED']);
    issuer.useKeys(third);
    const early = await issuer.logIn('bob');
    // Within five seconds of the last reading the keys are not asked for again.
    await Promise.all(Array.from({ length: 20 }, () => told(early)));
    expect(issuer.reads()).toEqual({ discovery: before.discovery + 1, keys: before.keys + 1 });
    time.forward(5_000);
    expect(await told(early)).toEqual([200, 'ANSWERED']);
  });
});

describe('an issuer that does not answer', () => {
  test('is trusted on its known keys for the declared time, then nobody is in', async () => {
    const known = await makeSigningKey('known');
    issuer.useKeys(known);
    issuer.tokenSeconds(900);
    const token = await issuer.logIn('bob');
    time.forward(6_000);
    expect(await told(token)).toEqual([200, 'ANSWERED']);
    issuer.useKeys(await makeSigningKey('unseen'), known);
    const unseen = await issuer.logIn('bob');
    issuer.goDown(true);
    time.forward(240_000);
    expect(await told(token)).toEqual([200, 'ANSWERED']);
    // By a key that only the issuer can tell of: an outage, and no fault of the token's.
    expect(await told(unseen)).toEqual([503, 'ISSUER_UNAVAILABLE']);
    expect(await told('no.to.ken')).toEqual([401, 'UNAUTHENTICATED']);
    time.forward(61_000);
    const out = await ask(token, VIEW, { id: own });
    expect(out.told).toEqual([503, 'ISSUER_UNAVAILABLE']);
    expect(out.errors[0]?.message).toContain('the token issuer does not answer');
    expect(out.headers.get('retry-after')).toBe('1');
    expect(service.logged().join('')).toContain('"dependency":"ISSUER"');
    issuer.goDown(false);
    time.forward(6_000);
    expect(await told(token)).toEqual([200, 'ANSWERED']);
    expect(await told(unseen)).toEqual([200, 'ANSWERED']);
  });
});
