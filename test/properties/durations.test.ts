import { describe, expect, test } from '@jest/globals';
import { trainingInstants } from '../../src/app/learning/training/training-instants.ts';
import { addDays, type BusinessDate, daysBetween } from '../../src/domain/business-date.ts';
import { type Duration, fixedDays, mostDays } from '../../src/domain/duration.ts';
import type { FactDeclaration } from '../../src/domain/fact.ts';
import { DEFAULT_FOREST_SPEC } from '../../src/domain/forest.ts';
import type { LiveState } from '../../src/domain/live-state.ts';
import type { ContactPolicy } from '../../src/domain/release.ts';
import type { ForestDeclaration } from '../../src/domain/rule-set.ts';
import { decide } from '../../src/engine/decide.ts';
import { freshUntil } from '../../src/engine/point-in-time/freshness.ts';
import { knownAt } from '../../src/engine/point-in-time/known-at.ts';
import { readFactValue } from '../../src/engine/rules/read-fact-value.ts';
import { readRule } from '../../src/engine/rules/read-rule.ts';
import { arrangement, historyOf, LONG_AGO } from '../support/customer-history.ts';
import { SMALL_ACTIONS } from '../support/small-catalogue.ts';
import { smallInput } from '../support/small-input.ts';
import { loadSmall, smallBody } from '../support/small-release.ts';

/** From a day, so long: until which day, written out by hand from the calendar. */
const LENGTHS: readonly (readonly [Duration, BusinessDate, BusinessDate])[] = [
  ['P30D', '2026-01-31', '2026-03-02'],
  ['P2W', '2026-02-20', '2026-03-06'],
  ['P1M', '2026-01-31', '2026-02-28'],
  ['P1M', '2024-01-31', '2024-02-29'],
  ['P1M', '2026-02-28', '2026-03-28'],
  ['P3M', '2026-03-15', '2026-06-15'],
  ['P3M', '2025-11-30', '2026-02-28'],
  ['P6M', '2025-08-31', '2026-02-28'],
  ['P1Y', '2024-02-29', '2025-02-28'],
  ['P1Y', '2025-03-15', '2026-03-15'],
];
const LOAN = 'loan';

/** Each that reads a duration: whether something of a day still counts on another. */
const USERS: readonly (readonly [
  name: string,
  counts: (duration: Duration, from: BusinessDate, on: BusinessDate) => boolean,
  lastDay: 'THE_DAY' | 'THE_DAY_BEFORE',
])[] = [
  [
    'a consent is fresh',
    (consentFreshFor, from, on) =>
      reasonOf(on, { consents: [consentOf(from)] }, { consentFreshFor }) !== 'CONSENT_STALE',
    'THE_DAY',
  ],
  [
    'a decline rests',
    (restAfterDecline, from, on) => {
      const contacts = [{ ...shown(from), response: 'DECLINED', respondedOn: from } as const];
      return reasonOf(on, { contacts }, { restAfterDecline }) === 'RESTING_AFTER_DECLINE';
    },
    'THE_DAY_BEFORE',
  ],
  [
    'a complaint rests',
    (restAfterComplaint, from, on) =>
      reasonOf(on, { complainedOn: [from] }, { restAfterComplaint }) ===
      'RESTING_AFTER_COMPLAINT',
    'THE_DAY_BEFORE',
  ],
  [
    'what a source knew is young enough',
    (limit, from, on) => {
      const asOf = `${from}T12:00:00.000Z`;
      return (
        `${on}T12:00:00.000Z` <=
        freshUntil({ asOf }, 'profile', { ...AGE_LIMITS, profile: limit })
      );
    },
    'THE_DAY',
  ],
  [
    'an offer stands',
    (expiresAfter, from, on) => on <= (expiryOf(expiresAfter, from) ?? ''),
    'THE_DAY',
  ],
  [
    'an acceptance is of the target',
    (window, from, on) => {
      const forest = forestOf({ acceptedActions: [LOAN], window });
      return labelsOf(forest, from, on).includes(1);
    },
    'THE_DAY',
  ],
];

describe('a duration', () => {
  test.each(USERS)('has the calendar’s length where %s', (_, counts, lastDay) => {
    const found = LENGTHS.map(([duration, from, until]) => {
      const last = lastDay === 'THE_DAY' ? until : addDays(until, -1);
      return [counts(duration, from, last), counts(duration, from, addDays(last, 1))];
    });
    expect(found).toEqual(LENGTHS.map(() => [true, false]));
  });

  test.each([
    ['P30D', '2026-03-02', '2026-02-01'],
    ['P1M', '2026-03-31', '2026-03-01'],
    ['P1M', '2026-03-15', '2026-02-16'],
    ['P3M', '2026-05-31', '2026-03-01'],
    ['P1Y', '2025-02-28', '2024-02-29'],
  ] as const)('of %s as a cap’s window that ends on %s begins on %s', (window, today, first) => {
    const cap = { ...CAP, window, most: 1 };
    const isCapped = (presentedOn: BusinessDate) =>
      reasonOf(today, { contacts: [shown(presentedOn)] }, { caps: [cap] }) === 'CAPPED';
    expect([isCapped(addDays(first, -1)), isCapped(first)]).toEqual([false, true]);
  });

  test.each(['P3M', 'P1Y', 'P0M'])('of %s compares no days, in rules and cases', (value) => {
    expect(problemsOf(value)).toEqual(['/conditions/all/0/value']);
    expect(problemsOf([value])).toEqual(['/conditions/all/0/value/0']);
    expect(readFactValue(DAYS, value, 'EUR').ok).toBe(false);
  });

  test.each([
    ['P90D', 90],
    ['P2W', 14],
  ])('of %s compares %i days', (value, days) => {
    expect(problemsOf(value)).toEqual([]);
    expect(readFactValue(DAYS, value, 'EUR')).toEqual({ ok: true, value: days });
  });

  test.each([
    ['P30D', 30, 30],
    ['P2W', 14, 14],
    ['P1M', undefined, 31],
    ['P13M', undefined, 397],
    ['P1Y', undefined, 366],
  ])('of %s is always %j days, and at most %i', (duration, always, most) => {
    expect([fixedDays(duration), mostDays(duration)]).toEqual([always, most]);
  });
});

const { ageLimits: AGE_LIMITS } = smallBody();

const CAP: ContactPolicy['caps'][number] = {
  id: 'cap',
  reason: { code: 'CAPPED', text: 'enough' },
  per: 'OVERALL',
  most: 0,
  window: 'P1D',
  purposes: ['MARKETING'],
};

const DAYS: FactDeclaration = {
  name: 'loan.daysPastDue',
  type: 'integer',
  unit: 'days',
  description: 'made for tests',
  origin: 'SHEET',
  sources: ['arrangements'],
  permittedUses: ['eligibility'],
};

/** Where the marketing of a loan is withheld on a day, and why, under another contact policy. */
function reasonOf(
  businessDate: BusinessDate,
  live: Partial<LiveState>,
  policy: Partial<ContactPolicy>,
): string | undefined {
  const contactPolicy: ContactPolicy = {
    caps: [],
    restAfterDecline: 'P1D',
    restAfterComplaint: 'P1D',
    consentFreshFor: 'P9Y',
    ...policy,
  };
  const input = smallInput({ businessDate, consents: [consentOf('2020-01-01')], ...live });
  return candidateOf(input, { contactPolicy })?.withheld?.reasonCode;
}

function expiryOf(expiresAfter: Duration, on: BusinessDate): BusinessDate | undefined {
  const actions = SMALL_ACTIONS.map((action) => ({ ...action, expiresAfter }));
  const input = smallInput({ businessDate: on, consents: [consentOf(on)] });
  return candidateOf(input, { actions })?.expiresOn;
}

function candidateOf(
  input: ReturnType<typeof smallInput>,
  more: Parameters<typeof smallBody>[0],
) {
  const { candidates } = decide(input, loadSmall(smallBody(more)));
  return candidates.find(({ actionId }) => actionId === LOAN);
}

function consentOf(from: BusinessDate) {
  const effectiveAt = `${from}T08:00:00.000Z`;
  return { purpose: 'MARKETING', channel: 'ANY', state: 'GIVEN', effectiveAt } as const;
}

function shown(presentedOn: BusinessDate) {
  return { actionId: LOAN, channel: 'AGENT', presentedOn } as const;
}

function forestOf(target: Omit<ForestDeclaration['target'], 'label'>): ForestDeclaration {
  return {
    id: 'loan-forest',
    predictsFor: { scope: 'ACTION', id: LOAN },
    target: { label: 'takes a loan', ...target },
    features: [],
    spec: DEFAULT_FOREST_SPEC,
    permittedUses: [],
    owner: 'tests',
  };
}

/** The labels of one contact of a day that is answered on another, known long after. */
function labelsOf(
  forest: ForestDeclaration,
  from: BusinessDate,
  on: BusinessDate,
): readonly number[] {
  const contactId = 'k1';
  const rows = {
    arrangement: [arrangement('a1', 'CURRENT_ACCOUNT')],
    contact: [
      {
        contactId,
        partyId: 'c1',
        actionId: LOAN,
        channel: 'AGENT' as const,
        presentedAt: `${from}T09:00:00.000Z`,
        recordedAt: LONG_AGO,
      },
    ],
    response: [
      {
        responseId: 'r1',
        contactId,
        kind: 'ACCEPTED' as const,
        respondedAt: `${on}T09:00:00.000Z`,
        recordedAt: LONG_AGO,
      },
    ],
  };
  const history = historyOf(rows);
  const viewOn = (date: BusinessDate) =>
    knownAt(history, { businessDate: date, knownAt: `${date}T23:59:59.999Z` });
  const instants = trainingInstants(viewOn, forest, addDays(on, 500));
  expect(daysBetween(from, on)).toBeGreaterThan(0);
  return instants.map(({ label }) => label);
}

function problemsOf(value: unknown): readonly string[] {
  const isList = Array.isArray(value);
  const operator = isList ? 'in' : 'lessThan';
  const rule = {
    id: 'late',
    kind: 'eligibility',
    appliesTo: { group: 'lend' },
    reason: { code: 'LATE', text: 'is late' },
    conditions: { all: [{ fact: DAYS.name, operator, value }] },
    owner: 'risk',
  };
  const context = { facts: [DAYS], reportingCurrency: 'EUR', namedConditions: {} };
  return readRule(rule, context).problems.map(({ at }) => at);
}
