import type { TokenVerifier, Viewer } from '../app/ports/identity.ts';
import { Outage } from '../app/ports/outage.ts';
import { NO_AUTHORITY } from '../domain/authority.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import type { HttpRefusal } from './http-refusal.ts';
import { outageTold } from './mask-error.ts';

/** What says who may come in. */
interface Door {
  readonly verifier: TokenVerifier;
  /** True for the demo, whose schema is shown to anybody. */
  readonly open: boolean;
  readonly onOutage?: (outage: Outage) => void;
}

/** Says who may come in; the token itself is never repeated. */
export async function authenticate(
  header: string | undefined,
  door: Door,
): Promise<Result<Viewer, HttpRefusal>> {
  if (header === undefined) {
    if (door.open) return ok(ANONYMOUS);
    return refuse(unauthenticated('send a bearer token in the Authorization header'));
  }
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1];
  if (token === undefined) {
    return refuse(unauthenticated('write the header as `Bearer <token>`'));
  }
  try {
    const verified = await door.verifier.verify(token);
    return verified.ok ? verified : refuse(unauthenticated(verified.refusal.message));
  } catch (error) {
    if (!(error instanceof Outage)) throw error;
    door.onOutage?.(error);
    return refuse(issuerFailed(error));
  }
}

/** Who opens the demo without a token: sees the schema, and no field of it. */
const ANONYMOUS: Viewer = {
  subject: 'anonymous',
  roles: [],
  authority: NO_AUTHORITY,
  book: null,
  client: null,
};

/** Without the issuer's keys nobody comes in; that is no fault of the caller's. */
function issuerFailed(outage: Outage): HttpRefusal {
  const headers = { 'retry-after': '1' };
  return { status: 503, ...outageTold(outage), headers };
}

function unauthenticated(message: string): HttpRefusal {
  const headers = { 'www-authenticate': 'Bearer' };
  return { status: 401, code: 'UNAUTHENTICATED', message, headers };
}
