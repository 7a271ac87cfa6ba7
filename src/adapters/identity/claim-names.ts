import type { Role } from '../../app/ports/identity.ts';

/** The claims that tell of a viewer, beside `sub`, where nothing else is configured. */
export const CLAIMS = { roles: 'roles', authority: 'authority', book: 'book' } as const;

/**
 * Where the issuer's tokens tell of their viewer: each by a claim's name, or by a JSON pointer
 * (`/realm_access/roles`) where it lies deeper.
 */
export interface ClaimNames {
  readonly roles: string;
  readonly authority: string;
  readonly book: string;
  /** The claims that may name the client that holds the token; the first that can be read. */
  readonly client: readonly string[];
  /** Our roles by what the issuer calls them; null: it calls them as we do. */
  readonly roleNames: ReadonlyMap<string, Role> | null;
}

/** By RFC 9068 an access token names its client as `client_id`; older issuers write `azp`. */
export const USUAL_CLAIMS: ClaimNames = {
  ...CLAIMS,
  client: ['client_id', 'azp'],
  roleNames: null,
};

/** Stands for a claim that something other than an object was found on the way to. */
export const UNREADABLE = Symbol('a claim whose path leads through what is no object');

/** What a token claims there; undefined where it claims nothing. */
export function claimAt(claims: object, name: string): unknown {
  let found: unknown = claims;
  for (const step of name.startsWith('/') ? stepsOf(name) : [name]) {
    if (found === undefined) return undefined;
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return UNREADABLE;
    found = Object.hasOwn(found, step) ? (found as Record<string, unknown>)[step] : undefined;
  }
  return found;
}

function stepsOf(pointer: string): readonly string[] {
  const steps = pointer.slice(1).split('/');
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
