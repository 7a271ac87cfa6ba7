import type { LoadedRelease } from '../../src/domain/deciding.ts';
import { ENGINE_VERSION } from '../../src/domain/decision.ts';
import { digestBytes, digestOf } from '../../src/domain/digest.ts';
import type { ReleaseBody } from '../../src/domain/release.ts';
import type { RuleDocument } from '../../src/domain/rule.ts';
import { loadRelease } from '../../src/engine/load-release.ts';
import { encodeForest } from '../../src/engine/propensity/stored/forest-bytes.ts';
import { calibrate } from '../../src/laboratory/judging/calibrate.ts';
import { SMALL_ACTIONS, SMALL_FACTS } from './small-catalogue.ts';
import { makeTable, trainSmall } from './training-table.ts';

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
    conditions: { all: [{ fact: 'contact.thisActionOpen', operator: 'equal', value: true }] },
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
        { fact: 'terms.amount', operator: 'greaterThan', value: '10000.00 EUR' },
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
    engineVersion: ENGINE_VERSION,
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
      phases: (more.actions ?? SMALL_ACTIONS).map(({ id }) =>
        id === 'insurance'
          ? { action: id, phase: 'PILOT', approval: 'TEAM_LEADER' }
          : { action: id, phase: 'FULL', approval: 'NONE' },
      ),
      approvalByAmount: [{ fromMinor: 2_000_000, level: 'TEAM_LEADER' }],
      approvalByDiscountPpm: [{ fromPpm: 6_000, level: 'TEAM_LEADER' }],
      approvalByFeeDiscountPpm: [{ fromPpm: 700_000, level: 'BRANCH_MANAGER' }],
      approvalByRisk: { LOW: 'NONE', MEDIUM: 'AGENT', HIGH: 'BRANCH_MANAGER' },
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
