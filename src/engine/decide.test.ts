import { describe, expect, test } from '@jest/globals';
import { SMALL_SHEET, smallInput, withoutFacts } from '../../test/support/small-input.ts';
import { loadSmall } from '../../test/support/small-release.ts';
import { A_BATCH, AN_EVENT } from '../../test/support/triggers.ts';
import type { DecisionInput } from '../domain/decision.ts';
import type { LiveState } from '../domain/live-state.ts';
import { decide } from './decide.ts';

const SMALL = loadSmall();

function why(input: DecisionInput, release = SMALL): { readonly [action: string]: string } {
  return Object.fromEntries(
    decide(input, release).candidates.map(({ actionId, outcome, withheld }) => [
      actionId,
      withheld === undefined ? outcome : `${withheld.stage} ${withheld.reasonCode}`,
    ]),
  );
}

function candidate(id: string, input: DecisionInput, release = SMALL) {
  const found = decide(input, release).candidates.find(({ actionId }) => actionId === id);
  if (found === undefined) throw new Error(`no candidate ${id}`);
  return found;
}

const hold = (kind: NonNullable<LiveState['holds']>[number]['kind'], endsOn?: string) => ({
  holds: [{ kind, startsOn: '2026-11-01', ...(endsOn === undefined ? {} : { endsOn }) }],
});

const shown = (actionId: string, presentedOn: string, more = {}) => ({
  actionId,
  channel: 'AGENT' as const,
  presentedOn,
  ...more,
});

describe('holds', () => {
  test.each<[string, Partial<LiveState>, string, string]>([
    ['deceased stops marketing', hold('DECEASED'), 'savings', 'HOLD HOLD_DECEASED'],
    ['deceased stops service', hold('DECEASED'), 'outreach', 'HOLD HOLD_DECEASED'],
    ['fraud stops what the law asks for', hold('FRAUD'), 'identity', 'HOLD HOLD_FRAUD'],
    ['collections stop marketing', hold('COLLECTIONS'), 'savings', 'HOLD HOLD_COLLECTIONS'],
    ['collections leave service', hold('COLLECTIONS'), 'outreach', 'SURFACED'],
    ['vulnerable stops marketing', hold('VULNERABLE'), 'loan', 'HOLD HOLD_VULNERABLE'],
    ['vulnerable leaves service', hold('VULNERABLE'), 'outreach', 'SURFACED'],
    ['the last day counts', hold('FRAUD', '2026-11-24'), 'loan', 'HOLD HOLD_FRAUD'],
    ['an ended hold does not', hold('FRAUD', '2026-11-23'), 'loan', 'SURFACED'],
    [
      'a hold that is known counts at once, though the business date lags',
      { holds: [{ kind: 'FRAUD', startsOn: '2026-11-25' }] },
      'loan',
      'HOLD HOLD_FRAUD',
    ],
    ['unknown holds stop everything', { holds: null }, 'identity', 'HOLD MISSING_FACT'],
  ])('%s', (_, live, action, expected) => {
    expect(why(smallInput({ ...live, first: 5 }))[action]).toBe(expected);
  });
});

describe('catalogue', () => {
  const none = 'CATALOGUE NO_TREATMENT_HERE';
  const email = { channel: 'EMAIL', placement: 'newsletter' } as const;
  test.each<[string, Partial<LiveState>, string]>([
    ['another channel', { channel: 'SMS' }, none],
    ['a question gets no outbound treatment', { ...email, trigger: { kind: 'QUERY' } }, none],
    ['an event gets one', { ...email, trigger: AN_EVENT }, 'SURFACED'],
    ['an event gets no inbound one', { trigger: AN_EVENT }, none],
    ['another slot', { channel: 'EMAIL', placement: 'x', trigger: A_BATCH }, none],
    ['a language without a text', { language: 'de' }, none],
    ['a language with one', { language: 'cs' }, 'SURFACED'],
    ['before its first day', { businessDate: '2019-12-31' }, 'CATALOGUE NOT_VALID_TODAY'],
  ])('%s', (_, live, expected) => {
    expect(why(smallInput({ ...live, first: 5 })).outreach).toBe(expected);
  });
});

describe('contact policy', () => {
  const capped = 'CONTACT_POLICY THREE_A_MONTH';
  const three = (day: string) => ['gone-1', 'gone-2', 'gone-3'].map((id) => shown(id, day));
  test.each<[string, Partial<LiveState>, string, string]>([
    ['a full month caps marketing', { contacts: three('2026-11-01') }, 'savings', capped],
    ['the month before is over', { contacts: three('2026-10-31') }, 'savings', 'SURFACED'],
    ['a cap leaves other purposes', { contacts: three('2026-11-20') }, 'outreach', 'SURFACED'],
    [
      'a group rests after one of its actions',
      { contacts: [shown('savings', '2026-11-15')] },
      'savings',
      'CONTACT_POLICY GROUP_RESTS',
    ],
    [
      'a sliding window ends',
      { contacts: [shown('savings', '2026-11-14')] },
      'savings',
      'SURFACED',
    ],
    [
      'a contact of an action that is gone rests every group, for its own is not known',
      { contacts: [shown('gone', '2026-11-15')] },
      'loan',
      'CONTACT_POLICY GROUP_RESTS',
    ],
    [
      'another group does not rest',
      { contacts: [shown('savings', '2026-11-15')] },
      'loan',
      'SURFACED',
    ],
    [
      'a declined action rests',
      {
        contacts: [
          shown('loan', '2026-09-20', { response: 'DECLINED', respondedOn: '2026-09-26' }),
        ],
      },
      'loan',
      'CONTACT_POLICY RESTING_AFTER_DECLINE',
    ],
    [
      'a rest after a decline ends',
      { contacts: [shown('loan', '2026-09-25', { response: 'DECLINED' })] },
      'loan',
      'SURFACED',
    ],
    [
      'a declined service rests too',
      { contacts: [shown('outreach', '2026-11-01', { response: 'DECLINED' })] },
      'outreach',
      'CONTACT_POLICY RESTING_AFTER_DECLINE',
    ],
    [
      'a no to a duty does not put it off',
      { contacts: [shown('identity', '2026-09-20', { response: 'DECLINED' })] },
      'identity',
      'SURFACED',
    ],
    [
      'a complaint rests all marketing',
      { complainedOn: ['2026-11-01'] },
      'insurance',
      'CONTACT_POLICY RESTING_AFTER_COMPLAINT',
    ],
    [
      'a complaint of tomorrow rests at once, for the business date may lag',
      { complainedOn: ['2026-11-25'] },
      'insurance',
      'CONTACT_POLICY RESTING_AFTER_COMPLAINT',
    ],
    [
      'a decline of tomorrow rests at once',
      { contacts: [shown('loan', '2026-11-25', { response: 'DECLINED' })] },
      'loan',
      'CONTACT_POLICY RESTING_AFTER_DECLINE',
    ],
    ['contacts of tomorrow count in a month', { contacts: three('2026-11-25') }, 'loan', capped],
    ['and in the month that begins', { contacts: three('2026-12-01') }, 'loan', capped],
    [
      'and in a sliding window',
      { contacts: [shown('savings', '2026-12-01')] },
      'savings',
      'CONTACT_POLICY GROUP_RESTS',
    ],
    ['a complaint leaves service', { complainedOn: ['2026-11-01'] }, 'outreach', 'SURFACED'],
    [
      'unknown contacts permit nothing',
      { contacts: null },
      'identity',
      'SUPPRESSION MISSING_FACT',
    ],
  ])('%s', (_, live, action, expected) => {
    expect(why(smallInput({ ...live, first: 5 }))[action]).toBe(expected);
  });
});

describe('propensity', () => {
  test('an objection to profiling takes the prior and says so', () => {
    const consents = [
      ...(smallInput().live.consents ?? []),
      {
        purpose: 'PROFILING',
        channel: 'ANY',
        state: 'OBJECTED',
        effectiveAt: '2026-10-01T08:00:00.000Z',
      } as const,
    ];
    expect(candidate('loan', smallInput({ consents })).propensity).toEqual({
      basis: 'UNSCORED_OBJECTION',
      calibratedPpm: 30_000,
      forest: 'lend',
    });
  });

  test('a forest that lacks half of its learning is not asked', () => {
    const scored = candidate('savings', smallInput({}, withoutFacts(SMALL_SHEET, ['job'])));
    expect(scored.propensity?.basis).toBe('FOREST');
    const blind = withoutFacts(SMALL_SHEET, ['job', 'balance', 'mobile']);
    expect(candidate('savings', smallInput({}, blind)).propensity).toEqual({
      basis: 'UNSCORED_MISSING',
      calibratedPpm: 80_000,
      forest: 'lend',
    });
  });

  test('what rules withhold is never scored after an objection', () => {
    const consents = [
      ...(smallInput().live.consents ?? []),
      {
        purpose: 'PROFILING',
        channel: 'ANY',
        state: 'OBJECTED',
        effectiveAt: '2026-10-01T08:00:00.000Z',
      } as const,
    ];
    const young = { values: { ...SMALL_SHEET.values, age: 18 } };
    const scored = (of: Partial<LiveState>) =>
      Array.from({ length: 400 }, (_, n) => `019ab000-0000-7000-8000-00000000${1000 + n}`).filter(
        (decisionId) => candidate('loan', smallInput({ ...of, decisionId }, young)).propensity,
      ).length;
    expect(scored({})).toBeGreaterThan(0);
    expect(scored({ consents })).toBe(0);
  });

  test('contributions and base sum to the raw score', () => {
    const { propensity } = candidate('loan', smallInput());
    const { base = 0, byFact = [], rawSum, trees = 1 } = propensity?.contributions ?? {};
    expect(byFact.reduce((sum, part) => sum + part.sum, base)).toBe(rawSum);
    expect(Math.round((rawSum ?? 0) / trees)).toBe(propensity?.rawPpm);
  });
});
