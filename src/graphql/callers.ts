import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { TokenVerifier, Viewer } from '../app/ports/identity.ts';
import { Outage } from '../app/ports/outage.ts';
import { outageTold } from './mask-error.ts';

/** Who the request's token speaks for; throws what is told to who may not come in. */
export async function viewerOf(
  request: FastifyRequest,
  verifier: TokenVerifier,
): Promise<Viewer> {
  const header = request.headers.authorization;
  if (header === undefined) {
    throw unauthenticated('send a bearer token in the Authorization header');
  }
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1];
  if (token === undefined) throw unauthenticated('write the header as `Bearer <token>`');
  const verified = await verifier.verify(token).catch(issuerFailed);
  if (!verified.ok) throw unauthenticated(verified.refusal.message);
  return verified.value;
}

/** Who asks by an assistant: the record names both, so the token must. */
export async function assistantOf(
  request: FastifyRequest,
  verifier: TokenVerifier,
  clients: readonly string[] | null,
): Promise<Viewer> {
  const viewer = await viewerOf(request, verifier);
  if (viewer.client === null) {
    throw forbidden('the token names no client; an assistant asks with one of its own');
  }
  if (clients?.includes(viewer.client) === false) {
    throw forbidden('the token is of a client that is no assistant; ask at /graphql');
  }
  return viewer;
}

/** What is told to somebody who is known and asks at the wrong door. */
export function forbidden(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
}

/** Without the issuer's keys nobody comes in; that is no fault of the caller's. */
function issuerFailed(error: unknown): never {
  if (!(error instanceof Outage)) throw error;
  throw new GraphQLError(outageTold(error).message, {
    originalError: error,
    extensions: {
      code: outageTold(error).code,
      http: { status: 503, headers: new Map([['retry-after', '1']]) },
    },
  });
}

/** Says who may come in; the token itself is never repeated. */
function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: { status: 401, headers: new Map([['www-authenticate', 'Bearer']]) },
    },
  });
}
