import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createTokenVerifier } from '../../src/adapters/identity/token-verifier.ts';
import {
  goodClaims,
  makeSigningKey,
  movableClock,
  type Published,
  publishFile,
  publishUrl,
  type SigningKey,
  signClaims,
} from '../support/test-issuer.ts';

let first: SigningKey;
let second: SigningKey;
const open: Published[] = [];

beforeAll(async () => {
  [first, second] = await Promise.all([makeSigningKey('one'), makeSigningKey('two')]);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((published) => published.stop()));
});

async function setUp(publish: (content: unknown) => Promise<Published>) {
  const published = await publish({ keys: [first.publicJwk] });
  open.push(published);
  const time = movableClock();
  const verifier = await createTokenVerifier(published.settings, time.clock);
  const told = async (token: string) => {
    const verified = await verifier.verify(token);
    return verified.ok ? verified.value.roles.join() : verified.refusal.code;
  };
  const claims = (more = {}) => goodClaims(time.nowSeconds(), more);
  return { published, time, told, claims };
}

describe.each([
  ['a file', publishFile],
  ['a URL', publishUrl],
])('a token verifier whose keys come from %s', (_place, publish) => {
  test('takes a good token and gives its subject its roles', async () => {
    const { told, claims } = await setUp(publish);
    const roles = ['AUDITOR', 'AGENT', 'admin'];
    expect(await told(await signClaims(claims({ roles }), first))).toBe('AGENT,AUDITOR');
  });

  test('refuses a token whose time is over, at every hit of its memory', async () => {
    const { told, claims, time } = await setUp(publish);
    const token = await signClaims(claims({ exp: time.nowSeconds() + 30 }), first);
    expect(await told(token)).toBe('AGENT');
    time.forward(29_000);
    expect(await told(token)).toBe('AGENT');
    time.forward(6_000);
    expect(await told(token)).toBe('EXPIRED');
  });

  test('takes a new key at once and drops a remembered token when its key is gone', async () => {
    const { told, claims, time, published } = await setUp(publish);
    const old = await signClaims(claims(), first);
    expect(await told(old)).toBe('AGENT');
    published.publish({ keys: [second.publicJwk] });
    time.forward(6_000);
    expect(await told(await signClaims(claims(), second))).toBe('AGENT');
    expect(await told(old)).toBe('UNTRUSTED');
  });

  test('notices within two minutes that a key is gone, though nothing new asks', async () => {
    const { told, claims, time, published } = await setUp(publish);
    const old = await signClaims(claims(), first);
    expect(await told(old)).toBe('AGENT');
    published.publish({ keys: [second.publicJwk] });
    time.forward(61_000);
    expect(await told(old)).toBe('UNTRUSTED');
  });

  test('keeps the last good keys for ten minutes when the set breaks, then is out', async () => {
    const { told, claims, time, published } = await setUp(publish);
    const token = await signClaims(claims({ exp: time.nowSeconds() + 3_600 }), first);
    published.publish('not json');
    time.forward(120_000);
    expect(await told(token)).toBe('AGENT');
    time.forward(600_000);
    await expect(told(token)).rejects.toThrow('issuer does not answer');
    published.publish({ keys: [first.publicJwk] });
    time.forward(6_000);
    expect(await told(token)).toBe('AGENT');
  });

  test('takes the first token after an idle hour', async () => {
    const { told, claims, time } = await setUp(publish);
    expect(await told(await signClaims(claims(), first))).toBe('AGENT');
    time.forward(3_600_000);
    expect(await told(await signClaims(claims(), first))).toBe('AGENT');
  });

  test.each([
    ['another issuer', { iss: 'https://evil.example' }, 'UNTRUSTED'],
    ['another audience', { aud: 'other' }, 'UNTRUSTED'],
    ['one audience among several', { aud: ['other', 'nextbest'] }, 'AGENT'],
    ['no expiry', { exp: null }, 'UNTRUSTED'],
    ['no time of issue', { iat: null }, 'UNTRUSTED'],
    ['no subject', { sub: null }, 'UNTRUSTED'],
    ['an empty subject', { sub: '' }, 'NO_ROLE'],
    ['a subject with a line break', { sub: 'a\nb' }, 'NO_ROLE'],
    ['roles as text', { roles: 'AGENT' }, 'NO_ROLE'],
    ['roles in small letters', { roles: ['agent'] }, 'NO_ROLE'],
    ['no roles', { roles: null }, 'NO_ROLE'],
    ['a life of two days', { exp: 'IN_TWO_DAYS' }, 'TOO_LONG'],
    ['a start in an hour', { nbf: 'IN_AN_HOUR' }, 'NOT_YET_VALID'],
    ['issue in an hour', { iat: 'IN_AN_HOUR', exp: 'IN_TWO_DAYS' }, 'NOT_YET_VALID'],
    ['an ID token', { nonce: 'n' }, 'UNTRUSTED'],
  ])('judges a token with %s', async (_what, more, expected) => {
    const { told, claims, time } = await setUp(publish);
    const named: { readonly [name: string]: number } = {
      IN_AN_HOUR: time.nowSeconds() + 3_600,
      IN_TWO_DAYS: time.nowSeconds() + 172_800,
    };
    const filled = Object.fromEntries(
      Object.entries(more).map(([claim, value]) => [claim, named[String(value)] ?? value]),
    );
    expect(await told(await signClaims(claims(filled), first))).toBe(expected);
  });
});

describe('a token verifier', () => {
  test('reads the keys once, however many tokens name keys that do not exist', async () => {
    const { told, claims, published } = await setUp(publishUrl);
    const unknown = await signClaims(claims(), { ...second, kid: 'nowhere' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => told(unknown)));
    expect(new Set(answers)).toEqual(new Set(['UNTRUSTED']));
    expect(published.reads()).toBe(1);
  });

  test('asks again for an unknown key at most every five seconds', async () => {
    const { told, claims, time, published } = await setUp(publishUrl);
    const unknown = await signClaims(claims(), { ...second, kid: 'nowhere' });
    for (let second = 0; second < 20; second += 1) {
      time.forward(1_000);
      await told(unknown);
    }
    expect(published.reads()).toBe(5);
  });

  test('starts before its issuer does, and is out until then', async () => {
    const published = await publishUrl('DOWN');
    open.push(published);
    const time = movableClock();
    const verifier = await createTokenVerifier(published.settings, time.clock);
    const token = await signClaims(goodClaims(time.nowSeconds()), first);
    await expect(verifier.verify(token)).rejects.toThrow('issuer does not answer');
    published.publish({ keys: [first.publicJwk] });
    time.forward(5_000);
    expect(await verifier.verify(token)).toMatchObject({ ok: true });
  });

  test('takes no algorithm but the pinned ones, whatever the key set offers', async () => {
    const rsa = await makeSigningKey('rsa', 'RS256');
    const published = await publishFile({ keys: [first.publicJwk, rsa.publicJwk] });
    open.push(published);
    const time = movableClock();
    const verifier = await createTokenVerifier(published.settings, time.clock);
    const token = await signClaims(goodClaims(time.nowSeconds()), rsa);
    expect(await verifier.verify(token)).toMatchObject({ refusal: { code: 'UNTRUSTED' } });
    const both = { ...published.settings, algorithms: ['ES256', 'RS256'] };
    const wider = await createTokenVerifier(both, time.clock);
    expect(await wider.verify(token)).toMatchObject({ ok: true });
  });

  test.each([
    ['a private key', () => ({ keys: [{ ...first.privateJwk, kid: 'x' }] }), 'private key'],
    ['a shared secret', () => ({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }), 'shared secret'],
    [
      'one kid twice',
      () => ({ keys: [first.publicJwk, { ...second.publicJwk, kid: 'one' }] }),
      'keys[1] repeats the `kid`',
    ],
    ['no keys', () => ({ keys: [] }), 'has no `keys`'],
    ['a key that is text', () => ({ keys: ['x'] }), 'keys[0] is no key'],
    ['no JSON', () => '<html>', 'is not JSON'],
  ])('refuses to open on a set with %s, naming the file', async (_what, content, message) => {
    const published = await publishFile(content());
    open.push(published);
    const opening = createTokenVerifier(published.settings, movableClock().clock);
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.toThrow(published.settings.jwks);
  });

  test.each([
    ['a file that is not there', '/nowhere/jwks.json', 'cannot be read'],
    ['plain http to another machine', 'http://idp.bank.example/jwks', 'https URL'],
    ['another kind of address', 'ftp://127.0.0.1/jwks', 'https URL'],
  ])('refuses to open on %s', async (_what, jwks, message) => {
    const settings = { issuer: 'i', audience: 'a', jwks, algorithms: ['ES256'] };
    const opening = createTokenVerifier(settings, movableClock().clock);
    await expect(opening).rejects.toThrow(message);
  });
});
