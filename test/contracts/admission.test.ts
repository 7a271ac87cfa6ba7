import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Book } from '../../src/app/ports/book.ts';
import {
  type AdmissionSettings,
  createAdmission,
  type TurnedAway,
} from '../../src/graphql/admission/admit.ts';
import { CUSTOMER, createRig, firstError, NEXT } from '../support/graphql-rig.ts';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

/** A service with such a door; whoever asks by a book waits until `letGo` is called. */
async function rigOf(given: Partial<AdmissionSettings>) {
  const turned: TurnedAway[] = [];
  const admission = createAdmission({
    quotas: {},
    senses: { waitedMs: () => 0, nowMs: () => 0 },
    onTurnedAway: (one) => turned.push(one),
    ...given,
  });
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const book: Book = {
    managersOf: async (ids) => held.then(() => new Map(ids.map((id) => [id, 'RM-1']))),
  };
  const rig = await createRig({ settings: { admission }, ports: { book } });
  ended.push(() => rig.app.close());
  return { ...rig, turned, letGo };
}

const AUDIT = '{ activeRelease { digest } }';
const about = { variables: { id: CUSTOMER } };
const decided = { nextBestActions: { __typename: 'NextBestActions' } };

/** A loop whose turns take long, looked at anew at each request. */
function slowLoop() {
  let atMs = 0;
  const nowMs = () => {
    atMs += 100;
    return atMs;
  };
  return { waitedMs: () => 200, nowMs };
}

describe('more requests than can be answered soon', () => {
  const crowd = async () => {
    const rig = await rigOf({ senses: slowLoop() });
    // Each looks at the loop: so the door narrows to its least.
    for (let i = 0; i < 20; i += 1) await rig.ask(AUDIT, { token: 'AGENT' });
    const waiting = Array.from({ length: 100 }, () =>
      rig.ask(NEXT, { ...about, token: 'AGENT@RM-1' }),
    );
    // They come in one after the other, each in turns of its own.
    await sleep(300);
    return { ...rig, waiting };
  };

  test('are told to come again, and let in as soon as there is a place', async () => {
    const { ask, turned, waiting, letGo } = await crowd();
    const answer = await ask(NEXT, about);
    expect(firstError(answer)).toEqual({
      status: 503,
      code: 'OVERLOADED',
      message:
        'more is asked than can be answered soon; nothing was recorded, try again in a moment',
    });
    expect(answer.headers['retry-after']).toBe('1');
    expect(turned).toEqual([{ reason: 'OVERLOADED', lane: 'ASKING' }]);
    letGo();
    const answers = await Promise.all(waiting);
    expect(answers.map(({ data }) => data)).toMatchObject(waiting.map(() => decided));
    expect(await ask(NEXT, about)).toMatchObject({ status: 200, data: decided });
  });

  test.each(['AUDITOR', 'OPERATOR'])(
    'do not keep out an %s, nor health and metrics',
    async (role) => {
      const { app, ask, waiting, letGo } = await crowd();
      expect(await ask(AUDIT, { token: role })).toMatchObject({ status: 200 });
      for (const url of ['/health/live', '/health/ready', '/metrics']) {
        expect((await app.inject({ url })).statusCode).toBe(200);
      }
      letGo();
      await Promise.all(waiting);
    },
  );

  test('give their places back when they fail, too', async () => {
    const { ask, send } = await rigOf({ senses: slowLoop() });
    for (let i = 0; i < 120; i += 1) {
      expect((await send({ body: { query: '{ nothing }' } })).status).toBe(400);
      expect((await send({ body: '[]' })).status).toBe(400);
    }
    expect((await ask(NEXT, about)).status).toBe(200);
  });

  test('take places only of those who may come in', async () => {
    const { ask, waiting, letGo } = await crowd();
    expect(firstError(await ask(NEXT, { ...about, token: null }))).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
    letGo();
    await Promise.all(waiting);
  });
});

describe('quotas', () => {
  test('of a client answer 429 with Retry-After and what may be asked', async () => {
    const quotas = { client: { perSecond: 0.25, burst: 2 } };
    const { ask, turned } = await rigOf({ quotas });
    expect((await ask(NEXT, about)).status).toBe(200);
    expect((await ask(NEXT, about)).status).toBe(200);
    const answer = await ask(NEXT, about);
    expect(firstError(answer)).toEqual({
      status: 429,
      code: 'QUOTA_EXCEEDED',
      message:
        'this client may ask 0.25 times a second, 2 at once; nothing was recorded, ' +
        'ask again in 4 s',
    });
    expect(answer.headers['retry-after']).toBe('4');
    expect(turned).toEqual([{ reason: 'QUOTA_EXCEEDED', lane: 'ASKING' }]);
  });

  test('of a channel bind its decisions, and nothing else', async () => {
    const quotas = { channels: { AGENT: { perSecond: 1, burst: 1 } } };
    const { ask } = await rigOf({ quotas });
    expect(await ask(NEXT, about)).toMatchObject({ status: 200, data: decided });
    const answer = await ask(NEXT, about);
    expect(firstError(answer)).toEqual({
      status: 429,
      code: 'QUOTA_EXCEEDED',
      message:
        'all of channel AGENT may decide 1 times a second, 1 at once; nothing was recorded, ' +
        'ask again in 1 s',
    });
    expect(answer.headers['retry-after']).toBe('1');
    const other = NEXT.replace('channel: AGENT', 'channel: MOBILE');
    expect((await ask(other, about)).status).toBe(200);
    expect((await ask(AUDIT, { token: 'AUDITOR' })).status).toBe(200);
  });
});
