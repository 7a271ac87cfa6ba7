import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { faultOfJson, type JsonFault } from '../domain/json-text.ts';
import { decodeUtf8 } from '../domain/utf8.ts';
import { clip } from './clip.ts';
import type { HttpRefusal } from './http-refusal.ts';

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
    { parseAs: 'buffer' },
    async (_request: unknown, body: string | Buffer) => parseBody(Buffer.from(body)),
  );
}

function parseBody(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new BadBody('the body is not UTF-8; send JSON in UTF-8');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new BadBody('the body is not JSON; send { "query": "…", "variables": { … } }');
  }
  const fault = faultOfJson(text, isMinded);
  if (fault !== undefined) throw new BadBody(toldOfFault(fault));
  return content;
}

/**
 * What variables hold is refused by the argument they are given to, in its own words. Numbers are
 * read by the types of the contract.
 */
function isMinded(fault: JsonFault): boolean {
  if (fault.code === 'INEXACT_NUMBER') return false;
  return fault.code !== 'NOT_TEXT' || !fault.at.startsWith('/variables/');
}

function toldOfFault(fault: JsonFault): string {
  if (fault.code === 'REPEATED_KEY') {
    return `the body names \`${fault.key.slice(0, 64)}\` twice; name it once`;
  }
  if (fault.code === 'TOO_DEEP') {
    return `the body is nested more than ${fault.most} deep; flatten it`;
  }
  const place =
    fault.at === '' ? 'the body' : `\`${clip(fault.at.slice(1).replaceAll('/', '.'))}\``;
  const what = 'isKey' in fault && fault.isKey ? `a name in ${place}` : place;
  return `${what} is not well-formed text; send whole characters, no control characters`;
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

/** Sends a refusal with its headers. */
export function sendRefusal(reply: FastifyReply, refusal: HttpRefusal): FastifyReply {
  return sendError(reply.headers(refusal.headers ?? {}), refusal.status, refusal);
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
