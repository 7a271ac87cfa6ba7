import { describe, expect, test } from '@jest/globals';
import { historyOf, LINEAGE } from '../../../test/support/customer-history.ts';
import { knownAt } from './known-at.ts';
import { snapshotOf } from './snapshot-of.ts';

const AT = { businessDate: '2026-06-30', knownAt: '2026-06-30T18:00:00.000Z' };
const BASIS = {
  sheetAddress: 'hmac:00',
  factsDigest: 'sha256:01',
  ratesDigest: 'sha256:02',
  validUntil: '2026-06-30T23:59:59.999Z',
};

describe('a snapshot', () => {
  const newer = { ...LINEAGE, fetchedAt: '2026-06-30T17:00:00.000Z' };
  const history = {
    ...historyOf({}),
    goals: { state: 'READ' as const, value: [], lineage: [LINEAGE, newer] },
    campaigns: { state: 'FAILED' as const, reason: 'SOURCE_DOWN' as const },
  };
  const snapshot = snapshotOf(knownAt(history, AT), BASIS);

  test('names each system that was read for a part, or why it was not read', () => {
    expect(snapshot.sources).toMatchObject({
      profile: [LINEAGE],
      goals: [LINEAGE, newer],
      campaigns: { failed: 'SOURCE_DOWN' },
    });
  });

  test('does not name the sources of live state', () => {
    expect(Object.keys(snapshot.sources)).not.toContain('consents');
    expect(Object.keys(snapshot.sources)).not.toContain('holds');
  });

  test('is as of the newest reading', () => {
    expect(snapshot.factsAsOf).toBe(newer.fetchedAt);
  });

  test('carries what the caller bases it on', () => {
    expect(snapshot).toMatchObject({ ...BASIS, businessDate: AT.businessDate });
  });
});
