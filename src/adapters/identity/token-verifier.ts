import { readFile } from 'node:fs/promises';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../app/ports/clock.ts';
import {
  ROLES,
  type Role,
  type TokenRefusal,
  type TokenVerifier,
  type Viewer,
} from '../../app/ports/identity.ts';
import { ok, refuse } from '../../domain/result.ts';

export interface IssuerSettings {
  readonly issuer: string;
  readonly audience: string;
  /** A URL, or the path of a file. */
  readonly jwks: string;
  /** The only signature algorithms that are taken. */
  readonly algorithms: readonly string[];
}

/** Three base64url parts and nothing else: jose alone takes some looser spellings. */
const STRICT_TOKEN = /^[A-Za-z0-9_-]{2,4096}\.[A-Za-z0-9_-]{2,8192}\.[A-Za-z0-9_-]{2,1024}$/;

const REMEMBERED = 10_000;
const REMEMBER_MS = 60_000;

/** Checks tokens of one issuer; a verified one is remembered for at most a minute, never past `exp`. */
export async function createTokenVerifier(
  settings: IssuerSettings,
  clock: Clock,
): Promise<TokenVerifier> {
  const keys = await keySetOf(settings.jwks);
  const seen = new LRUCache<string, { viewer: Viewer; expiresAtMs: number }>({
    max: REMEMBERED,
    ttl: REMEMBER_MS,
  });
  return {
    async verify(token) {
      if (!STRICT_TOKEN.test(token) || !isCanonical(token)) return refuse(MALFORMED);
      const nowMs = Date.parse(clock.now());
      const known = seen.get(token);
      if (known !== undefined && known.expiresAtMs > nowMs) return ok(known.viewer);
      try {
        const payload = await check(token, { settings, keys, nowMs });
        const viewer = viewerOf(payload);
        if (viewer === undefined) return refuse(NO_ROLE);
        seen.set(token, { viewer, expiresAtMs: (payload.exp ?? 0) * 1000 });
        return ok(viewer);
      } catch (error) {
        return refuse(refusalOf(error));
      }
    },
  };
}

async function keySetOf(jwks: string): Promise<JWTVerifyGetKey> {
  if (URL.canParse(jwks) && /^https?:$/.test(new URL(jwks).protocol)) {
    return createRemoteJWKSet(new URL(jwks), { timeoutDuration: 2_000 });
  }
  const text = await readFile(jwks, 'utf8');
  const set = JSON.parse(text) as JSONWebKeySet;
  return createLocalJWKSet(set);
}

async function check(
  token: string,
  how: {
    readonly settings: IssuerSettings;
    readonly keys: JWTVerifyGetKey;
    readonly nowMs: number;
  },
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, how.keys, {
    issuer: how.settings.issuer,
    audience: how.settings.audience,
    algorithms: [...how.settings.algorithms],
    requiredClaims: ['sub', 'exp', 'iat'],
    clockTolerance: 5,
    currentDate: new Date(how.nowMs),
  });
  return payload;
}

/** A last character with stray bits spells the same bytes another way: two tokens, one meaning. */
function isCanonical(token: string): boolean {
  return token
    .split('.')
    .every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

function viewerOf(payload: JWTPayload): Viewer | undefined {
  const claimed = Array.isArray(payload['roles']) ? payload['roles'] : [];
  const roles = ROLES.filter((role: Role) => claimed.includes(role));
  if (roles.length === 0 || payload.sub === undefined || payload.sub === '') return undefined;
  return { subject: payload.sub, roles };
}

const MALFORMED: TokenRefusal = {
  code: 'MALFORMED',
  message: 'the bearer token is no signed JWT; ask the issuer for a new one',
};

const NO_ROLE: TokenRefusal = {
  code: 'NO_ROLE',
  message: `the token names no role; its claim \`roles\` must hold one of ${ROLES.join(', ')}`,
};

function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) {
    return { code: 'EXPIRED', message: 'the token has expired; ask the issuer for a new one' };
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') {
    return { code: 'NOT_YET_VALID', message: 'the token is not valid yet; check the clocks' };
  }
  if (error instanceof errors.JOSEError) {
    const message = 'the token is not from the configured issuer, audience, algorithm or key';
    return { code: 'UNTRUSTED', message };
  }
  throw error;
}
