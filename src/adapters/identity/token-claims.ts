import type { JWTHeaderParameters, JWTPayload } from 'jose';
import {
  ROLES,
  type Role,
  type TokenRefusal,
  VIA,
  type Viewer,
} from '../../app/ports/identity.ts';
import { isId, isLine } from '../../domain/id.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { APPROVAL_LEVELS } from '../../domain/rule.ts';
import { readAuthority } from './authority-claim.ts';
import { type ClaimNames, claimAt } from './claim-names.ts';

/** Header types an access token may have; an issuer that writes none is taken too. */
const ACCESS_TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/** Claims that only ID tokens carry: those speak to a client about a person, not to us. */
const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash'];

/** True for a token that was made to call a service. */
export function isAccessToken(
  claims: JWTPayload,
  header: Pick<JWTHeaderParameters, 'typ'>,
): boolean {
  const type = header.typ === undefined ? 'jwt' : String(header.typ).toLowerCase();
  const use = claims['token_use'];
  return (
    ACCESS_TYPES.has(type) &&
    (use === undefined || use === 'access') &&
    !ID_TOKEN_CLAIMS.some((claim) => Object.hasOwn(claims, claim))
  );
}

/**
 * Who calls. Unknown roles give nothing. A claim that bounds and cannot be read refuses the token:
 * without its bound the caller would see or present more than the issuer meant.
 */
export function viewerOf(claims: JWTPayload, names: ClaimNames): Result<Viewer, TokenRefusal> {
  const roles = rolesOf(claimAt(claims, names.roles), names.roleNames);
  const { sub } = claims;
  if (roles.length === 0 || typeof sub !== 'string' || !isPlain(sub)) {
    return refuse(noRole(names));
  }
  const authority = readAuthority(claimAt(claims, names.authority), roles);
  if (authority === undefined) return refuse(badAuthority(names));
  const book = claimAt(claims, names.book);
  if (book !== undefined && !isTextId(book)) return refuse(badBook(names));
  if (book === undefined && roles.includes('ADVISOR')) return refuse(noBook(names));
  const client = clientOf(claims, names);
  return ok({ subject: sub, roles, authority, book: book ?? null, client });
}

/** The client that holds a token; null where no claim names one that can be read. */
export function clientOf(claims: JWTPayload, names: ClaimNames): string | null {
  return names.client.map((name) => claimAt(claims, name)).find(isClient) ?? null;
}

/** By our own names, or by those of the issuer alone where it has some. */
function rolesOf(claimed: unknown, named: ClaimNames['roleNames']): readonly Role[] {
  if (!Array.isArray(claimed)) return [];
  const given = new Set(named === null ? claimed : claimed.map((one) => named.get(one)));
  return ROLES.filter((role) => given.has(role));
}

function noRole({ roles, roleNames }: ClaimNames): TokenRefusal {
  const known = roleNames === null ? ROLES.join(', ') : 'the configured names';
  return {
    code: 'NO_ROLE',
    message:
      `the token names no subject or no role; its claim \`${roles}\` must be a list that ` +
      `holds one of ${known}`,
  };
}

function badAuthority({ authority }: ClaimNames): TokenRefusal {
  return {
    code: 'BAD_CLAIM',
    message:
      `the token's claim \`${authority}\` cannot be read; write one of ` +
      `${APPROVAL_LEVELS.join(', ')}, or an object of \`upTo\` and limits in whole numbers`,
  };
}

function badBook({ book }: ClaimNames): TokenRefusal {
  return {
    code: 'BAD_CLAIM',
    message:
      `the token's claim \`${book}\` cannot be read; write the relationship manager's ` +
      'number as text of 1 to 128 plain characters',
  };
}

function noBook({ book }: ClaimNames): TokenRefusal {
  return {
    code: 'BAD_CLAIM',
    message:
      `the token's role ADVISOR needs the claim \`${book}\`: the number of the ` +
      'relationship manager whose customers may be seen',
  };
}

/**
 * A subject goes into the record and into an index: short, and without control characters.
 * INVARIANT: it holds no ` via `, by which the record parts a person from an assistant.
 */
function isPlain(text: string): boolean {
  const isShort = text !== '' && text.length <= MOST_SUBJECT_CHARACTERS;
  return isShort && isLine(text) && !text.includes(VIA);
}

const MOST_SUBJECT_CHARACTERS = 256;

/** A client of the issuer's; it stands in the record beside the person, so it holds no space. */
function isClient(value: unknown): value is string {
  return typeof value === 'string' && /^[!-~]{1,128}$/.test(value);
}

function isTextId(value: unknown): value is string {
  return typeof value === 'string' && isId(value);
}
