import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { ROLES, type Role, type Viewer } from '../../app/ports/identity.ts';
import { NO_AUTHORITY } from '../../domain/authority.ts';

/** Header types an access token may have; an issuer that writes none is taken too. */
const ACCESS_TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/** Claims that only ID tokens carry: those speak to a client about a person, not to us. */
const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash'];

/** True for a token that was made to call a service, and not for longer than is allowed. */
export function isAccessToken(
  claims: JWTPayload,
  header: Pick<JWTHeaderParameters, 'typ'>,
  longestLifeSeconds: number,
): boolean {
  const { iat = 0, exp = Number.NaN } = claims;
  const type = header.typ === undefined ? 'jwt' : String(header.typ).toLowerCase();
  const use = claims['token_use'];
  return (
    ACCESS_TYPES.has(type) &&
    (use === undefined || use === 'access') &&
    !ID_TOKEN_CLAIMS.some((claim) => Object.hasOwn(claims, claim)) &&
    exp - iat <= longestLifeSeconds
  );
}

/** Who calls; undefined without a subject or a role that is ours. Unknown roles give nothing. */
export function viewerOf(claims: JWTPayload): Viewer | undefined {
  const claimed: readonly unknown[] = Array.isArray(claims['roles']) ? claims['roles'] : [];
  const roles = ROLES.filter((role: Role) => claimed.includes(role));
  const { sub } = claims;
  if (roles.length === 0 || typeof sub !== 'string' || !isPlain(sub)) return undefined;
  return { subject: sub, roles, authority: NO_AUTHORITY, book: null };
}

/** A subject goes into the record and into an index: short, and without control characters. */
function isPlain(subject: string): boolean {
  return /^[^\p{Cc}\p{Cs}]{1,256}$/u.test(subject);
}
