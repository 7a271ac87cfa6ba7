import { z } from 'zod';
import { type ClaimNames, USUAL_CLAIMS } from '../adapters/identity/claim-names.ts';
import { ROLES } from '../app/ports/identity.ts';
import { jsonIn } from './json-setting.ts';

/** A claim's name, or a JSON pointer: then each `~` is one of `~0` and `~1`. */
const claim = z.string().regex(/^(?:[^/].{0,199}|(?:\/(?:[^~/]|~[01]){1,100}){1,8})$/u);

const CLAIMS = z.strictObject({
  roles: claim.optional(),
  authority: claim.optional(),
  book: claim.optional(),
  client: claim.optional(),
  roleNames: z.record(z.string().min(1), z.enum(ROLES)).optional(),
});

const ALLOWED =
  'set a JSON object that gives `roles`, `authority`, `book` or `client` a claim name or ' +
  'pointer (`/realm_access/roles`), ' +
  `and \`roleNames\` an object of ${ROLES.join(', ')} by your names`;

/** Reads where the issuer's tokens tell of their viewer; what is left out keeps its usual name. */
export function readClaimNames(given: string, context: z.RefinementCtx): ClaimNames {
  const read = CLAIMS.safeParse(jsonIn(given));
  if (!read.success) {
    context.addIssue(ALLOWED);
    return z.NEVER;
  }
  const { roleNames, client, ...names } = read.data;
  const told = Object.entries(names).filter(([, value]) => value !== undefined);
  return {
    ...USUAL_CLAIMS,
    ...Object.fromEntries(told),
    ...(client !== undefined && { client: [client] }),
    roleNames: roleNames === undefined ? null : new Map(Object.entries(roleNames)),
  };
}
