import { type DestinationStream, type Logger, pino } from 'pino';
import { ROOT } from './desk.ts';

/** The service's log: lines of JSON on standard output, none for a request that went well. */
export function createServiceLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, redact: ['req', 'err.detail'] };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Tells of a bug by its kind and place only; its message may hold what a log must not. */
export function logBug(logger: Logger, error: unknown): void {
  logger.error({ err: nameOf(error) }, 'a request failed on a bug');
}

/** An error by its kind and place; its message may hold what a log must not. */
export function nameOf(error: unknown): { readonly name: string; readonly at: string } {
  if (!(error instanceof Error)) return { name: 'unknown', at: '' };
  // The stack begins with the message, which may have lines that look like places.
  const stack = error.stack ?? '';
  const start = stack.indexOf(error.message) + error.message.length;
  const places = stack
    .slice(start)
    .split('\n')
    .filter((line) => line.startsWith('    at '));
  const at = places.slice(0, 4).join(' ').replaceAll(`${ROOT}/`, '');
  return { name: error.name, at };
}

/** Passes on what it is told, and keeps still for a while after. */
export function atMostEvery<T>(ms: number, tell: (what: T) => void): (what: T) => void {
  let quietUntilMs = Number.NEGATIVE_INFINITY;
  return (what) => {
    const nowMs = performance.now();
    if (nowMs < quietUntilMs) return;
    quietUntilMs = nowMs + ms;
    tell(what);
  };
}
