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

/** As many values are counted before others have their turn. */
const SLICE = 20_000;

/** True when a value written as JSON has at most so many bytes; stops where it is beyond. */
export async function fits(value: unknown, most: number): Promise<boolean> {
  let bytes = 0;
  let counted = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'object' && next !== null) {
      for (const [name, member] of Object.entries(next)) {
        if (member === undefined) continue;
        // A comma, and the name with its colon; of lists the name is a number and not written.
        bytes += Array.isArray(next) ? 1 : bytesOf(name) + 2;
        waiting.push(member);
      }
      bytes += 1;
    } else bytes += bytesOf(next);
    if (bytes > most) return false;
    counted += 1;
    if (counted % SLICE === 0) await nextTurn();
  }
  return true;
}

/** Text that JSON writes as it is, a byte a character; most texts and all names are such. */
const PLAIN = /^[ !#-[\]-~]*$/;

function bytesOf(leaf: unknown): number {
  if (typeof leaf === 'string' && PLAIN.test(leaf)) return leaf.length + 2;
  return Buffer.byteLength(JSON.stringify(leaf) ?? '');
}
