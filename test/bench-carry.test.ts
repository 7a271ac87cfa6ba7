import { describe, expect, test } from '@jest/globals';
import { questions } from '../bench/carry/questions.ts';

describe('the questions whose decisions are carried over', () => {
  const asked = questions(1_000, 300);
  const kinds = (of: (one: (typeof asked)[number]) => unknown) =>
    new Set(asked.map((one) => JSON.stringify(of(one)))).size;

  test('are of every kind', () => {
    expect(kinds((one) => one.customerId)).toBe(300);
    expect(kinds((one) => one.channel)).toBe(8);
    expect(kinds((one) => one.placement)).toBe(3);
    expect(kinds((one) => one.first)).toBe(5);
    expect(kinds((one) => one.context)).toBe(5);
  });

  test('mix kinds: most combinations of channel, placement, first and context come up', () => {
    const combined = kinds(({ channel, placement, first, context }) => [
      channel,
      placement,
      first,
      context,
    ]);
    expect(combined).toBeGreaterThan((8 * 3 * 5 * 5) / 2);
  });

  test('name each request once', () => {
    const named = asked.flatMap(({ requestId }) => (requestId === null ? [] : [requestId]));
    expect(named.length).toBeGreaterThan(300);
    expect(new Set(named).size).toBe(named.length);
  });

  test('ask about each customer over several channels', () => {
    const channels = asked
      .filter((one) => one.customerId === 'C000007')
      .map((one) => one.channel);
    expect(new Set(channels).size).toBe(channels.length);
    expect(channels.length).toBeGreaterThan(2);
  });
});
