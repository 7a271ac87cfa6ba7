import type { JWTPayload } from 'jose';
import type { TokenRefusal } from '../../app/ports/identity.ts';
import type { Mandate } from '../../app/ports/mandates.ts';
import { isDigest } from '../../domain/digest.ts';
import { isId } from '../../domain/id.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';

/** How long a person's word for one thing may be good. */
export const MANDATE_SECONDS = 5 * 60;

/** The type of our entry among a token's authorization details (RFC 9396). */
const MANDATE_TYPE = 'nextbest_mandate';

/** True for a token that holds a mandate: it opens that one thing and no door. */
export function holdsMandate(claims: JWTPayload): boolean {
  return detailsOf(claims).some(isOurs);
}

/** The one thing that a token lets its client do for a person; refuses what it cannot read. */
export function mandateOf(
  claims: JWTPayload,
  client: string | null,
): Result<Mandate, TokenRefusal> {
  const details = detailsOf(claims);
  const [first] = details;
  const { sub, jti } = claims;
  if (details.length !== 1 || !isOurs(first) || sub === undefined || !isNumber(jti)) {
    return refuse(UNREADABLE);
  }
  const { operation, variables, ...more } = first;
  const isWhole = Object.keys(more).length === 1 && isName(operation) && isName(variables);
  return isWhole
    ? ok({ id: jti, subject: sub, client, operation, variables })
    : refuse(UNREADABLE);
}

function detailsOf(claims: JWTPayload): readonly unknown[] {
  const details = claims['authorization_details'];
  return Array.isArray(details) ? details : [];
}

function isOurs(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return (
    typeof entry === 'object' && entry !== null && 'type' in entry && entry.type === MANDATE_TYPE
  );
}

const isName = (value: unknown): value is string => typeof value === 'string' && isDigest(value);
const isNumber = (value: unknown): value is string => typeof value === 'string' && isId(value);

const UNREADABLE: TokenRefusal = {
  code: 'BAD_CLAIM',
  message:
    'it needs a `jti` and, alone in `authorization_details`, an entry of type ' +
    `\`${MANDATE_TYPE}\` with the digests \`operation\` and \`variables\``,
};
