import { Worker } from 'node:worker_threads';
import { type ShapAnswer, ShapBusy, type ShapComputer } from '../../app/ports/shap.ts';
import type { ShapReply } from './shap-worker.ts';

interface Waiting {
  readonly resolve: (answers: readonly ShapAnswer[]) => void;
  readonly reject: (cause: Error) => void;
}

/** About a second of work at a hundred trees; who asks when so much waits is told to come back. */
const MOST_WAITING = 16;

/**
 * One thread, so that however much is asked deciding keeps the other cores; it starts with the
 * first question, ends with `close` and keeps no process up.
 */
export function openShapWorker(mostWaiting = MOST_WAITING): {
  readonly compute: ShapComputer;
  readonly close: () => Promise<void>;
} {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let asked = 0;
  const fail = (cause: Error) => {
    thread = undefined;
    for (const { reject } of waiting.values()) reject(cause);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./shap-worker.ts', import.meta.url));
    started.unref();
    started.on('error', fail);
    started.on('exit', () => thread === started && fail(new Error('the thread has ended')));
    started.on('message', (reply: ShapReply) => {
      const one = waiting.get(reply.number);
      waiting.delete(reply.number);
      if ('answers' in reply) one?.resolve(reply.answers);
      else one?.reject(new Error(reply.fault));
      if (waiting.size === 0) started.unref();
    });
    return started;
  };
  return {
    compute: (questions) =>
      new Promise((resolve, reject) => {
        if (waiting.size >= mostWaiting) {
          reject(new ShapBusy(waiting.size));
          return;
        }
        thread ??= start();
        asked += 1;
        waiting.set(asked, { resolve, reject });
        thread.ref();
        thread.postMessage({ number: asked, questions });
      }),
    close: async () => {
      const ending = thread;
      await ending?.terminate();
    },
  };
}
