import { describe, expect, jest, test } from '@jest/globals';
import { Outage } from '../../../app/ports/outage.ts';
import { createTurns } from './turns.ts';

const outage = () => new Outage('DATABASE', 'cut');
const settle = () => new Promise(setImmediate);

/** A work that ends when told. */
function held<T>() {
  let end: { ok: (value: T) => void; fail: (error: unknown) => void } | undefined;
  const promise = new Promise<T>((ok, fail) => {
    end = { ok, fail };
  });
  const started = jest.fn();
  const work = () => {
    started();
    return promise;
  };
  return { work, started, ok: (value: T) => end?.ok(value), fail: (e: unknown) => end?.fail(e) };
}

describe('turns', () => {
  test('no more than allowed run at once, the others in the order they came', async () => {
    const turns = createTurns({ what: 'test', atOnce: 2 });
    const works = Array.from({ length: 4 }, () => held<number>());
    const results = works.map(({ work }) => turns.take(work));
    await settle();
    const started = () => works.map((one) => one.started.mock.calls.length);
    expect(started()).toEqual([1, 1, 0, 0]);
    works[1]?.ok(1);
    await settle();
    expect(started()).toEqual([1, 1, 1, 0]);
    for (const [i, one] of works.entries()) one.ok(i);
    expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
  });

  test('an outage during which nothing answered is everybody’s', async () => {
    const turns = createTurns({ what: 'test', atOnce: 1 });
    const first = held<number>();
    const asked = [turns.take(first.work), turns.take(async () => 2), turns.take(async () => 3)];
    first.fail(outage());
    const ended = await Promise.allSettled(asked);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await turns.take(async () => 4)).toBe(4);
  });

  test('one that fails while others are answered fails alone', async () => {
    const turns = createTurns({ what: 'test', atOnce: 2 });
    const [first, other] = [held<number>(), held<number>()];
    const asked = [turns.take(first.work), turns.take(other.work), turns.take(async () => 3)];
    other.ok(2);
    await settle();
    first.fail(outage());
    const ended = await Promise.allSettled(asked);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });

  test('a bug is an answer: it fails nobody else', async () => {
    const turns = createTurns({ what: 'test', atOnce: 1 });
    const first = held<number>();
    const asked = [turns.take(first.work), turns.take(async () => 2)];
    first.fail(new Error('bug'));
    const ended = await Promise.allSettled(asked);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  test('too many and too long are overloads', async () => {
    const limits = { mostWaiting: 1, longestWaitMs: 20 };
    const turns = createTurns({ what: 'test', atOnce: 1, ...limits });
    const first = held<number>();
    const running = turns.take(first.work);
    const long = turns.take(async () => 2);
    const many = turns.take(async () => 3);
    await expect(many).rejects.toMatchObject({ name: 'Overload' });
    await expect(long).rejects.toMatchObject({ name: 'Overload' });
    first.ok(1);
    expect(await running).toBe(1);
    expect(await turns.take(async () => 4)).toBe(4);
  });
});
