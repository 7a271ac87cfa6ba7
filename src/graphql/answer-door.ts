import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Door, OperationRunner } from '../app/ports/door.ts';
import type { Viewer } from '../app/ports/identity.ts';
import { Outage } from '../app/ports/outage.ts';
import { sendError } from './json-body.ts';
import { causeOf, unavailable } from './mask-error.ts';

/** How the server of a door knows who asks, and runs what is asked. */
interface DoorWays {
  readonly viewerOf: (request: FastifyRequest) => Promise<Viewer>;
  readonly runner: OperationRunner;
  readonly onOutage?: (outage: Outage) => void;
}

/** Answers at a door's path, behind the same bounds on bodies and the same tokens as GraphQL. */
export function addDoor(app: FastifyInstance, door: Door, ways: DoorWays): void {
  const { viewerOf, runner, onOutage } = ways;
  app.route({
    url: door.path,
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    onRequest: async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      if (request.method !== 'POST') {
        await sendError(reply.header('allow', 'POST'), 405, NOT_BY_POST);
      } else if (request.headers.origin !== undefined) {
        // A page in a browser could ask by a name that leads to this machine.
        await sendError(reply, 403, NO_BROWSER);
      }
    },
    handler: async (request, reply) => {
      try {
        const viewer = await viewerOf(request);
        const asked = { headers: headersOf(request), body: request.body, viewer };
        const { status, headers, text } = await door.answer(asked, runner);
        return reply.code(status).headers(headers).send(text);
      } catch (error) {
        const cause = causeOf(error);
        if (cause instanceof Outage) onOutage?.(cause);
        return tell(reply, error);
      }
    },
  });
}

/** The door learns who asks, and never the token. */
function headersOf({ headers }: FastifyRequest): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && entry[0] !== 'authorization',
    ),
  );
}

const NOT_BY_POST = { code: 'METHOD_NOT_ALLOWED', message: 'this door answers POST alone' };

const NO_BROWSER = { code: 'FORBIDDEN', message: 'no page in a browser asks here' };

/** Tells what GraphQL would tell: who may not come in, and which outage it is. */
function tell(reply: FastifyReply, error: unknown): FastifyReply {
  const down = unavailable(causeOf(error));
  if (down !== undefined) return sendError(reply.header('retry-after', '1'), 503, down);
  const { code, http } = error instanceof GraphQLError ? error.extensions : {};
  if (!(error instanceof GraphQLError) || typeof code !== 'string' || !isHttp(http)) throw error;
  for (const [name, value] of http.headers ?? []) void reply.header(name, value);
  return sendError(reply, http.status, { code, message: error.message });
}

function isHttp(
  http: unknown,
): http is { readonly status: number; readonly headers?: ReadonlyMap<string, string> } {
  return typeof http === 'object' && http !== null && 'status' in http;
}
