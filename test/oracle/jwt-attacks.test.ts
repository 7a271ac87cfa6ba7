import { createHmac, createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportSPKI } from 'jose';
import { createTokenVerifier } from '../../src/adapters/identity/token-verifier.ts';
import type { TokenVerifier } from '../../src/app/ports/identity.ts';
import { describeWithShared } from '../support/shared-data.ts';
import {
  goodClaims,
  makeSigningKey,
  movableClock,
  type Published,
  publishFile,
  type SigningKey,
} from '../support/test-issuer.ts';

interface Attack {
  readonly id: string;
  readonly description: string;
  readonly header?: { readonly [name: string]: unknown };
  readonly header2?: { readonly [name: string]: unknown };
  readonly claims?: { readonly [name: string]: unknown };
  readonly sign_with?: 'valid' | 'attacker' | 'secret' | 'public-key-pem' | 'jwks-json';
  readonly raw?: string;
  readonly raw_payload?: string;
  readonly signature?: string;
  readonly signature_hex?: string;
  readonly mutate?: string;
}

/**
 * What the service does not keep, so a token is taken until its `exp`: one bank a database (the
 * audience names it), no list of revoked tokens, no versions of roles.
 */
const BEYOND = new Set(['claim-other-tenant', 'revoked', 'role-downgrade-stale']);

describeWithShared('attacks by JWT', ['corpora/jwt-attacks/jwt.json'], (file) => {
  const { cases }: { readonly cases: readonly Attack[] } = JSON.parse(readFileSync(file, 'utf8'));
  const time = movableClock();
  let own: SigningKey;
  let attacker: SigningKey;
  let published: Published;
  let verifier: TokenVerifier;

  beforeAll(async () => {
    [own, attacker] = await Promise.all([makeSigningKey('own'), makeSigningKey('own')]);
    published = await publishFile({ keys: [own.publicJwk] });
    verifier = await createTokenVerifier(published.settings, time.clock);
  });

  afterAll(() => published.stop());

  test('leave the good token, signed the same way, in', async () => {
    const token = await forge({ id: 'good', description: '', header: { alg: 'ES256' } }, 'valid');
    expect(await verifier.verify(token)).toMatchObject({ ok: true });
  });

  test.each(
    cases.filter(({ id }) => !BEYOND.has(id)).map((attack) => [attack.id, attack] as const),
  )('are refused: %s', async (_id, attack) => {
    const token = await forge(attack, attack.sign_with);
    expect(await verifier.verify(token)).toMatchObject({ ok: false });
  });

  test.each(
    cases.filter(({ id }) => BEYOND.has(id)).map((attack) => [attack.id, attack] as const),
  )(
    'that speak of what the service does not keep end with the token: %s',
    async (_id, attack) => {
      const token = await forge(attack, attack.sign_with);
      expect(await verifier.verify(token)).toMatchObject({ ok: true });
      const later = movableClock();
      later.forward(606_000);
      const tomorrow = await createTokenVerifier(published.settings, later.clock);
      expect(await tomorrow.verify(token)).toMatchObject({ refusal: { code: 'EXPIRED' } });
    },
  );

  async function forge(attack: Attack, signWith: Attack['sign_with']): Promise<string> {
    if (attack.raw !== undefined) return attack.raw;
    const header = fill(attack.header ?? attack.header2 ?? {});
    const payload = attack.raw_payload ?? JSON.stringify(claimsOf(attack));
    const signed = `${encode(JSON.stringify(header))}.${encode(payload)}`;
    const token = `${signed}.${await signatureOf(signed, attack, signWith)}`;
    if (attack.mutate === 'append:=') return `${token}=`;
    return attack.mutate === 'insert-space' ? token.replace('.', '. ') : token;
  }

  function claimsOf({ claims = {} }: Attack) {
    const now = time.nowSeconds();
    const named: { readonly [name: string]: unknown } = {
      PAST: now - 3_600,
      FUTURE: now + 7_200,
    };
    const filled = Object.entries(claims).map(([name, value]) => [
      name,
      named[String(value)] ?? value,
    ]);
    return goodClaims(now, Object.fromEntries(filled));
  }

  function fill(header: { readonly [name: string]: unknown }) {
    const key = attacker.publicJwk;
    const filled = Object.entries(header).map(([name, value]) => {
      if (value === 'ATTACKER') return [name, key];
      return [name, JSON.stringify(value) === '["ATTACKER"]' ? ['MIIB'] : value];
    });
    return Object.fromEntries(filled);
  }

  async function signatureOf(text: string, attack: Attack, signWith: Attack['sign_with']) {
    if (attack.signature_hex !== undefined)
      return encode(Buffer.from(attack.signature_hex, 'hex'));
    if (signWith === 'valid') return ecdsa(text, own);
    if (signWith === 'attacker') return ecdsa(text, attacker);
    if (signWith === 'secret') return hmac(text, 'secret');
    if (signWith === 'jwks-json') return hmac(text, JSON.stringify({ keys: [own.publicJwk] }));
    if (signWith === 'public-key-pem') return hmac(text, await exportSPKI(own.publicKey));
    return attack.signature ?? ecdsa(text, own);
  }
});

function ecdsa(text: string, key: SigningKey): string {
  const jwk = { ...key.privateJwk, kty: 'EC' };
  const signer = createSign('sha256').update(text);
  return encode(signer.sign({ key: jwk, format: 'jwk', dsaEncoding: 'ieee-p1363' }));
}

function hmac(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

function encode(content: string | Buffer): string {
  return Buffer.from(content).toString('base64url');
}
