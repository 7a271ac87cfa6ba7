import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { faultOfJson } from '../domain/json-text.ts';

/** How many bytes a body may have. */
export const BODY_LIMIT_BYTES = 256 * 1024;

/** A body that cannot be read, with the status that says so. */
class BadBody extends Error {
  readonly statusCode = 400;
}

/**
 * Takes JSON bodies and no others, strictly: what two readers would read differently is refused.
 */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, body: string | Buffer) => parseBody(String(body)),
  );
}

function parseBody(text: string): unknown {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new BadBody('the body is not JSON; send { "query": "…", "variables": { … } }');
  }
  const fault = faultOfJson(text);
  if (fault?.code === 'REPEATED_KEY') {
    throw new BadBody(`the body names \`${fault.key.slice(0, 64)}\` twice; name it once`);
  }
  if (fault?.code === 'TOO_DEEP') {
    throw new BadBody(`the body is nested more than ${fault.most} deep; flatten it`);
  }
  return content;
}

/** Answers in the shape of GraphQL errors whatever fails before GraphQL; bugs are masked. */
export function answerErrors(app: FastifyInstance, onError: (error: unknown) => void): void {
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const { code, message } = toldOf(error);
    if (code === 'INTERNAL_SERVER_ERROR') onError(error);
    return sendError(reply, STATUS[code], { code, message });
  });
  app.setNotFoundHandler((_request, reply) =>
    sendError(reply, 404, { code: 'NOT_FOUND', message: 'nothing is here; see /graphql' }),
  );
}

/** Sends one error as GraphQL would. */
export function sendError(
  reply: FastifyReply,
  status: number,
  { code, message }: { readonly code: string; readonly message: string },
): FastifyReply {
  return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}

const STATUS = {
  BAD_REQUEST: 400,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INTERNAL_SERVER_ERROR: 500,
} as const;

function toldOf(error: FastifyError): {
  readonly code: keyof typeof STATUS;
  readonly message: string;
} {
  if (error instanceof BadBody) return { code: 'BAD_REQUEST', message: error.message };
  if (error.statusCode === 413) {
    const message = `the body is larger than ${BODY_LIMIT_BYTES} bytes; ask for less at once`;
    return { code: 'BODY_TOO_LARGE', message };
  }
  if (error.statusCode === 415) {
    return { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'send content-type application/json' };
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return { code: 'BAD_REQUEST', message: 'the request cannot be read; send JSON by POST' };
  }
  return {
    code: 'INTERNAL_SERVER_ERROR',
    message: 'something went wrong on our side; it has been logged',
  };
}
