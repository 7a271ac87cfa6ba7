import { type Candidate, type Capsule, ENGINE_VERSION } from '../../src/domain/decision.ts';
import type { LiveState } from '../../src/domain/live-state.ts';
import type { Trigger, TriggerKind } from '../../src/domain/trigger.ts';
import type { Complete } from './complete.ts';

const DAY = '2026-11-24';
const TIME = '2026-11-24T09:30:00.000Z';
const RELEASE = `sha256:${'0'.repeat(64)}`;
const SEEN = { number: 1, text: 'a', flag: true, codes: ['a'], nothing: null } as const;

/** A trigger of each kind. */
const TRIGGERS: { readonly [K in TriggerKind]: Complete<Extract<Trigger, { kind: K }>> } = {
  QUERY: { kind: 'QUERY' },
  EVENT: { kind: 'EVENT', eventId: 'e-1', eventKind: 'POSTING' },
  BATCH: { kind: 'BATCH', runId: 'run-1', campaignId: 'autumn' },
  SERVICE_INTERACTION: { kind: 'SERVICE_INTERACTION', interactionId: 'i-1', intent: 'RATE' },
  JOURNEY: { kind: 'JOURNEY', placement: 'home' },
};

/** A live state in which everything is said, and nothing speaks against any action. */
export const LIVE_SAMPLE: Complete<LiveState> = {
  consents: [
    {
      purpose: 'MARKETING',
      channel: 'ANY',
      state: 'GIVEN',
      effectiveAt: TIME,
      expiresOn: '2027-01-01',
    },
  ],
  holds: [{ kind: 'VULNERABLE', startsOn: '2026-09-01', endsOn: '2026-10-01' }],
  contacts: [
    {
      actionId: 'loan',
      channel: 'AGENT',
      presentedOn: '2026-09-01',
      response: 'DECLINED',
      respondedOn: '2026-09-02',
      expiresOn: '2026-10-01',
    },
  ],
  complainedOn: ['2026-09-01'],
  failures: {
    consents: 'STALE',
    holds: 'SOURCE_DOWN',
    campaigns: 'NOT_COVERED',
    interactions: 'STALE',
  },
  decisionId: '019ab000-0000-7000-8000-000000000001',
  decidedAt: TIME,
  businessDate: DAY,
  channel: 'AGENT',
  placement: 'desk',
  language: 'en',
  trigger: TRIGGERS.QUERY,
  overdue: ['arrangements'],
  authority: {
    upTo: 'AGENT',
    mostAmountMinor: 1,
    mostRateDiscountPpm: 2,
    mostFeeDiscountPpm: 3,
    mostProductRisk: 'LOW',
  },
  context: { number: 1, text: 'a', flag: true, codes: ['a'] },
  first: 3,
  arm: 'TREATED',
};

const CANDIDATE: Complete<Candidate> = {
  actionId: 'loan',
  treatmentId: 'loan-agent',
  outcome: 'WITHHELD',
  withheld: {
    stage: 'SUPPRESSION',
    rule: 'past-due',
    reasonCode: 'PAST_DUE',
    seen: SEEN,
    missing: ['income'],
  },
  legalBasis: 'CONSENT',
  propensity: {
    basis: 'FOREST',
    calibratedPpm: 50_000,
    rawPpm: 60_000,
    forest: 'lend',
    contributions: {
      method: 'PATH',
      trees: 10,
      rawSum: 600_000,
      base: 500_000,
      byFact: [{ fact: 'age', sum: 100_000 }],
    },
  },
  terms: {
    amountMinor: 500_000,
    ratePpm: 79_000,
    feeMinor: 9_000,
    feeEvery: 'ONCE',
    termMonths: 48,
    instalmentMinor: 12_000,
    rateDiscountPpm: 5_000,
    feeDiscountPpm: 100_000,
  },
  factors: {
    propensityPpm: 50_000,
    contextPpm: 1_000_000,
    valueMinor: 20_000,
    leverPpm: 900_000,
  },
  expectedValueMinor: 900,
  rank: 1,
  approval: 'AGENT',
  presentable: true,
  applied: [{ rule: 'loyal', kind: 'pricing', reasonCode: 'LOYAL', seen: SEEN }],
  expiresOn: DAY,
  selectionProbabilityPpm: 1_000_000,
  wouldHaveSurfaced: true,
};

const CAPSULE: Complete<Capsule> = {
  customer: '019ab000-0000-7000-8000-00000000000c',
  snapshotAddress: `hmac:${'1'.repeat(64)}`,
  releaseDigest: RELEASE,
  live: LIVE_SAMPLE,
  decision: {
    engineVersion: ENGINE_VERSION,
    releaseDigest: RELEASE,
    outcome: 'NO_ACTION',
    noActionReason: 'NOTHING_ELIGIBLE',
    arm: 'TREATED',
    candidates: [CANDIDATE],
    degradations: [{ part: 'transactions', failure: 'NOT_COVERED', facts: ['cashflow.salary'] }],
    traceDigest: `sha256:${'2'.repeat(64)}`,
  },
};

/** What live state and candidate say where they say `null`. */
const SILENT: Capsule = {
  ...CAPSULE,
  live: {
    ...LIVE_SAMPLE,
    consents: null,
    holds: null,
    contacts: null,
    complainedOn: null,
    placement: null,
  },
  decision: { ...CAPSULE.decision, candidates: [{ ...CANDIDATE, treatmentId: null }] },
};

/** Capsules in which every member is filled, with every kind of trigger. */
export const CAPSULE_SAMPLES: readonly Capsule[] = [
  ...Object.values(TRIGGERS).map((trigger) => ({
    ...CAPSULE,
    live: { ...LIVE_SAMPLE, trigger },
  })),
  SILENT,
];
