import { Worker } from 'node:worker_threads';
import type { ShapAnswer, ShapComputer } from '../../app/ports/shap.ts';
import type { ShapReply } from './shap-worker.ts';

interface Waiting {
  readonly resolve: (answers: readonly ShapAnswer[]) => void;
  readonly reject: (cause: Error) => void;
}

/** A thread that starts with the first question and ends with `close`; it keeps no process up. */
export function openShapWorker(): {
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
