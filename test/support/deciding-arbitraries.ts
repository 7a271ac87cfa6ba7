import fc from 'fast-check';
import { PRODUCT_RISKS } from '../../src/domain/action.ts';
import type { Authority } from '../../src/domain/authority.ts';
import { addDays } from '../../src/domain/business-date.ts';
import type { DecisionInput } from '../../src/domain/decision.ts';
import type { FactSheet, FactValue } from '../../src/domain/fact.ts';
import type { LiveState } from '../../src/domain/live-state.ts';
import { APPROVAL_LEVELS, type Condition, type RuleDocument } from '../../src/domain/rule.ts';
import type { Trigger } from '../../src/domain/trigger.ts';
import { SMALL_ACTIONS } from './small-catalogue.ts';
import { SMALL_LIVE, smallInput, TODAY } from './small-input.ts';
import { A_BATCH, AN_EVENT } from './triggers.ts';

const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays(TODAY, -days));
const instant = fc
  .integer({ min: 0, max: 900 })
  .map((d) => `${addDays(TODAY, -d)}T08:00:00.000Z`);
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 8 });

/** The sheet's facts with values round the thresholds that the small rules name. */
const VALUES: { readonly [name: string]: fc.Arbitrary<FactValue> } = {
  age: fc.integer({ min: 16, max: 80 }),
  job: fc.constantFrom('clerk', 'farmer', 'nurse', 'retired'),
  balance: fc.integer({ min: -200_000, max: 300_000 }),
  mobile: fc.boolean(),
  income: fc.integer({ min: 0, max: 1_200_000 }),
  daysPastDue: fc.integer({ min: 0, max: 12 }),
  tier: fc.constantFrom('BASIC', 'PLUS'),
};

/**
 * Sheets in which every fact has a value, is not applicable where it may be, or is unavailable.
 */
export const anySheet: fc.Arbitrary<FactSheet> = fc
  .record(
    Object.fromEntries(
      Object.entries(VALUES).map(([name, value]) => [
        name,
        fc.oneof({ weight: 6, arbitrary: value }, fc.constant(null), fc.constant(undefined)),
      ]),
    ),
  )
  .map((drawn) => {
    const values: Record<string, FactValue> = {};
    const notApplicable: string[] = [];
    const unavailable: Record<string, string> = {};
    for (const [name, value] of Object.entries(drawn)) {
      if (value === null && name === 'daysPastDue') notApplicable.push(name);
      else if (value === null || value === undefined) unavailable[name] = 'SOURCE_DOWN profile';
      else values[name] = value;
    }
    return { values, notApplicable, unavailable };
  });

const consent: fc.Arbitrary<NonNullable<LiveState['consents']>[number]> = fc.record(
  {
    purpose: fc.constantFrom('MARKETING', 'MARKETING', 'PROFILING'),
    channel: fc.constantFrom('ANY', 'AGENT', 'EMAIL'),
    state: fc.constantFrom('GIVEN', 'GIVEN', 'GIVEN', 'WITHDRAWN', 'OBJECTED'),
    effectiveAt: instant,
    expiresOn: fc.integer({ min: -20, max: 200 }).map((days) => addDays(TODAY, days)),
  },
  { requiredKeys: ['purpose', 'channel', 'state', 'effectiveAt'] },
);

const contact: fc.Arbitrary<NonNullable<LiveState['contacts']>[number]> = fc.record(
  {
    actionId: fc.constantFrom(...SMALL_ACTIONS.map(({ id }) => id), 'retired-action'),
    channel: fc.constantFrom('AGENT', 'EMAIL'),
    presentedOn: day,
    response: fc.constantFrom('ACCEPTED', 'DECLINED', 'COMPLAINED'),
    expiresOn: fc.integer({ min: -20, max: 40 }).map((days) => addDays(TODAY, days)),
  },
  { requiredKeys: ['actionId', 'channel', 'presentedOn'] },
);

const hold: fc.Arbitrary<NonNullable<LiveState['holds']>[number]> = fc.record(
  {
    kind: fc.constantFrom('DECEASED', 'FRAUD', 'COLLECTIONS', 'VULNERABLE'),
    startsOn: day,
    endsOn: day,
  },
  { requiredKeys: ['kind', 'startsOn'] },
);

const QUERY: Trigger = { kind: 'QUERY' };
const A_JOURNEY: Trigger = { kind: 'JOURNEY', placement: 'desk' };

/** Authorities of every level, with limits round what the small release asks for. */
export const anyAuthority: fc.Arbitrary<Authority> = fc.record(
  {
    upTo: fc.constantFrom(...APPROVAL_LEVELS),
    mostAmountMinor: fc.integer({ min: 0, max: 6_000_000 }),
    mostRateDiscountPpm: fc.integer({ min: 0, max: 8_000 }),
    mostFeeDiscountPpm: fc.integer({ min: 0, max: 800_000 }),
    mostProductRisk: fc.constantFrom(...PRODUCT_RISKS),
  },
  { requiredKeys: ['upTo'] },
);

/** Moments of every kind, most of them with consent given and few contacts. */
export const anyLive: fc.Arbitrary<LiveState> = fc
  .record({
    decisionId: fc.uuid(),
    channel: fc.constantFrom('AGENT', 'AGENT', 'EMAIL'),
    placement: fc.constantFrom(null, 'newsletter', 'desk'),
    language: fc.constantFrom('en', 'en', 'cs', 'de'),
    authority: fc.oneof(anyAuthority, fc.constant<Authority>({ upTo: 'CREDIT_COMMITTEE' })),
    trigger: fc.constantFrom<Trigger>(QUERY, QUERY, AN_EVENT, A_BATCH, A_JOURNEY),
    context: fc.constantFrom({}, { 'context.intent': 'BORROW' }),
    first: fc.integer({ min: 1, max: 5 }),
    arm: fc.constantFrom('TREATED', 'TREATED', 'CONTROL'),
    consents: orNull(
      fc
        .array(consent, { maxLength: 3 })
        .map((rows) => [...(SMALL_LIVE.consents ?? []), ...rows]),
    ),
    holds: orNull(fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(hold))),
    contacts: orNull(fc.array(contact, { maxLength: 5 })),
    complainedOn: orNull(fc.array(day, { maxLength: 1 })),
  })
  .map((live): LiveState => ({ ...SMALL_LIVE, ...live }));

export const anyInput: fc.Arbitrary<DecisionInput> = fc
  .tuple(anyLive, anySheet)
  .map(([live, sheet]) => smallInput(live, sheet));

/** Conditions over sheet facts that only ever compare a fact with a literal. */
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    fact: fc.constant('age'),
    operator: fc.constantFrom('lessThan', 'greaterThan'),
    value: fc.integer({ min: 18, max: 70 }),
  }),
  fc.record({
    fact: fc.constantFrom('income', 'balance'),
    operator: fc.constantFrom('lessThan', 'greaterThanInclusive'),
    value: fc.integer({ min: 0, max: 9000 }).map((euro) => `${euro}.00 EUR`),
  }),
  fc.record({
    fact: fc.constant('tier'),
    operator: fc.constantFrom('equal', 'notEqual'),
    value: fc.constantFrom('BASIC', 'PLUS'),
  }),
  fc.record({
    fact: fc.constant('mobile'),
    operator: fc.constant('equal' as const),
    value: fc.boolean(),
  }),
);

export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('node') }),
  ),
})).node;

const scoreCondition: fc.Arbitrary<Condition> = fc.record({
  fact: fc.constant('propensityPpm'),
  operator: fc.constantFrom('lessThan', 'greaterThan'),
  value: fc.integer({ min: 0, max: 60 }).map((percent) => `${percent} %`),
});

const scope = fc.constantFrom<RuleDocument['appliesTo']>(
  {},
  { issue: 'grow' },
  { group: 'lend' },
  { action: 'savings' },
  { treatment: 'loan-agent' },
);

const common = {
  id: fc.integer({ min: 0, max: 999 }).map((n) => `drawn-${n}`),
  appliesTo: scope,
  reason: fc.constant({ code: 'DRAWN', text: 'drawn for a test' }),
  owner: fc.constant('tests'),
};

/** A rule that can only ever take a candidate away. */
export const withholdingRule: fc.Arbitrary<RuleDocument> = fc.oneof(
  fc.record({
    ...common,
    kind: fc.constantFrom('eligibility', 'suppression'),
    conditions: anyCondition,
  }),
  fc.record({ ...common, kind: fc.constant('suppression'), conditions: scoreCondition }),
);

const effect = fc.record({
  rateDiscountPpm: fc.integer({ min: 0, max: 60_000 }),
  feeDiscountPpm: fc.integer({ min: 0, max: 1_000_000 }),
  amountFactorPpm: fc.integer({ min: 0, max: 9_000_000 }),
});

/** A rule that grants something, however much. */
export const grantingRule: fc.Arbitrary<RuleDocument> = fc.oneof(
  fc.record({ ...common, kind: fc.constant('pricing'), conditions: anyCondition, effect }),
  fc.record({
    ...common,
    kind: fc.constant('bundle'),
    conditions: anyCondition,
    effect: effect.map((granted) => ({ ...granted, with: ['loan', 'savings'] })),
  }),
);

/** Rules with ids of their own. */
export function distinct(rule: fc.Arbitrary<RuleDocument>, maxLength = 6) {
  return fc.uniqueArray(rule, { maxLength, selector: ({ id }) => id });
}
