import type { TokenVerifier, Viewer } from '../app/ports/identity.ts';
import { Outage } from '../app/ports/outage.ts';
import { NO_AUTHORITY } from '../domain/authority.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import type { HttpRefusal } from './http-refusal.ts';
import { unavailable } from './mask-error.ts';

/** What says who may come in, and by which door. */
export interface Known {
  readonly verifier: TokenVerifier;
  /** True for the demo, whose schema is shown to anybody. */
  readonly open: boolean;
  readonly assistants?: {
    readonly door: { readonly path: string };
    /** The clients that are assistants and come in by the door alone; null: any client may. */
    readonly clients: readonly string[] | null;
  };
  readonly onOutage?: (outage: Outage) => void;
}

type Caller = Result<Viewer, HttpRefusal>;

/** Who asks at GraphQL. */
export async function callerOf(header: string | undefined, known: Known): Promise<Caller> {
  const { open, assistants } = known;
  if (header === undefined && open) return ok(ANONYMOUS);
  const viewer = await verifiedBy(header, known);
  if (!viewer.ok || viewer.value.client === null) return viewer;
  // INVARIANT: no client that needs mandates finds a door where none is asked for.
  if (assistants?.clients?.includes(viewer.value.client) !== true) return viewer;
  return refuse(forbidden(`an assistant asks at ${assistants.door.path}`));
}

/** Who asks by an assistant: the record names both, so the token must. */
export async function assistantOf(header: string | undefined, known: Known): Promise<Caller> {
  const viewer = await verifiedBy(header, known);
  if (!viewer.ok) return viewer;
  const { client } = viewer.value;
  if (client === null) {
    return refuse(forbidden('the token names no client; an assistant asks with one of its own'));
  }
  if (known.assistants?.clients?.includes(client) === false) {
    return refuse(forbidden('the token is of a client that is no assistant; ask at /graphql'));
  }
  return viewer;
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
async function verifiedBy(
  header: string | undefined,
  { verifier, onOutage }: Known,
): Promise<Caller> {
  if (header === undefined) {
    return refuse(unauthenticated('send a bearer token in the Authorization header'));
  }
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1];
  if (token === undefined) {
    return refuse(unauthenticated('write the header as `Bearer <token>`'));
  }
  try {
    const verified = await verifier.verify(token);
    return verified.ok ? verified : refuse(unauthenticated(verified.refusal.message));
  } catch (error) {
    if (error instanceof Outage) onOutage?.(error);
    const down = unavailable(error);
    if (down === undefined) throw error;
    return refuse(down);
  }
}

/** Somebody who is known and asks at the wrong door. */
function forbidden(message: string): HttpRefusal {
  return { status: 403, code: 'FORBIDDEN', message };
}

/** Says who may come in; the token itself is never repeated. */
function unauthenticated(message: string): HttpRefusal {
  const headers = { 'www-authenticate': 'Bearer' };
  return { status: 401, code: 'UNAUTHENTICATED', message, headers };
}
