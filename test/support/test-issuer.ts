import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { IssuerSettings } from '../../src/adapters/identity/token-verifier.ts';
import type { Clock } from '../../src/app/ports/clock.ts';

export const ISSUER = 'https://idp.bank.example';
export const AUDIENCE = 'nextbest';
export const NOW_MS = Date.parse('2026-11-24T09:30:00.000Z');

/** A clock that a test moves. */
export function movableClock(startMs = NOW_MS) {
  let nowMs = startMs;
  const clock: Clock = { now: () => new Date(nowMs).toISOString() };
  return {
    clock,
    nowSeconds: () => Math.floor(nowMs / 1000),
    forward: (ms: number) => {
      nowMs += ms;
    },
  };
}

export type SigningKey = Awaited<ReturnType<typeof makeSigningKey>>;

/** A key pair with the JWK that an issuer would publish. */
export async function makeSigningKey(kid: string, alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return { kid, alg, privateKey, publicKey, publicJwk, privateJwk: await exportJWK(privateKey) };
}

/** The claims of an agent's good token; what is null in `more` is left out. */
export function goodClaims(nowSeconds: number, more: { readonly [claim: string]: unknown } = {}) {
  const claims: JWTPayload = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'agent-1',
    roles: ['AGENT'],
    iat: nowSeconds,
    exp: nowSeconds + 600,
    ...more,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
}

/** Signs claims as the issuer does. */
export function signClaims(
  claims: JWTPayload,
  key: Pick<SigningKey, 'kid' | 'alg' | 'privateKey'>,
  header: { readonly [name: string]: unknown } = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
}

export interface Published {
  readonly settings: IssuerSettings;
  /** Replaces what is published. */
  readonly publish: (content: unknown) => void;
  /** How often it was read; undefined where that cannot be told. */
  readonly reads: () => number | undefined;
  readonly stop: () => Promise<void>;
}

const settingsOf = (jwks: string): IssuerSettings => ({
  issuer: ISSUER,
  audience: AUDIENCE,
  jwks,
  algorithms: ['ES256'],
});

/** Publishes a key set as a file. */
export async function publishFile(content: unknown): Promise<Published> {
  const folder = mkdtempSync(join(tmpdir(), 'nextbest-jwks-'));
  const file = join(folder, 'jwks.json');
  const publish = (next: unknown) =>
    writeFileSync(file, typeof next === 'string' ? next : JSON.stringify(next));
  publish(content);
  return {
    settings: settingsOf(file),
    publish,
    reads: () => undefined,
    stop: async () => rmSync(folder, { recursive: true }),
  };
}

/** Publishes a key set over HTTP on loopback. */
export async function publishUrl(content: unknown): Promise<Published> {
  let current = content;
  let reads = 0;
  const server = createServer((_request, response) => {
    reads += 1;
    if (current === 'DOWN') response.destroy();
    else response.end(typeof current === 'string' ? current : JSON.stringify(current));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    settings: settingsOf(`http://127.0.0.1:${port}/jwks.json`),
    publish: (next) => {
      current = next;
    },
    reads: () => reads,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
