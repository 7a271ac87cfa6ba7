import { setImmediate } from 'node:timers/promises';
import { Overload } from '../../ports/overload.ts';

/** Runs heavy audits one after another, whoever asks; one too many is refused as an overload. */
export type AuditLane = <T>(audit: () => T | Promise<T>) => Promise<T>;

/** Traces and replays that may be asked for at once. */
export const MOST_AUDITS = 16;

/**
 * Makes a lane. An audit decides again, which takes a thread's whole attention: between two of
 * them whoever else waits is served, and its answers are heard before its time is up.
 */
export function createAuditLane(mostWaiting: number): AuditLane {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (audit) => {
    if (waiting >= mostWaiting) throw new Overload('the lane of audits', mostWaiting);
    waiting += 1;
    const turn = last.then(async () => {
      // Once for what has arrived, once for what that asks for.
      await setImmediate();
      await setImmediate();
      return audit();
    });
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  };
}
