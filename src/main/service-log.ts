import { type DestinationStream, type Logger, pino } from 'pino';
import { codeOf } from '../adapters/postgres/connection/outage-of.ts';
import type { BrokenAudit } from '../app/ports/broken-audit.ts';
import type { Outage } from '../app/ports/outage.ts';
import type { Readiness } from '../app/ports/readiness.ts';
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

/** Tells that the worker of audits is gone, by what ended it; the next audit starts another. */
export function logBroken(logger: Logger, { by, cause }: BrokenAudit): void {
  logger.error({ by, err: nameOf(cause) }, 'an audit was broken off: its worker is gone');
}

/** Tells that a process cannot do its work, by reason and code, and that it can again. */
export function logReadiness(logger: Logger, readiness: Readiness, code?: string): void {
  if (readiness.status === 'READY') logger.warn('ready again');
  else logger.error({ reason: readiness.reason, code }, 'not ready: no decision can be made');
}

/** How long an outage that goes on is not told again. */
const TOLD_EVERY_MS = 10_000;

/** Tells of outages that failed a request, each kind by itself and not once a request. */
export function outageLog(logger: Logger): (outage: Outage) => void {
  const tellers = new Map<string, (outage: Outage) => void>();
  return (outage) => {
    const code = codeOf(outage) ?? 'none';
    const kind = `${outage.dependency} ${code}`;
    const tell =
      tellers.get(kind) ??
      atMostEvery(TOLD_EVERY_MS, ({ dependency }: Outage) =>
        logger.error({ dependency, code }, 'requests fail on an outage'),
      );
    tellers.set(kind, tell);
    tell(outage);
  };
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
