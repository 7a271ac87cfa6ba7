import type { Lineage, PartFailure } from '../../src/domain/customer360.ts';
import type { FactSheet } from '../../src/domain/fact.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { Complete } from './complete.ts';

const TIME = '2026-11-24T09:30:00.000Z';

const READ: Complete<Lineage> = {
  source: 'extract:demo',
  version: 7,
  asOf: TIME,
  fetchedAt: TIME,
};
const FAILED: { readonly failed: PartFailure } = { failed: 'STALE' };

const SNAPSHOT: Complete<Snapshot> = {
  sheetAddress: `hmac:${'3'.repeat(64)}`,
  businessDate: '2026-11-24',
  sources: {
    profile: [READ],
    household: [READ],
    arrangements: [READ],
    transactions: [READ],
    interactions: [READ],
    campaigns: [READ],
    goals: [READ],
    relationshipValue: [READ],
    creditApplications: [READ],
    consents: [READ],
    holds: FAILED,
  },
  factsDigest: `sha256:${'4'.repeat(64)}`,
  ratesDigest: `sha256:${'5'.repeat(64)}`,
  factsAsOf: TIME,
  validUntil: TIME,
};

const SHEET: Complete<FactSheet> = {
  values: { number: 1, text: 'a', flag: true, codes: ['a'] },
  notApplicable: ['credit.daysPastDue'],
  unavailable: { 'cashflow.salary': 'NOT_COVERED transactions' },
};

/** A snapshot in which parts were read and failed, and the sheet that it names. */
export const SNAPSHOT_SAMPLES = [{ snapshot: SNAPSHOT, sheet: SHEET }] as const;
