import type { DecisionInput } from '../../src/domain/decision.ts';
import type { FactSheet } from '../../src/domain/fact.ts';
import type { LiveState } from '../../src/domain/live-state.ts';

export const TODAY = '2026-11-24';

/** A customer to whom every action of the small release may be offered. */
export const SMALL_SHEET: FactSheet = {
  values: {
    age: 44,
    job: 'nurse',
    balance: 120_000,
    mobile: true,
    income: 300_000,
    tier: 'PLUS',
  },
  notApplicable: ['daysPastDue'],
  unavailable: {},
};

/** A quiet moment at an agent's desk, with consent given. */
export const SMALL_LIVE: LiveState = {
  decisionId: '019ab000-0000-7000-8000-000000000001',
  decidedAt: '2026-11-24T09:30:00.000Z',
  businessDate: TODAY,
  channel: 'AGENT',
  placement: null,
  language: 'en',
  trigger: { kind: 'QUERY' },
  authority: { upTo: 'AGENT' },
  context: {},
  first: 3,
  arm: 'TREATED',
  consents: [
    {
      purpose: 'MARKETING',
      channel: 'ANY',
      state: 'GIVEN',
      effectiveAt: '2026-01-10T08:00:00.000Z',
    },
  ],
  holds: [],
  contacts: [],
  complainedOn: [],
};

/** An input in which only what a test names differs from the quiet moment. */
export function smallInput(
  live: Partial<LiveState> = {},
  sheet: Partial<FactSheet> = {},
): DecisionInput {
  return {
    snapshotAddress: 'hmac:00',
    snapshot: {
      sheetAddress: 'hmac:01',
      businessDate: live.businessDate ?? TODAY,
      sources: {},
      factsDigest: 'sha256:02',
      ratesDigest: 'sha256:03',
      factsAsOf: '2026-11-24T00:00:00.000Z',
      validUntil: '2026-11-25T00:00:00.000Z',
    },
    sheet: { ...SMALL_SHEET, ...sheet },
    live: { ...SMALL_LIVE, ...live },
  };
}

/** The sheet without some facts: their source did not answer. */
export function withoutFacts(sheet: FactSheet, names: readonly string[]): FactSheet {
  const values = Object.entries(sheet.values).filter(([name]) => !names.includes(name));
  return {
    values: Object.fromEntries(values),
    notApplicable: sheet.notApplicable.filter((name) => !names.includes(name)),
    unavailable: {
      ...sheet.unavailable,
      ...Object.fromEntries(names.map((name) => [name, 'SOURCE_DOWN profile'])),
    },
  };
}
