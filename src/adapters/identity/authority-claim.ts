import type { Role } from '../../app/ports/identity.ts';
import { type Authority, NO_AUTHORITY } from '../../domain/authority.ts';
import { APPROVAL_LEVELS } from '../../domain/rule.ts';

/** What whoever serves customers may present where the token says nothing of authority. */
const OF_AN_AGENT: Authority = { upTo: 'AGENT' };

/**
 * The authority that a token gives: a level's name, or an object of `upTo` and limits. Undefined
 * where the claim cannot be read exactly: a limit with a misspelt name would limit nothing.
 */
export function readAuthority(claim: unknown, roles: readonly Role[]): Authority | undefined {
  if (claim === undefined) {
    const serves = roles.includes('AGENT') || roles.includes('ADVISOR');
    return serves ? OF_AN_AGENT : NO_AUTHORITY;
  }
  const stated = typeof claim === 'string' ? { upTo: claim } : claim;
  return isAuthority(stated) ? { ...stated } : undefined;
}

function isAuthority(claim: unknown): claim is Authority {
  return (
    typeof claim === 'object' &&
    claim !== null &&
    Object.hasOwn(claim, 'upTo') &&
    Object.entries(claim).every(([name, value]) => MEMBERS.get(name)?.(value) === true)
  );
}

const isOneOf = (names: readonly string[]) => (value: unknown) => names.some((n) => n === value);
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;

/** A map, for the names come from outside and an object has more names than its own. */
const MEMBERS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['upTo', isOneOf(APPROVAL_LEVELS)],
  ['mostAmountMinor', isCount],
  ['mostRateDiscountPpm', isCount],
  ['mostFeeDiscountPpm', isCount],
  ['mostProductRisk', isOneOf(['LOW', 'MEDIUM', 'HIGH'])],
]);
