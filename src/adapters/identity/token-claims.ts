import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { ROLES, type Role, type TokenRefusal, type Viewer } from '../../app/ports/identity.ts';
import { isId, isLine } from '../../domain/id.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { APPROVAL_LEVELS } from '../../domain/rule.ts';
import { readAuthority } from './authority-claim.ts';
import { CLAIMS } from './claim-names.ts';

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

/**
 * Who calls. Unknown roles give nothing. A claim that bounds and cannot be read refuses the token:
 * without its bound the caller would see or present more than the issuer meant.
 */
export function viewerOf(claims: JWTPayload): Result<Viewer, TokenRefusal> {
  const claimed: unknown = claims[CLAIMS.roles];
  const roles = ROLES.filter((role: Role) => Array.isArray(claimed) && claimed.includes(role));
  const { sub } = claims;
  if (roles.length === 0 || typeof sub !== 'string' || !isPlain(sub)) return refuse(NO_ROLE);
  const authority = readAuthority(claims[CLAIMS.authority], roles);
  if (authority === undefined) return refuse(BAD_AUTHORITY);
  const book = claims[CLAIMS.book];
  if (book !== undefined && !isTextId(book)) return refuse(BAD_BOOK);
  if (book === undefined && roles.includes('ADVISOR')) return refuse(NO_BOOK);
  return ok({ subject: sub, roles, authority, book: book ?? null });
}

const NO_ROLE: TokenRefusal = {
  code: 'NO_ROLE',
  message:
    `the token names no subject or no role; its claim \`${CLAIMS.roles}\` must be a list that ` +
    `holds one of ${ROLES.join(', ')}`,
};

const BAD_AUTHORITY: TokenRefusal = {
  code: 'BAD_CLAIM',
  message:
    `the token's claim \`${CLAIMS.authority}\` cannot be read; write one of ` +
    `${APPROVAL_LEVELS.join(', ')}, or an object of \`upTo\` and limits in whole numbers`,
};

const BAD_BOOK: TokenRefusal = {
  code: 'BAD_CLAIM',
  message:
    `the token's claim \`${CLAIMS.book}\` cannot be read; write the relationship manager's ` +
    'number as text of 1 to 128 plain characters',
};

const NO_BOOK: TokenRefusal = {
  code: 'BAD_CLAIM',
  message:
    `the token's role ADVISOR needs the claim \`${CLAIMS.book}\`: the number of the ` +
    'relationship manager whose customers may be seen',
};

const MOST_SUBJECT_CHARACTERS = 256;

/** A subject goes into the record and into an index: short, and without control characters. */
function isPlain(text: string): boolean {
  return text !== '' && text.length <= MOST_SUBJECT_CHARACTERS && isLine(text);
}

function isTextId(value: unknown): value is string {
  return typeof value === 'string' && isId(value);
}
