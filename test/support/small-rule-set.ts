import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PART_NAMES } from '../../src/domain/customer360.ts';

/** An eligibility rule that is right. */
export const SMALL_RULE = {
  $schema: '../../rule.schema.json',
  id: 'minimum-age',
  kind: 'eligibility',
  appliesTo: { group: 'lending' },
  reason: { code: 'TOO_YOUNG', text: 'The customer is under age.' },
  conditions: { all: [{ condition: 'adult' }] },
  owner: 'lending team',
};

const PRICE = {
  id: 'loyal-rate',
  kind: 'pricing',
  appliesTo: { action: 'personal-loan' },
  reason: { code: 'LOYAL', text: 'The customer has been with the bank for years.' },
  conditions: { all: [{ fact: 'propensityPpm', operator: 'lessThan', value: '5 %' }] },
  effect: { rateDiscount: '0.25 %' },
  owner: 'pricing team',
};

/** The one action of the small rule set. */
export const SMALL_LOAN = {
  id: 'personal-loan',
  issue: 'grow',
  group: 'lending',
  name: 'Personal loan',
  description: 'Money for any purpose.',
  purpose: 'MARKETING',
  legalBasis: 'CONSENT',
  product: 'loan_personal',
  productRisk: 'MEDIUM',
  validFrom: '2026-01-01',
  treatments: [
    {
      id: 'personal-loan.agent',
      channel: 'AGENT',
      direction: 'INBOUND',
      placements: [],
      text: { en: 'A loan' },
    },
  ],
  propensity: { kind: 'FOREST', forest: 'loan', prior: '2.5 %', owner: 'data team' },
  terms: {
    amount: {
      fact: 'cashflow.incomeMonthly',
      factor: '600 %',
      floor: '1000.00 EUR',
      ceiling: '30000.00 EUR',
      step: '100.00 EUR',
    },
    rate: { side: 'LEND', base: '5.90 %', floor: '4.90 %', ceiling: '7.90 %' },
    termMonths: 48,
  },
  value: {
    kind: 'MARGIN',
    horizonMonths: 48,
    fundsRate: '2.50 %',
    averageBalance: '50 %',
    otherYearly: '0.00 EUR',
    cost: '50.00 EUR',
  },
  expiresAfter: 'P30D',
  owner: 'lending team',
};

/** A rule set of one action, two rules and a forest: file by file, as analysts write them. */
export const SMALL_RULE_SET: { readonly [file: string]: { readonly [name: string]: unknown } } = {
  'ruleset.json': {
    name: 'small',
    semver: '1.0.0',
    owner: 'tests',
    consentBasis: 'DECLARED',
    channels: ['AGENT', 'EMAIL'],
    languages: { working: 'en', default: 'de' },
    reportingCurrency: 'EUR',
  },
  'conditions.json': {
    conditions: {
      adult: {
        all: [{ fact: 'customer.ageYears', operator: 'greaterThanInclusive', value: 18 }],
      },
    },
  },
  'actions/lending.json': { actions: [SMALL_LOAN] },
  'contact-policy.json': {
    caps: [
      {
        id: 'three-a-month',
        reason: { code: 'TOO_MANY', text: 'Enough for this month.' },
        per: 'OVERALL',
        most: 3,
        window: 'CALENDAR_MONTH',
        purposes: ['MARKETING'],
      },
    ],
    restAfterDecline: 'P90D',
    restAfterComplaint: 'P30D',
    consentFreshFor: 'P2Y',
  },
  'arbitration.json': {
    levers: [{ scope: { group: 'lending' }, lever: '120 %', owner: 'sales' }],
    contextWeights: [
      {
        id: 'asked',
        appliesTo: {},
        conditions: { all: [{ fact: 'holdings.count', operator: 'greaterThan', value: 2 }] },
        weight: '150 %',
        owner: 'sales',
      },
    ],
    leastExpectedValue: '0.50 EUR',
  },
  'rollout.json': {
    phases: [{ action: 'personal-loan', phase: 'PILOT', approval: 'TEAM_LEADER' }],
    approvalByAmount: [{ from: '20000.00 EUR', level: 'BRANCH_MANAGER' }],
    approvalByDiscount: [{ from: '1.00 %', level: 'TEAM_LEADER' }],
    approvalByFeeDiscount: [{ from: '50 %', level: 'BRANCH_MANAGER' }],
    approvalByRisk: { LOW: 'NONE', MEDIUM: 'AGENT', HIGH: 'CREDIT_COMMITTEE' },
    controlGroup: '5 %',
  },
  'rates.json': { reportingCurrency: 'EUR', rates: { USD: '0.92', CZK: '0.040125' } },
  'age-limits.json': Object.fromEntries(PART_NAMES.map((part) => [part, 'P7D'])),
  'forests.json': {
    forests: [
      {
        id: 'loan',
        predictsFor: { scope: 'GROUP', id: 'lending' },
        target: { label: 'takes a loan', productKinds: ['LOAN'], window: 'P90D' },
        features: ['customer.tenureMonths', 'deposits.total'],
        spec: { trees: 50, featureShare: '20 %' },
        permittedUses: ['arbitration', 'pricing'],
        owner: 'data team',
      },
    ],
  },
  'rules/minimum-age.json': SMALL_RULE,
  'rules/minimum-age.cases.json': {
    cases: [
      { name: 'of age', facts: { 'customer.ageYears': 18 }, expect: 'TRUE' },
      { name: 'under age', facts: { 'customer.ageYears': 17 }, expect: 'FALSE' },
      { name: 'nobody knows', facts: { 'customer.ageYears': null }, expect: 'UNKNOWN' },
    ],
  },
  'rules/loyal-rate.json': PRICE,
  'rules/loyal-rate.cases.json': {
    cases: [
      { name: 'unlikely', facts: { propensityPpm: '4.9999 %' }, expect: 'TRUE' },
      { name: 'likely', facts: { propensityPpm: '5 %' }, expect: 'FALSE' },
    ],
  },
};

/** Lays a rule set out in a folder, beside a copy of the repository's feature catalogue. */
export function writeRuleSet(folder: string, files: typeof SMALL_RULE_SET): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [file, content] of Object.entries(files)) writeRuleFile(join(folder, file), content);
  const catalogue = join(import.meta.dirname, '../../rules/facts.json');
  cpSync(catalogue, join(folder, '../facts.json'));
}

/** Writes one file: text as it is, anything else as JSON. */
export function writeRuleFile(path: string, content: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
}
