import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { createTokenVerifier } from '../../src/adapters/identity/token-verifier.ts';
import { digestOf } from '../../src/domain/digest.ts';
import { readOperations } from '../../src/graphql/listed/read-operations.ts';
import { openAssistant } from '../support/assistant.ts';
import type { ClonedDatabase } from '../support/database.ts';
import { cloneDemoDatabase } from '../support/demo-database.ts';
import { ASK_ID } from '../support/demo-queries.ts';
import { type DemoService, openDemoService, post } from '../support/demo-service.ts';
import { TYPE_DEFS } from '../support/graphql-rig.ts';
import { ASSISTANT, type OidcIssuer, openOidcIssuer, RESOURCE } from '../support/oidc-issuer.ts';
import { makeRealBank, type TwoBooks } from '../support/real-bank.ts';

const VIEW = `query View($id: ID!) { customer360(id: $id) { __typename
  ... on Customer360 { id } ... on Refusal { code } } }`;

let issuer: OidcIssuer;
let clone: ClonedDatabase;
let service: DemoService;
let books: TwoBooks;

beforeAll(async () => {
  clone = await cloneDemoDatabase();
  books = await makeRealBank(clone.url);
  issuer = await openOidcIssuer({ ada: { roles: ['ADVISOR'], book: books.manager } });
  service = await openDemoService({
    databaseUrl: clone.url,
    environment: {
      NEXTBEST_ISSUER: issuer.url,
      NEXTBEST_AUDIENCE: RESOURCE,
      NEXTBEST_ASSISTANTS: ASSISTANT,
    },
  });
  const listed = readOperations([VIEW, ASK_ID].join('\n'), TYPE_DEFS);
  if (!listed.ok) throw new Error(listed.refusal.message);
  const at = new Date().toISOString();
  await service.asWorker((world) => world.operations.add(listed.value, { actor: 'it', at }));
}, 180_000);
afterAll(async () => {
  await service?.close();
  await issuer?.close();
  await clone?.drop();
});

describe('an assistant of a real bank, by a token that the issuer gave it for a person', () => {
  test('asks about the person’s own customers, under both names', async () => {
    const token = await issuer.logIn('ada', ASSISTANT);
    const { call, close } = await openAssistant(service.url, token);
    const own = await call('View', { id: books.own });
    expect(own.data).toEqual({ customer360: { __typename: 'Customer360', id: books.own } });
    const other = await call('View', { id: books.foreign });
    expect(other.data).toMatchObject({ customer360: { code: 'NOT_IN_BOOK' } });
    const said = await call('Id', { id: books.own, channel: 'AGENT' });
    expect(said.data).toMatchObject({ nextBestActions: { __typename: 'NextBestActions' } });
    await close();
    const page = await service.stores.decisions.page({}, { first: 1, before: null });
    expect(page.decisions[0]).toMatchObject({ caller: `ada via ${ASSISTANT}` });
  });

  test('is let in by its own client’s tokens alone, and nowhere else', async () => {
    const [console, assistant] = [
      await issuer.logIn('ada'),
      await issuer.logIn('ada', ASSISTANT),
    ];
    const variables = { id: books.own };
    const knock = async (path: string, token: string) =>
      (await post(`${service.url}${path}`, token, { query: VIEW, variables })).status;
    expect([await knock('/mcp', console), await knock('/graphql', assistant)]).toEqual([
      403, 403,
    ]);
    expect(await knock('/graphql', console)).toBe(200);
  });
});

describe('a mandate to which a person agreed at the issuer', () => {
  test('is read as what was agreed, and opens no door', async () => {
    const operation = digestOf('an operation');
    const variables = digestOf({ id: books.own });
    issuer.tokenSeconds(300);
    const detail = { type: 'nextbest_mandate', operation, variables };
    const mandate = await issuer.agree('ada', ASSISTANT, detail);
    const { jti } = decodeJwt(mandate);
    const settings = { issuer: issuer.url, audience: RESOURCE, algorithms: ['ES256'] };
    const reader = await createTokenVerifier(settings, service.world.clock);
    expect(await reader.readMandate(mandate)).toEqual({
      ok: true,
      value: { id: jti, subject: 'ada', client: ASSISTANT, operation, variables },
    });
    const opened = openAssistant(service.url, mandate);
    await expect(opened).rejects.toThrow('requires authorization (HTTP 401)');
    issuer.tokenSeconds(301);
    const longer = await issuer.agree('ada', ASSISTANT, detail);
    expect(await reader.readMandate(longer)).toMatchObject({ refusal: { code: 'TOO_LONG' } });
    issuer.tokenSeconds(600);
  });
});
