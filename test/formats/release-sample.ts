import type { ActionDeclaration } from '../../src/domain/action.ts';
import { ENGINE_VERSION } from '../../src/domain/decision.ts';
import { digestBytes } from '../../src/domain/digest.ts';
import { FACT_USES, type FactDeclaration } from '../../src/domain/fact.ts';
import type { ForestEntry, ReleaseBody } from '../../src/domain/release.ts';
import type { Condition, RuleDocument, RuleKind } from '../../src/domain/rule.ts';
import { encodeForest } from '../../src/engine/propensity/stored/forest-bytes.ts';
import { CARD_SAMPLE } from './card-sample.ts';
import type { Complete } from './complete.ts';
import { FOREST_SAMPLE } from './forest-sample.ts';

const REASON = { code: 'SAID_WHY', text: 'said why' } as const;
const SCOPE = { issue: 'grow', group: 'lend', action: 'loan', treatment: 'loan-agent' } as const;
const ACTION_SCOPE = { issue: 'grow', group: 'lend', action: 'loan' } as const;

const YOUNG: Complete<Condition> = { all: [{ fact: 'age', operator: 'lessThan', value: 30 }] };

/** A comparison with a value of each kind that a rule may hold, in each way of combining them. */
const CONDITIONS: Complete<Condition> = {
  any: [
    { all: [{ fact: 'age', operator: 'greaterThanInclusive', value: 21 }] },
    { not: { fact: 'job', operator: 'in', value: ['clerk', 'nurse'] } },
    { fact: 'age', operator: 'notIn', value: [30, 40] },
    { fact: 'mobile', operator: 'equal', value: true },
    { fact: 'income', operator: 'lessThan', value: '500.00 EUR' },
    { fact: 'balance', operator: 'lessThan', value: { fact: 'income' } },
    { condition: 'young' },
  ],
};
const NEVER: Complete<Condition> = {
  all: [{ fact: 'age', operator: 'greaterThan', value: 200 }],
};

const common = { appliesTo: SCOPE, reason: REASON, conditions: CONDITIONS, owner: 'risk' };
const DISCOUNTS = { rateDiscountPpm: 1, feeDiscountPpm: 2, amountFactorPpm: 3 } as const;

/** A rule of each kind. */
const RULES: { readonly [K in RuleKind]: Complete<RuleDocument> & { readonly kind: K } } = {
  eligibility: { ...common, id: 'a', kind: 'eligibility' },
  suppression: { ...common, id: 'b', kind: 'suppression', conditions: NEVER },
  pricing: { ...common, id: 'c', kind: 'pricing', effect: DISCOUNTS },
  bundle: { ...common, id: 'd', kind: 'bundle', effect: { ...DISCOUNTS, with: ['loan'] } },
  approval: { ...common, id: 'e', kind: 'approval', effect: { level: 'AGENT' } },
};

const AGE: Complete<FactDeclaration> = {
  name: 'age',
  type: 'integer',
  unit: 'years',
  description: 'made for tests',
  origin: 'SHEET',
  sources: ['profile'],
  permittedUses: [...FACT_USES],
  values: ['none'],
  edges: [18, 65],
  whenNone: 0,
  perCandidate: false,
  words: { present: '{value} years', absent: 'no age' },
};
const CHANGE = { up: 'up {size}', down: 'down {size}', level: 'level', absent: 'none' } as const;

/** Facts of each type whose value has a form of its own, with both kinds of words. */
const FACTS: Complete<ReleaseBody['facts']> = [
  AGE,
  { ...AGE, name: 'job', type: 'code', values: ['clerk', 'nurse'], whenNone: 'clerk' },
  { ...AGE, name: 'balance', type: 'money', unit: 'minor', words: CHANGE },
  { ...AGE, name: 'income', type: 'money', unit: 'minor' },
  { ...AGE, name: 'mobile', type: 'boolean', whenNone: false },
  { ...AGE, name: 'products', type: 'codes', values: ['loan'], whenNone: ['loan'] },
];

const LOAN: Complete<ActionDeclaration> = {
  id: 'loan',
  issue: 'grow',
  group: 'lend',
  name: 'Loan',
  description: 'a loan',
  purpose: 'MARKETING',
  legalBasis: 'CONSENT',
  product: 'loan_personal',
  productRisk: 'MEDIUM',
  validFrom: '2020-01-01',
  validTo: '2030-01-01',
  treatments: [
    {
      id: 'loan-agent',
      channel: 'AGENT',
      direction: 'INBOUND',
      placements: ['desk'],
      text: { en: 'a loan' },
    },
  ],
  propensity: { kind: 'FOREST', forest: 'lend', priorPpm: 30_000, owner: 'analytics' },
  terms: {
    amount: {
      fact: 'income',
      factorPpm: 6_000_000,
      fixedMinor: 1,
      floorMinor: 100_000,
      ceilingMinor: 5_000_000,
      stepMinor: 50_000,
    },
    rate: { side: 'LEND', basePpm: 79_000, floorPpm: 59_000, ceilingPpm: 99_000 },
    fee: { every: 'ONCE', baseMinor: 10_000, floorMinor: 2_500, ceilingMinor: 10_000 },
    termMonths: 48,
  },
  value: {
    kind: 'MARGIN',
    horizonMonths: 60,
    fundsRatePpm: 31_000,
    averageBalancePpm: 550_000,
    otherYearlyMinor: 1,
    costMinor: 4_000,
  },
  expiresAfter: 'P30D',
  owner: 'products',
};

/** The forest of the release, which reads what the facts declare. */
export const ENTRY_SAMPLE: Complete<ForestEntry> = {
  id: 'lend',
  digest: digestBytes(encodeForest(FOREST_SAMPLE)),
  calibration: { method: 'ISOTONIC', trees: 2, steps: [{ fromSum: 0, ppm: 100_000 }] },
  card: CARD_SAMPLE,
};

/** A release in which everything is said, with every kind of rule, value and propensity. */
export const RELEASE_SAMPLE: Complete<ReleaseBody> = {
  engineVersion: ENGINE_VERSION,
  ruleSet: { name: 'sample', semver: '1.0.0', owner: 'tests' },
  facts: FACTS,
  namedConditions: { young: YOUNG },
  rules: [RULES.eligibility, RULES.suppression, RULES.pricing, RULES.bundle, RULES.approval],
  actions: [
    LOAN,
    {
      ...LOAN,
      id: 'advice',
      group: 'serve',
      purpose: 'SERVICE',
      legalBasis: 'CONTRACT',
      propensity: { kind: 'PRIOR', priorPpm: 1, owner: 'analytics' },
      value: { kind: 'SERVICE', valueMinor: 1, owner: 'service' },
    },
  ],
  contactPolicy: {
    caps: [
      {
        id: 'three-a-month',
        reason: REASON,
        per: 'OVERALL',
        most: 3,
        window: 'CALENDAR_MONTH',
        purposes: ['MARKETING'],
      },
    ],
    restAfterDecline: 'P60D',
    restAfterComplaint: 'P30D',
    consentFreshFor: 'P2Y',
  },
  arbitration: {
    levers: [{ scope: ACTION_SCOPE, leverPpm: 900_000, owner: 'sales' }],
    contextWeights: [
      {
        id: 'wants-to-borrow',
        appliesTo: ACTION_SCOPE,
        conditions: CONDITIONS,
        weightPpm: 2_000_000,
        owner: 'sales',
      },
    ],
    leastExpectedValueMinor: 50,
  },
  rollout: {
    phases: [{ action: 'loan', phase: 'PILOT', approval: 'AGENT' }],
    approvalByAmount: [{ fromMinor: 1, level: 'AGENT' }],
    approvalByDiscountPpm: [{ fromPpm: 1, level: 'AGENT' }],
    approvalByFeeDiscountPpm: [{ fromPpm: 1, level: 'AGENT' }],
    approvalByRisk: { LOW: 'NONE', MEDIUM: 'AGENT', HIGH: 'TEAM_LEADER' },
    controlGroupPpm: 100_000,
  },
  rates: { reportingCurrency: 'EUR', ratesPpm: { CZK: 40_000 }, restsPpt: { CZK: 1 } },
  ageLimits: {
    profile: 'P7D',
    household: 'P7D',
    arrangements: 'P7D',
    transactions: 'P7D',
    interactions: 'P7D',
    campaigns: 'P7D',
    goals: 'P7D',
    relationshipValue: 'P7D',
    consents: 'P7D',
    holds: 'P7D',
    creditApplications: 'P1D',
  },
  consentBasis: 'DECLARED',
  channels: ['AGENT'],
  languages: { working: 'en', default: 'cs' },
  forests: [ENTRY_SAMPLE],
};
