import { errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../app/ports/clock.ts';
import type { TokenRefusal, TokenVerifier, Viewer } from '../../app/ports/identity.ts';
import type { MandateReader } from '../../app/ports/mandates.ts';
import { Outage } from '../../app/ports/outage.ts';
import { ok, refuse } from '../../domain/result.ts';
import { type ClaimNames, USUAL_CLAIMS } from './claim-names.ts';
import { type IssuerKeys, type KeyPlace, openIssuerKeys } from './issuer-keys.ts';
import { holdsMandate, MANDATE_SECONDS, mandateOf } from './mandate-claims.ts';
import { isSpeltStrictly, readsOneWay } from './strict-token.ts';
import { clientOf, isAccessToken, viewerOf } from './token-claims.ts';

/** Whose tokens are taken; `issuer` and `audience` must equal the claims `iss` and `aud`. */
export interface IssuerSettings extends KeyPlace {
  readonly audience: string;
  /** The only signature algorithms that are taken. */
  readonly algorithms: readonly string[];
  /** Where its tokens tell of their viewer. */
  readonly claims?: ClaimNames;
  /** A token that was issued for longer than this is refused. */
  readonly longestLifeSeconds?: number;
}

const REMEMBERED = 10_000;
const REMEMBER_MS = 60_000;
/** No token is taken for longer than this after it was issued, whatever `exp` it names. */
export const LONGEST_LIFE_SECONDS = 24 * 3600;

interface Remembered {
  readonly viewer: Viewer;
  readonly untilMs: number;
  /** The generation of the issuer's keys it was verified under. */
  readonly keys: number;
}

/**
 * Checks tokens of one issuer. A verified one is remembered for at most a minute, never past its
 * `exp` and never past a change of the issuer's keys. Throws {@link Outage} without any key.
 */
export async function createTokenVerifier(
  settings: IssuerSettings,
  clock: Clock,
): Promise<TokenVerifier & MandateReader> {
  const keys = await openIssuerKeys(settings, clock);
  const seen = new LRUCache<string, Remembered>({ max: REMEMBERED });
  return {
    async verify(token) {
      const nowMs = Date.parse(clock.now());
      const known = seen.get(token);
      if (known !== undefined && known.untilMs > nowMs && known.keys === keys.generation()) {
        return ok(known.viewer);
      }
      seen.delete(token);
      if (!isSpeltStrictly(token) || !readsOneWay(token)) return refuse(MALFORMED);
      const payload = await check(token, { settings, keys, nowMs });
      if ('code' in payload) return refuse(payload);
      if (holdsMandate(payload.claims)) return refuse(FOR_ONE_THING);
      const read = viewerOf(payload.claims, settings.claims ?? USUAL_CLAIMS);
      if (!read.ok) return read;
      const untilMs = Math.min(
        (payload.claims.exp ?? 0) * 1000,
        nowMs + REMEMBER_MS,
        keys.usableUntilMs(),
      );
      seen.set(token, { viewer: read.value, untilMs, keys: keys.generation() });
      return read;
    },
    async readMandate(token) {
      if (!isSpeltStrictly(token) || !readsOneWay(token)) return refuse(MALFORMED);
      const bounded = { ...settings, longestLifeSeconds: MANDATE_SECONDS };
      const nowMs = Date.parse(clock.now());
      const payload = await check(token, { settings: bounded, keys, nowMs });
      if ('code' in payload) return refuse(payload);
      return mandateOf(payload.claims, clientOf(payload.claims, settings.claims ?? USUAL_CLAIMS));
    },
  };
}

async function check(
  token: string,
  how: {
    readonly settings: IssuerSettings;
    readonly keys: IssuerKeys;
    readonly nowMs: number;
  },
): Promise<{ readonly claims: JWTPayload } | TokenRefusal> {
  const { longestLifeSeconds = LONGEST_LIFE_SECONDS } = how.settings;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, how.keys.keyOf, {
      issuer: how.settings.issuer,
      audience: how.settings.audience,
      algorithms: [...how.settings.algorithms],
      requiredClaims: ['sub', 'exp', 'iat'],
      maxTokenAge: LONGEST_LIFE_SECONDS,
      clockTolerance: 5,
      currentDate: new Date(how.nowMs),
    });
    if (!isAccessToken(payload, protectedHeader)) return NO_ACCESS_TOKEN;
    return livesTooLong(payload, longestLifeSeconds)
      ? tooLong(longestLifeSeconds)
      : { claims: payload };
  } catch (error) {
    return refusalOf(error);
  }
}

const MALFORMED: TokenRefusal = {
  code: 'MALFORMED',
  message: 'the bearer token is no signed JWT; ask the issuer for a new one',
};

const FOR_ONE_THING: TokenRefusal = {
  code: 'UNTRUSTED',
  message: 'the token is a mandate for one thing; come in with an access token',
};

const NO_ACCESS_TOKEN: TokenRefusal = {
  code: 'UNTRUSTED',
  message: 'the token is no access token; ask the issuer for one',
};

function livesTooLong({ iat = 0, exp = Number.NaN }: JWTPayload, longest: number): boolean {
  return !(exp - iat <= longest);
}

function tooLong(longestLifeSeconds: number): TokenRefusal {
  const most = `${longestLifeSeconds / 60} minutes`;
  const message = `the token is good for more than ${most}; have the issuer give shorter ones`;
  return { code: 'TOO_LONG', message };
}

function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) {
    return { code: 'EXPIRED', message: 'the token has expired; ask the issuer for a new one' };
  }
  if (error instanceof errors.JWTClaimValidationFailed && isEarly(error)) {
    return { code: 'NOT_YET_VALID', message: 'the token is not valid yet; check the clocks' };
  }
  if (error instanceof Outage) throw error;
  // A key that cannot be used for what a token claims fails in many ways: none of them lets it in.
  const message = 'the token is not from the configured issuer, audience, algorithm or key';
  return { code: 'UNTRUSTED', message };
}

function isEarly(error: errors.JWTClaimValidationFailed): boolean {
  return error.reason === 'check_failed' && (error.claim === 'nbf' || error.claim === 'iat');
}
