import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createQuotas } from './quotas.ts';

function clock() {
  let atMs = 0;
  return {
    nowMs: () => atMs,
    wait: (ms: number) => {
      atMs += ms;
    },
  };
}

describe('quotas', () => {
  test('let a burst through, then as many as the average', () => {
    const { nowMs, wait } = clock();
    const quotas = createQuotas({ client: { perSecond: 2, burst: 3 } }, nowMs);
    const take = () => quotas.takeClient('crm')?.waitMs ?? 'TAKEN';
    expect([take(), take(), take(), take()]).toEqual(['TAKEN', 'TAKEN', 'TAKEN', 500]);
    wait(250);
    expect(take()).toBe(250);
    wait(250);
    expect([take(), take()]).toEqual(['TAKEN', 500]);
    wait(3_600_000);
    expect([take(), take(), take(), take()]).toEqual(['TAKEN', 'TAKEN', 'TAKEN', 500]);
  });

  test('are of each client for itself, by its own where it is named', () => {
    const settings = {
      client: { perSecond: 1, burst: 1 },
      clients: { portal: { perSecond: 1, burst: 2 } },
    };
    const quotas = createQuotas(settings, () => 0);
    const taken = (client: string) => quotas.takeClient(client) === undefined;
    expect(['crm', 'crm', 'batch', 'portal', 'portal', 'portal'].map(taken)).toEqual([
      true,
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  test('bind only what they name', () => {
    const quotas = createQuotas({ channels: { EMAIL: { perSecond: 1, burst: 1 } } }, () => 0);
    const taken = (channel: string) => quotas.takeChannel(channel) === undefined;
    expect(['EMAIL', 'EMAIL', 'AGENT', 'AGENT', 'constructor'].map(taken)).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
    expect(quotas.takeClient('crm')).toBeUndefined();
  });

  test('never let more through than the burst and the average, whatever the times', () => {
    const quota = fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.nat(20) });
    const waits = fc.array(fc.integer({ min: -50, max: 2_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(quota, waits, ({ perSecond, burst }, times) => {
        const { nowMs, wait } = clock();
        const client = { perSecond, burst: burst + 1 };
        const quotas = createQuotas({ client }, nowMs);
        let taken = 0;
        let passedMs = 0;
        for (const ms of times) {
          wait(ms);
          passedMs += Math.abs(ms);
          const usedUp = quotas.takeClient('crm');
          if (usedUp === undefined) taken += 1;
          else expect(usedUp.waitMs).toBeGreaterThan(0);
          expect(taken).toBeLessThanOrEqual(client.burst + (passedMs / 1_000) * perSecond + 1e-6);
        }
      }),
    );
  });
});
