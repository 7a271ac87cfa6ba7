import { describe, expect, test } from '@jest/globals';
import { createAuditLane } from './audit-lane.ts';

describe('the lane of audits', () => {
  test('runs one after another in order, and lets others in between', async () => {
    const lane = createAuditLane(8);
    const seen: string[] = [];
    const work = (name: string) => () => {
      seen.push(name);
      setImmediate(() => seen.push(`served after ${name}`));
    };
    await Promise.all([lane(work('a')), lane(work('b'))]);
    expect(seen).toEqual(['a', 'served after a', 'b']);
  });

  test('refuses one too many as an overload, and takes others once there is room', async () => {
    const lane = createAuditLane(2);
    const asked = [lane(() => 1), lane(() => 2), lane(() => 3)];
    const ended = await Promise.allSettled(asked);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(ended[2]).toMatchObject({ reason: { name: 'Overload' } });
    expect(await lane(() => 4)).toBe(4);
  });

  test('goes on after one that fails', async () => {
    const lane = createAuditLane(2);
    const failing = lane(async () => {
      throw new Error('a test');
    });
    const next = lane(() => 2);
    await expect(failing).rejects.toThrow('a test');
    expect(await next).toBe(2);
  });
});
