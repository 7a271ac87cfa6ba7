import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from './context.ts';

/** Tells an error in the place of an answer that has more bytes than an answer may. */
export function boundAnswers(most: number): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          if (await fits(response.body.singleResult, most)) return;
          const message =
            `the answer has more than ${most} bytes; what was decided is recorded, ` +
            'ask for fewer entries or fields at once';
          const extensions = { code: 'ANSWER_TOO_LARGE', most };
          response.body = { kind: 'single', singleResult: { errors: [{ message, extensions }] } };
          response.http.status = 400;
        },
      };
    },
  };
}

/** So long values are counted before others have their turn, and so often it is looked. */
const SLICE_MS = 15;
const LOOKED_AFTER = 500;

/** True when a value written as JSON has at most so many bytes; stops where it is beyond. */
export async function fits(value: unknown, most: number): Promise<boolean> {
  // Of the names of fields there are few, and each stands in many entries.
  const known = new Map<string, number>();
  const waiting: unknown[] = [value];
  let [bytes, counted, since] = [0, 0, performance.now()];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) {
      bytes += Math.max(2, 1 + next.length);
      for (const entry of next) waiting.push(entry);
    } else if (typeof next === 'object' && next !== null) {
      const members = Object.entries(next).filter(([, member]) => member !== undefined);
      bytes += members.length === 0 ? 2 : 1;
      for (const [name, member] of members) {
        const named = known.get(name) ?? bytesOf(name) + 2;
        known.set(name, named);
        bytes += named;
        waiting.push(member);
      }
    } else bytes += bytesOf(next);
    if (bytes > most) return false;
    counted += 1;
    if (counted % LOOKED_AFTER === 0 && performance.now() - since > SLICE_MS) {
      await nextTurn();
      since = performance.now();
    }
  }
  return true;
}

/** What JSON writes otherwise than it stands: quotes, backslashes, controls, halves of pairs. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u;

function bytesOf(leaf: unknown): number {
  if (typeof leaf === 'string' && !ESCAPED.test(leaf)) return Buffer.byteLength(leaf) + 2;
  return Buffer.byteLength(JSON.stringify(leaf) ?? '');
}
