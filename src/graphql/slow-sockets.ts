import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long sockets are waited for, and how many there may be. */
export interface SocketBounds {
  /** A request must have come whole by then. */
  readonly requestMs: number;
  /** A socket that is kept open for another request waits for it so long. */
  readonly idleMs: number;
  readonly most: number;
}

/** An honest request comes in milliseconds; a proxy keeps its sockets busy. */
export const SOCKET_BOUNDS: SocketBounds = { requestMs: 10_000, idleMs: 15_000, most: 2_000 };

/** How slow bodies are cut, as options of the server. */
export function socketOptions({ requestMs, idleMs }: SocketBounds) {
  return {
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    http: {
      requestTimeout: requestMs,
      headersTimeout: requestMs,
      // Late requests are looked for so often, by themselves only twice a minute.
      connectionsCheckingInterval: Math.min(1_000, requestMs),
    },
    clientErrorHandler: tellSocket,
  };
}

/** Refuses sockets beyond so many: each one costs, also one that says nothing. */
export function boundSockets(app: FastifyInstance, { most }: SocketBounds): void {
  app.server.maxConnections = most;
}

/** An answer while the server closes ends its socket, which would else be waited for idly. */
export function endSocketsOnClose(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close');
  });
}

const TOLD = {
  408: ['Request Timeout', 'REQUEST_TIMEOUT', 'the request did not come whole in time'],
  431: ['Request Header Fields Too Large', 'HEADERS_TOO_LARGE', 'send fewer or shorter headers'],
  400: ['Bad Request', 'BAD_REQUEST', 'the request cannot be read; send JSON by POST'],
} as const;

/** What fails before it is a request is told in the one shape of errors, by the bare socket. */
function tellSocket(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? 408
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? 431
        : 400;
  const [reason, code, message] = TOLD[status];
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json; charset=utf-8\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}
