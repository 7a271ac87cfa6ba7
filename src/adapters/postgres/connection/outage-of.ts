import { Outage } from '../../../app/ports/outage.ts';

/** A failure of the connection or the server as an outage; any other error as it is. */
export function outageOf(error: unknown): unknown {
  if (error instanceof Outage) return error;
  if (!isConnectionFailure(error)) return error;
  return new Outage(REFUSED_WRITES.has(codeOf(error) ?? '') ? 'WRITES' : 'DATABASE', error);
}

/** The SQLSTATE or system code of an error, looking through the errors that wrap it. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}

const SYSTEM_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  // A socket file that is not there: the server is down.
  'ENOENT',
]);

/**
 * Class 08: connection; 53: out of connections, memory or disk; 58: the server's own system
 * error; 57P: shutting down, crashed, starting; 57014: cut by the statement timeout; 25006: a
 * standby.
 */
const STATES = /^(?:08...|53...|58...|57P0.|57014|25006)$/;

/** The driver gives these no code. */
const MESSAGES: readonly string[] = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed',
];

/** The disk is full; a standby, or a database that was set to be read only. */
const REFUSED_WRITES: ReadonlySet<string> = new Set(['53100', '25006']);

function isConnectionFailure(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return SYSTEM_CODES.has(code) || STATES.test(code);
  return error instanceof Error && (isDropped(error.message) || causedByOne(error));
}

function isDropped(message: string): boolean {
  return MESSAGES.some((start) => message.startsWith(start));
}

function causedByOne(error: Error): boolean {
  return error.cause !== undefined && isConnectionFailure(error.cause);
}
