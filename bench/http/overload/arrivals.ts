import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Asking, bodyAbout, headersOf, isDecision } from '../asking.ts';

/** What became of one request. */
export interface Outcome {
  readonly kind: 'DECIDED' | 'REFUSED' | 'FAILED';
  /** When it was due, in ms since the phase began. */
  readonly dueMs: number;
  /** Since it was due, so that a late asker hides nothing. */
  readonly sinceDueMs: number;
  /** Since it was sent, which is what the service answers for. */
  readonly sinceSentMs: number;
}

/** Fewer than a service takes. */
const MOST_SOCKETS = 1_500;

/** Makes who asks at Poisson arrivals, whether or not earlier answers have come. */
export function createArrivals(asking: Asking) {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS });
  let number = 0;
  return async (perSecond: number, seconds: number): Promise<readonly Outcome[]> => {
    const outcomes: Promise<Outcome>[] = [];
    const begunMs = performance.now();
    for (let dueMs = 0; dueMs < seconds * 1_000; number += 1) {
      const waitMs = begunMs + dueMs - performance.now();
      // A timer is good to a millisecond only; what is due sooner goes out with its neighbour.
      if (waitMs > 1) await sleep(waitMs);
      outcomes.push(askOnce({ asking, agent, number }, { begunMs, dueMs }));
      dueMs += (-Math.log(1 - Math.random()) * 1_000) / perSecond;
    }
    return Promise.all(outcomes);
  };
}

interface Question {
  readonly asking: Asking;
  readonly agent: Agent;
  readonly number: number;
}

function askOnce(
  { asking, agent, number }: Question,
  { begunMs, dueMs }: { readonly begunMs: number; readonly dueMs: number },
): Promise<Outcome> {
  const sentMs = performance.now();
  return new Promise((resolve) => {
    const end = (kind: Outcome['kind']) => {
      const nowMs = performance.now();
      const sinceDueMs = nowMs - begunMs - dueMs;
      resolve({ kind, dueMs, sinceDueMs, sinceSentMs: nowMs - sentMs });
    };
    const options = { method: 'POST', agent, headers: headersOf(asking) };
    const sent = request(`${asking.url}/graphql`, options, (response) => {
      const { statusCode, headers } = response;
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.once('error', () => end('FAILED'));
      response.once('end', () => {
        if (statusCode === 200 && isDecision(text)) end('DECIDED');
        else if (statusCode === 503 && headers['retry-after'] !== undefined) end('REFUSED');
        else end('FAILED');
      });
    });
    sent.once('error', () => end('FAILED'));
    sent.end(bodyAbout(asking, number));
  });
}
