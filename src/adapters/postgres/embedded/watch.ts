import { setTimeout as sleep } from 'node:timers/promises';

/** What a watch looks at and what it does. */
export interface Watched {
  readonly isUp: () => boolean;
  readonly onDown: () => void;
  readonly restart: () => Promise<void>;
  readonly onFailure: (error: unknown, waitMs: number) => void;
}

const INTERVAL_MS = 250;
const FIRST_WAIT_MS = 250;
const LAST_WAIT_MS = 10_000;

/** Looks after a server until the returned function is called, which resolves at rest. */
export function watchServer(watched: Watched): () => Promise<void> {
  const stop = new AbortController();
  const ended = loop(watched, stop.signal);
  return async () => {
    stop.abort();
    await ended;
  };
}

async function loop(watched: Watched, signal: AbortSignal): Promise<void> {
  while (await pause(INTERVAL_MS, signal)) {
    if (watched.isUp()) continue;
    watched.onDown();
    await restart(watched, signal);
  }
}

/** Tries at once, then ever more rarely, for as long as somebody watches. */
async function restart(watched: Watched, signal: AbortSignal): Promise<void> {
  for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, LAST_WAIT_MS)) {
    try {
      await watched.restart();
      return;
    } catch (error) {
      watched.onFailure(error, waitMs);
      await pause(waitMs, signal);
    }
  }
}

/** Whether the time passed without a call to stop; a watch alone keeps no process alive. */
async function pause(waitMs: number, signal: AbortSignal): Promise<boolean> {
  return sleep(waitMs, true, { signal, ref: false }).catch(() => false);
}
