import type { ActionDeclaration } from '../../src/domain/action.ts';
import type { FactDeclaration } from '../../src/domain/fact.ts';
import { FACT_USES } from '../../src/domain/fact.ts';

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
  live('contact.openCount', 'integer', { unit: 'count' }),
  live('live.channel', 'code', { values: ['AGENT', 'EMAIL'] }),
  live('hold.collections', 'boolean'),
  live('contact.thisActionOpen', 'boolean', { perCandidate: true }),
  live('decline.daysSinceThisAction', 'integer', {
    unit: 'days',
    whenNone: 9999,
    perCandidate: true,
  }),
  live('contact.thisGroup30dCount', 'integer', { unit: 'count', perCandidate: true }),
  computed('propensityPpm', 'ratio', { unit: 'ppm' }),
  computed('terms.amount', 'money', { unit: 'minor', whenNone: 0 }),
  computed('terms.rateDiscountPpm', 'ratio', { unit: 'ppm', whenNone: 0 }),
  computed('terms.feeDiscountPpm', 'ratio', { unit: 'ppm', whenNone: 0 }),
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
