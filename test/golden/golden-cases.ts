import type { DecisionInput } from '../../src/domain/decision.ts';
import type { LiveState } from '../../src/domain/live-state.ts';
import type { ReleaseBody } from '../../src/domain/release.ts';
import { SMALL_LIVE, SMALL_SHEET, smallInput, withoutFacts } from '../support/small-input.ts';
import { SMALL_ACTIONS, smallAction } from '../support/small-catalogue.ts';
import { smallBody } from '../support/small-release.ts';
import { A_BATCH, AN_EVENT } from '../support/triggers.ts';

const { values } = SMALL_SHEET;
const MARKETING = SMALL_LIVE.consents ?? [];

const contact = (actionId: string, presentedOn: string, more = {}) => ({
  actionId,
  channel: 'AGENT' as const,
  presentedOn,
  ...more,
});

const objection: NonNullable<LiveState['consents']>[number] = {
  purpose: 'PROFILING',
  channel: 'ANY',
  state: 'OBJECTED',
  effectiveAt: '2026-10-01T08:00:00.000Z',
};

/** The small release, with an action that is always worth too little, and one by the balance. */
export function goldenBody(): ReleaseBody {
  const reminder = smallAction('reminder', {
    purpose: 'SERVICE',
    legalBasis: 'CONTRACT',
    value: { kind: 'SERVICE', valueMinor: 100, owner: 'service' },
  });
  const deposit = smallAction('deposit', {
    terms: {
      amount: { fact: 'balance', floorMinor: 1, ceilingMinor: 900_000, stepMinor: 1 },
      rate: { side: 'DEPOSIT', basePpm: 21_000, floorPpm: 10_000, ceilingPpm: 24_000 },
    },
  });
  return smallBody({ actions: [...SMALL_ACTIONS, reminder, deposit] });
}

type Cases = { readonly [name: string]: DecisionInput };

/** What golden capsules are decided on: one of each thing that can happen to a customer. */
const CASES: Cases = {
  'all-stand': smallInput({ first: 5 }),
  'two-of-five-with-context': smallInput({ first: 2, context: { 'context.intent': 'BORROW' } }),
  'control-group': smallInput({ arm: 'CONTROL' }),
  deceased: smallInput({ holds: [{ kind: 'DECEASED', startsOn: '2026-02-01' }] }),
  collections: smallInput({ holds: [{ kind: 'COLLECTIONS', startsOn: '2026-02-01' }] }),
  'no-consent': smallInput({ consents: [] }),
  'objection-to-profiling': smallInput({ consents: [...MARKETING, objection] }),
  'young-and-past-due': smallInput(
    {},
    { values: { ...values, age: 19, daysPastDue: 9 }, notApplicable: [] },
  ),
  'low-score': smallInput(
    {},
    { values: { ...values, age: 59, job: 'farmer', balance: -50_000, mobile: false } },
  ),
  'full-month': smallInput({
    contacts: ['2026-11-02', '2026-11-09', '2026-11-16'].map((day) => contact('gone', day)),
  }),
  'declined-insurance': smallInput({
    contacts: [contact('insurance', '2026-11-01', { response: 'DECLINED' })],
  }),
  'nothing-known': smallInput(
    { holds: [], contacts: null, complainedOn: null },
    withoutFacts(SMALL_SHEET, [...Object.keys(values), 'daysPastDue']),
  ),
  'no-source-answers': smallInput({
    consents: null,
    holds: null,
    contacts: null,
    complainedOn: null,
  }),
  'half-blind-forest': smallInput({}, withoutFacts(SMALL_SHEET, ['job', 'balance'])),
  'email-batch': smallInput({
    channel: 'EMAIL',
    placement: 'newsletter',
    trigger: A_BATCH,
  }),
};

/** Cases that came with engine 2: what the viewer's authority covers, and what it does not. */
const CASES_SINCE_2: Cases = {
  'may-present-all': smallInput({ first: 5, authority: { upTo: 'CREDIT_COMMITTEE' } }),
  'may-present-little': smallInput({
    first: 5,
    authority: {
      upTo: 'CREDIT_COMMITTEE',
      mostAmountMinor: 1_000_000,
      mostRateDiscountPpm: 3_000,
      mostFeeDiscountPpm: 400_000,
      mostProductRisk: 'LOW',
    },
  }),
  'may-present-no-unknown-amount': smallInput(
    { first: 5, authority: { upTo: 'CREDIT_COMMITTEE', mostAmountMinor: 9_000_000 } },
    withoutFacts(SMALL_SHEET, ['balance']),
  ),
  'says-nothing-of-authority': withoutAuthority(smallInput({ first: 5 })),
  'email-event': smallInput({ channel: 'EMAIL', placement: 'newsletter', trigger: AN_EVENT }),
};

/** By the version since which engines are held to them. */
export const GOLDEN_CASES: { readonly [since: number]: Cases } = { 1: CASES, 2: CASES_SINCE_2 };

function withoutAuthority(input: DecisionInput): DecisionInput {
  const { authority: _, ...live } = input.live;
  return { ...input, live };
}
