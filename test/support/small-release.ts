import type { ActionDeclaration } from '../../src/domain/action.ts';
import type { LoadedRelease } from '../../src/domain/deciding.ts';
import { digestBytes, digestOf } from '../../src/domain/digest.ts';
import type { FactDeclaration } from '../../src/domain/fact.ts';
import { FACT_USES } from '../../src/domain/fact.ts';
import type { ReleaseBody } from '../../src/domain/release.ts';
import type { RuleDocument } from '../../src/domain/rule.ts';
import { loadRelease } from '../../src/engine/load-release.ts';
import { calibrate } from '../../src/engine/propensity/calibrate.ts';
import { encodeForest } from '../../src/engine/propensity/forest-bytes.ts';
import { makeTable, trainSmall } from './training-table.ts';

const fact = (
  name: string,
  type: FactDeclaration['type'],
  more: Partial<FactDeclaration> = {},
): FactDeclaration => ({
  name,
  type,
  description: 'made for tests',
  origin: 'SHEET',
  sources: ['profile'],
  permittedUses: FACT_USES,
  ...more,
});

const live = (name: string, type: FactDeclaration['type'], more: Partial<FactDeclaration> = {}) =>
  fact(name, type, { origin: 'LIVE', sources: [], ...more });

const computed = (
  name: string,
  type: FactDeclaration['type'],
  more: Partial<FactDeclaration> = {},
) => fact(name, type, { origin: 'COMPUTED', sources: [], perCandidate: true, ...more });

/** Facts of every origin; the first four are what the test forest reads. */
export const SMALL_FACTS: readonly FactDeclaration[] = [
  fact('age', 'integer', { unit: 'years' }),
  fact('job', 'code', { values: ['clerk', 'farmer', 'nurse', 'retired'] }),
  fact('balance', 'money', { unit: 'minor' }),
  fact('mobile', 'boolean'),
  fact('income', 'money', { unit: 'minor' }),
  fact('daysPastDue', 'integer', { unit: 'days', whenNone: 0, sources: ['arrangements'] }),
  fact('tier', 'code', { values: ['BASIC', 'PLUS'], sources: ['relationshipValue'] }),
  live('contact.count7d', 'integer', { unit: 'count' }),
  live('contact.daysSinceLast', 'integer', { unit: 'days', whenNone: 9999 }),
  live('complaint.daysSinceLast', 'integer', { unit: 'days', whenNone: 9999 }),
  live('live.openOfferCount', 'integer', { unit: 'count' }),
  live('live.channel', 'code', { values: ['AGENT', 'EMAIL'] }),
  live('hold.collections', 'boolean'),
  live('offer.thisActionOpen', 'boolean', { perCandidate: true }),
  live('decline.daysSinceThisAction', 'integer', {
    unit: 'days',
    whenNone: 9999,
    perCandidate: true,
  }),
  live('contact.thisGroup30dCount', 'integer', { unit: 'count', perCandidate: true }),
  computed('propensityPpm', 'ratio', { unit: 'ppm' }),
  computed('offer.amount', 'money', { unit: 'minor', whenNone: 0 }),
  computed('offer.rateDiscountPpm', 'ratio', { unit: 'ppm', whenNone: 0 }),
  computed('offer.feeDiscountPpm', 'ratio', { unit: 'ppm', whenNone: 0 }),
  computed('action.productRisk', 'code', { values: ['LOW', 'MEDIUM', 'HIGH'] }),
  computed('action.purpose', 'code', { values: ['MARKETING', 'SERVICE', 'REGULATORY'] }),
  fact('context.intent', 'code', {
    origin: 'CONTEXT',
    sources: [],
    values: ['BORROW', 'NONE'],
    whenNone: 'NONE',
  }),
];

const treatments = (id: string): ActionDeclaration['treatments'] => [
  {
    id: `${id}-agent`,
    channel: 'AGENT',
    direction: 'INBOUND',
    placements: [],
    text: { en: id, cs: id },
  },
  {
    id: `${id}-email`,
    channel: 'EMAIL',
    direction: 'OUTBOUND',
    placements: ['newsletter'],
    text: { en: id },
  },
];

/** An action with everything declared that a test does not care about. */
export function smallAction(
  id: string,
  more: Partial<ActionDeclaration> = {},
): ActionDeclaration {
  return {
    id,
    issue: 'grow',
    group: 'save',
    name: id,
    description: 'made for tests',
    purpose: 'MARKETING',
    legalBasis: 'CONSENT',
    productRisk: 'LOW',
    validFrom: '2020-01-01',
    treatments: treatments(id),
    propensity: { kind: 'PRIOR', priorPpm: 50_000, owner: 'analytics' },
    terms: {},
    value: { kind: 'SERVICE', valueMinor: 10_000, owner: 'service' },
    expiresAfter: 'P30D',
    owner: 'products',
    ...more,
  };
}

export const SMALL_ACTIONS: readonly ActionDeclaration[] = [
  smallAction('loan', {
    group: 'lend',
    productRisk: 'MEDIUM',
    propensity: { kind: 'FOREST', forest: 'lend', priorPpm: 30_000, owner: 'analytics' },
    terms: {
      amount: {
        fact: 'income',
        factorPpm: 6_000_000,
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
      otherYearlyMinor: 0,
      costMinor: 4_000,
    },
  }),
  smallAction('savings', {
    propensity: { kind: 'FOREST', forest: 'lend', priorPpm: 80_000, owner: 'analytics' },
    terms: {
      amount: { fixedMinor: 400_000, floorMinor: 100_000, ceilingMinor: 900_000, stepMinor: 1 },
      rate: { side: 'DEPOSIT', basePpm: 21_000, floorPpm: 10_000, ceilingPpm: 24_000 },
    },
    value: {
      kind: 'MARGIN',
      horizonMonths: 24,
      fundsRatePpm: 33_000,
      averageBalancePpm: 900_000,
      otherYearlyMinor: 1_200,
      costMinor: 1_500,
    },
  }),
  smallAction('insurance', {
    group: 'protect',
    terms: {
      fee: { every: 'MONTH', baseMinor: 990, floorMinor: 500, ceilingMinor: 990 },
      termMonths: 12,
    },
    value: {
      kind: 'MARGIN',
      horizonMonths: 36,
      fundsRatePpm: 0,
      averageBalancePpm: 0,
      otherYearlyMinor: 6_000,
      costMinor: 2_000,
    },
  }),
  smallAction('outreach', {
    issue: 'care',
    group: 'hardship',
    purpose: 'SERVICE',
    legalBasis: 'CONTRACT',
  }),
  smallAction('identity', {
    issue: 'care',
    group: 'duty',
    purpose: 'REGULATORY',
    legalBasis: 'LEGAL_DUTY',
    value: { kind: 'SERVICE', valueMinor: 10, owner: 'compliance' },
  }),
];

const common = (id: string) => ({
  id,
  reason: { code: id.toUpperCase().replaceAll('-', '_'), text: id },
  owner: 'risk',
});

export const SMALL_RULES: readonly RuleDocument[] = [
  {
    ...common('adult'),
    kind: 'eligibility',
    appliesTo: { issue: 'grow' },
    conditions: { all: [{ fact: 'age', operator: 'greaterThanInclusive', value: 21 }] },
  },
  {
    ...common('income-known-enough'),
    kind: 'eligibility',
    appliesTo: { action: 'loan' },
    conditions: {
      all: [{ fact: 'income', operator: 'greaterThan', value: '500.00 EUR' }],
    },
  },
  {
    ...common('past-due'),
    kind: 'suppression',
    appliesTo: { issue: 'grow' },
    conditions: { all: [{ fact: 'daysPastDue', operator: 'greaterThan', value: 'P5D' }] },
  },
  {
    ...common('offer-open'),
    kind: 'suppression',
    appliesTo: {},
    conditions: { all: [{ fact: 'offer.thisActionOpen', operator: 'equal', value: true }] },
  },
  {
    ...common('too-unlikely'),
    kind: 'suppression',
    appliesTo: { group: 'lend' },
    conditions: { all: [{ fact: 'propensityPpm', operator: 'lessThan', value: '10 %' }] },
  },
  {
    ...common('good-customer-rate'),
    kind: 'pricing',
    appliesTo: { issue: 'grow' },
    conditions: { all: [{ fact: 'tier', operator: 'equal', value: 'PLUS' }] },
    effect: { rateDiscountPpm: 5_000, feeDiscountPpm: 100_000 },
  },
  {
    ...common('insured-loan'),
    kind: 'bundle',
    appliesTo: {},
    conditions: { all: [{ fact: 'age', operator: 'lessThan', value: 60 }] },
    effect: { with: ['loan', 'insurance'], rateDiscountPpm: 2_000, feeDiscountPpm: 500_000 },
  },
  {
    ...common('old-borrower'),
    kind: 'approval',
    appliesTo: { group: 'lend' },
    conditions: {
      all: [
        { fact: 'offer.amount', operator: 'greaterThan', value: '10000.00 EUR' },
        { fact: 'balance', operator: 'lessThan', value: '0.00 EUR' },
      ],
    },
    effect: { level: 'BRANCH_MANAGER' },
  },
];

const trained = trainSmall();
const FOREST_BYTES = encodeForest(trained.forest);
const FOREST_DIGEST = digestBytes(FOREST_BYTES);

/** The bytes of the one forest of the small release. */
export const SMALL_FORESTS: ReadonlyMap<string, Uint8Array> = new Map([
  [FOREST_DIGEST, FOREST_BYTES],
]);

function forestEntry(): ReleaseBody['forests'][number] {
  const { labels } = makeTable(1500);
  const calibration = calibrate(trained.outOfBag, labels, trained.forest.trees.length);
  if (calibration === null) throw new Error('the test forest has no out-of-bag rows');
  const figures = {
    aucPpm: 700_000,
    prAucPpm: 300_000,
    brierPpm: 100_000,
    ecePpm: 10_000,
    liftAtTenthPpm: 2_000_000,
  };
  return {
    id: 'lend',
    digest: FOREST_DIGEST,
    calibration,
    card: {
      id: 'lend',
      predictsFor: { scope: 'GROUP', id: 'lend' },
      target: { label: 'opened a loan', window: 'P90D' },
      trainingWindow: { from: '2024-01-01', to: '2025-01-01' },
      rows: 1500,
      positives: 300,
      features: [
        { name: 'age', importancePpm: 400_000 },
        { name: 'job', importancePpm: 200_000 },
        { name: 'balance', importancePpm: 300_000 },
        { name: 'mobile', importancePpm: 100_000 },
      ],
      outOfBag: figures,
      calibrated: { brierPpm: 100_000, ecePpm: 0 },
      spec: trained.forest.spec ?? trainSmall().forest.spec ?? fail(),
      permittedUses: ['suppression', 'bundle', 'approval'],
      owner: 'analytics',
    },
  };
}

function fail(): never {
  throw new Error('the test forest has no spec');
}

/** A small release with every kind of rule, one forest and every kind of purpose. */
export function smallBody(more: Partial<ReleaseBody> = {}): ReleaseBody {
  return {
    engineVersion: 1,
    ruleSet: { name: 'small', semver: '1.0.0', owner: 'tests' },
    facts: SMALL_FACTS,
    namedConditions: {},
    rules: SMALL_RULES,
    actions: SMALL_ACTIONS,
    contactPolicy: {
      caps: [
        {
          id: 'three-a-month',
          reason: { code: 'THREE_A_MONTH', text: 'three offers a month' },
          per: 'OVERALL',
          most: 3,
          window: 'CALENDAR_MONTH',
          purposes: ['MARKETING'],
        },
        {
          id: 'group-once-in-ten-days',
          reason: { code: 'GROUP_RESTS', text: 'a group rests ten days' },
          per: 'GROUP',
          most: 1,
          window: 'P10D',
          purposes: ['MARKETING'],
        },
      ],
      restAfterDecline: 'P60D',
      restAfterComplaint: 'P30D',
      consentFreshFor: 'P2Y',
    },
    arbitration: {
      levers: [
        { scope: { issue: 'grow' }, leverPpm: 900_000, owner: 'sales' },
        { scope: { group: 'protect' }, leverPpm: 1_500_000, owner: 'sales' },
      ],
      contextWeights: [
        {
          id: 'wants-to-borrow',
          appliesTo: { group: 'lend' },
          conditions: { all: [{ fact: 'context.intent', operator: 'equal', value: 'BORROW' }] },
          weightPpm: 2_000_000,
          owner: 'sales',
        },
      ],
      leastExpectedValueMinor: 50,
    },
    rollout: {
      phases: [{ action: 'insurance', phase: 'PILOT', approval: 'TEAM_LEADER' }],
      approvalByAmount: [{ fromMinor: 2_000_000, level: 'TEAM_LEADER' }],
      approvalByDiscountPpm: [{ fromPpm: 6_000, level: 'TEAM_LEADER' }],
      approvalByRisk: { LOW: 'NONE', MEDIUM: 'AGENT', HIGH: 'BRANCH_MANAGER' },
      presentableUpTo: 'AGENT',
      controlGroupPpm: 100_000,
    },
    rates: { reportingCurrency: 'EUR', ratesPpm: {} },
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
    },
    consentBasis: 'DECLARED',
    channels: ['AGENT', 'EMAIL'],
    forests: [forestEntry()],
    ...more,
  };
}

/** The body, loaded under its own digest. */
export function loadSmall(body: ReleaseBody = smallBody()): LoadedRelease {
  return loadRelease(body, digestOf(body), SMALL_FORESTS);
}
