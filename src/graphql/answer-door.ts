import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Door, OperationRunner } from '../app/ports/door.ts';
import { Outage } from '../app/ports/outage.ts';
import { sendError, sendRefusal } from './json-body.ts';
import type { LetIn } from './let-in.ts';
import { unavailable } from './mask-error.ts';

/** How the server of a door knows who asks, and runs what is asked. */
interface DoorWays {
  readonly letIn: LetIn;
  readonly runner: OperationRunner;
  readonly onOutage?: (outage: Outage) => void;
}

/** Answers at a door's path, behind the same bounds on bodies and the same tokens as GraphQL. */
export function addDoor(app: FastifyInstance, door: Door, ways: DoorWays): void {
  const { letIn, runner, onOutage } = ways;
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
    handler: letIn(async (viewer, request, reply) => {
      try {
        const asked = { headers: headersOf(request), body: request.body, viewer };
        const { status, headers, text } = await door.answer(asked, runner);
        return reply.code(status).headers(headers).send(text);
      } catch (error) {
        if (error instanceof Outage) onOutage?.(error);
        const down = unavailable(error);
        if (down === undefined) throw error;
        return sendRefusal(reply, down);
      }
    }),
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
