import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { USUAL_CLAIMS } from '../../src/adapters/identity/claim-names.ts';
import {
  createTokenVerifier,
  type IssuerSettings,
} from '../../src/adapters/identity/token-verifier.ts';
import {
  AUDIENCE,
  goodClaims,
  makeSigningKey,
  movableClock,
  type SigningKey,
  signClaims,
} from '../support/test-issuer.ts';

/** What is answered, by path; what is not there is answered by nothing. */
const answers = new Map<string, unknown>();
let asked: string[] = [];
let key: SigningKey;
let url = '';

const server = createServer((request, response) => {
  const path = request.url ?? '';
  asked.push(path);
  const answer = answers.get(path);
  if (answer === undefined) response.destroy();
  else if (Buffer.isBuffer(answer)) response.end(answer);
  else response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
});

beforeAll(async () => {
  key = await makeSigningKey('one');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const DOCUMENT = '/.well-known/openid-configuration';
const good = () => ({ issuer: url, jwks_uri: `${url}/keys`, more: { than: ['is read'] } });
beforeEach(() => {
  asked = [];
  answers.clear();
  answers.set(DOCUMENT, good());
  answers.set('/keys', { keys: [key.publicJwk] });
});

async function open(more: Partial<IssuerSettings> = {}) {
  const time = movableClock();
  const settings = { issuer: url, audience: AUDIENCE, algorithms: ['ES256'], ...more };
  const verifier = await createTokenVerifier(settings, time.clock);
  const tell = async (claims: { readonly [claim: string]: unknown } = {}) => {
    const all = goodClaims(time.nowSeconds(), { iss: settings.issuer, ...claims });
    const verified = await verifier.verify(await signClaims(all, key));
    return verified.ok ? verified.value : verified.refusal;
  };
  return { time, tell };
}

describe('an issuer that says where its keys are', () => {
  test('is asked at its own address, and its keys where it says', async () => {
    const { tell } = await open();
    expect(await tell()).toMatchObject({ subject: 'agent-1', roles: ['AGENT'] });
    expect(asked).toEqual([DOCUMENT, '/keys']);
  });

  test('is asked under its path, with no stroke doubled', async () => {
    const issuer = `${url}/realms/bank/`;
    answers.set(`/realms/bank${DOCUMENT}`, { ...good(), issuer });
    const { tell } = await open({ issuer });
    expect(await tell()).toMatchObject({ roles: ['AGENT'] });
  });

  test('may move its keys', async () => {
    const { tell, time } = await open();
    answers.set(DOCUMENT, { ...good(), jwks_uri: `${url}/moved` });
    answers.set('/moved', { keys: [key.publicJwk] });
    answers.delete('/keys');
    time.forward(61_000);
    expect(await tell()).toMatchObject({ roles: ['AGENT'] });
    expect(asked).toEqual([DOCUMENT, '/keys', DOCUMENT, '/moved']);
  });

  test.each<[string, () => unknown, string]>([
    ['another issuer', () => ({ ...good(), issuer: 'https://evil.example' }), '`issuer`'],
    ['the same but for a stroke', () => ({ ...good(), issuer: `${url}/` }), '`issuer`'],
    ['no issuer', () => ({ jwks_uri: `${url}/keys` }), '`issuer`'],
    ['a list of issuers', () => ({ ...good(), issuer: [url] }), '`issuer`'],
    ['no keys', () => ({ issuer: url }), '`jwks_uri`'],
    [
      'keys elsewhere by http',
      () => ({ ...good(), jwks_uri: 'http://e.example/k' }),
      '`jwks_uri`',
    ],
    ['keys in a file', () => ({ ...good(), jwks_uri: 'file:///etc/keys' }), '`jwks_uri`'],
    [
      'two issuers',
      () => `{"issuer":"${url}","issuer":"${url}","jwks_uri":"${url}/keys"}`,
      'alike',
    ],
    ['a page', () => '<html>', 'is not JSON'],
    ['nothing', () => 'null', 'no object'],
  ])('is not trusted whose document names %s', async (_what, document, message) => {
    answers.set(DOCUMENT, document());
    await expect(open()).rejects.toThrow(message);
    await expect(open()).rejects.toThrow(`${url}${DOCUMENT}`);
  });

  test.each([
    ['plain http', 'http://idp.bank.example'],
    ['another kind of address', 'ftp://127.0.0.1/'],
    ['no address', 'the bank'],
    ['a question', 'https://idp.bank.example/?tenant=1'],
  ])('is not asked at %s', async (_what, issuer) => {
    await expect(open({ issuer })).rejects.toThrow('https URL of the issuer');
  });

  test('whose document breaks later is an outage, once its keys are too old', async () => {
    const { tell, time } = await open({ keysOutliveMs: 90_000 });
    answers.set(DOCUMENT, { ...good(), issuer: 'https://evil.example' });
    time.forward(80_000);
    expect(await tell()).toMatchObject({ roles: ['AGENT'] });
    time.forward(11_000);
    await expect(tell()).rejects.toThrow('issuer does not answer');
  });

  test.each([
    ['says more than a megabyte', (text: string) => `${text.slice(0, -1)}${' '.repeat(1e6)}}`],
    ['says what is no text', () => Buffer.from([0x7b, 0xff, 0x7d])],
  ])('is not heard where it %s', async (_what, spoil) => {
    answers.set(DOCUMENT, spoil(JSON.stringify(good())));
    const { tell } = await open();
    await expect(tell()).rejects.toThrow('issuer does not answer');
  });

  test('is out for a token that was just taken, once its keys are too old', async () => {
    const { tell, time } = await open({ keysOutliveMs: 90_000 });
    const exp = time.nowSeconds() + 300;
    const iat = time.nowSeconds();
    answers.delete(DOCUMENT);
    time.forward(80_000);
    expect(await tell({ exp, iat })).toMatchObject({ roles: ['AGENT'] });
    time.forward(11_000);
    await expect(tell({ exp, iat })).rejects.toThrow('issuer does not answer');
  });
});

describe('configured claims', () => {
  const names = {
    ...USUAL_CLAIMS,
    roles: '/realm_access/roles',
    book: 'https://bank.example/book',
    client: ['/app/id'],
    roleNames: new Map([['cn=audit,ou=bank', 'AUDITOR' as const]]),
  };
  const inRealm = (...roles: readonly unknown[]) => ({ realm_access: { roles } });

  test.each<[string, object, object]>([
    ['a role by the bank’s name', inRealm('cn=audit,ou=bank', 'x'), { roles: ['AUDITOR'] }],
    ['no role by ours', inRealm('AUDITOR'), { code: 'NO_ROLE' }],
    ['no role where it usually stands', { roles: ['cn=audit,ou=bank'] }, { code: 'NO_ROLE' }],
    ['no role by what every object has', inRealm('constructor'), { code: 'NO_ROLE' }],
    ['no role on the way through a text', { realm_access: 'roles' }, { code: 'NO_ROLE' }],
    ['no role on the way through a list', { realm_access: [] }, { code: 'NO_ROLE' }],
    [
      'a book by an address',
      { ...inRealm('cn=audit,ou=bank'), 'https://bank.example/book': 'RM-07' },
      { book: 'RM-07' },
    ],
    [
      'no book where it usually stands',
      { ...inRealm('cn=audit,ou=bank'), book: 'x' },
      { book: null },
    ],
    ['the client', { ...inRealm('cn=audit,ou=bank'), app: { id: 'bot-1' } }, { client: 'bot-1' }],
    [
      'no client that is spaced',
      { ...inRealm('cn=audit,ou=bank'), app: { id: 'a b' } },
      { client: null },
    ],
  ])('give %s', async (_what, claims, expected) => {
    const { tell } = await open({ claims: names });
    expect(await tell({ ...claims })).toMatchObject(expected);
  });

  test('refuse a book on whose way stands something else, for it bounds', async () => {
    const { tell } = await open({ claims: { ...USUAL_CLAIMS, book: '/bank/book' } });
    expect(await tell({ bank: { book: 'RM-07' } })).toMatchObject({ book: 'RM-07' });
    expect(await tell({ bank: 'RM-07' })).toMatchObject({ code: 'BAD_CLAIM' });
    expect(await tell({ bank: ['RM-07'] })).toMatchObject({ code: 'BAD_CLAIM' });
  });

  test.each([
    ['client_id before azp', { client_id: 'one', azp: 'two' }, 'one'],
    ['azp alone', { azp: 'two' }, 'two'],
  ])('name the client by %s where nothing is set', async (_what, claims, client) => {
    const { tell } = await open();
    expect(await tell(claims)).toMatchObject({ client });
  });

  test('let no subject look like a person whom an assistant asks for', async () => {
    const { tell } = await open();
    expect(await tell({ sub: 'ann via bot' })).toMatchObject({ code: 'NO_ROLE' });
  });

  test.each([
    [900, { roles: ['AGENT'] }],
    [901, { code: 'TOO_LONG', message: expect.stringContaining('more than 15 minutes') }],
  ])('a life of %i seconds is judged by its bound', async (seconds, expected) => {
    const { tell, time } = await open({ longestLifeSeconds: 900 });
    expect(await tell({ exp: time.nowSeconds() + seconds })).toMatchObject(expected);
  });
});
