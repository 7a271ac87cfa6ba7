import { describe, expect, test } from '@jest/globals';
import { historyOf, LINEAGE, person, type Rows } from '../../../test/support/customer-history.ts';
import type { BankRecords } from '../../domain/bank-record.ts';
import { PART_NAMES, type PartFailure } from '../../domain/customer360.ts';
import { END_OF_TIME } from '../../domain/instant.ts';
import type { CustomerLiveState } from '../../domain/live-state.ts';
import type { AgeLimits } from '../../domain/release.ts';
import { type LivePoint, languageOf, liveStateOf } from './live-state-of.ts';

const EARLY = '2026-01-10T08:00:00.000Z';
const KNOWN = '2026-11-20T08:00:00.000Z';
const LATE = '2026-11-25T00:00:00.000Z';
const AGE_LIMITS = Object.fromEntries(PART_NAMES.map((name) => [name, 'P30D'])) as AgeLimits;
const PAST: LivePoint = {
  businessDate: '2026-11-24',
  knownAt: '2026-11-24T23:59:59.999Z',
  bankNow: '2026-11-24T23:59:59.999Z',
  ageLimits: AGE_LIMITS,
  neverHandedOver: 'UNKNOWN',
};
const PRESENT: LivePoint = { ...PAST, knownAt: END_OF_TIME };
const FRESH = { ...LINEAGE, asOf: '2026-11-24T09:00:00.000Z' };

const stateOf = (rows: Rows, at: LivePoint = PAST) => liveStateOf(historyOf(rows, FRESH), at);
const consent = (more: Partial<BankRecords['consent']> = {}): BankRecords['consent'] => ({
  partyId: 'c1',
  purpose: 'MARKETING',
  channel: 'ANY',
  state: 'GIVEN',
  effectiveAt: EARLY,
  recordedAt: EARLY,
  ...more,
});
const hold = (more: Partial<BankRecords['hold']> = {}): BankRecords['hold'] => ({
  holdId: 'h1',
  partyId: 'c1',
  kind: 'VULNERABLE',
  startsOn: '2026-01-01',
  recordedAt: EARLY,
  ...more,
});
const contact = (more: Partial<BankRecords['contact']> = {}): BankRecords['contact'] => ({
  contactId: 'k1',
  partyId: 'c1',
  actionId: 'loan',
  channel: 'EMAIL',
  presentedAt: '2026-11-01T10:00:00.000Z',
  recordedAt: '2026-11-01T10:00:00.000Z',
  ...more,
});
const answer = (more: Partial<BankRecords['response']> = {}): BankRecords['response'] => ({
  responseId: 'r1',
  contactId: 'k1',
  kind: 'DECLINED',
  respondedAt: '2026-11-02T10:00:00.000Z',
  recordedAt: '2026-11-02T10:00:00.000Z',
  ...more,
});

describe('what is known counts, though its own day is yet to come', () => {
  const rows: Rows = {
    consent: [consent(), consent({ state: 'WITHDRAWN', effectiveAt: LATE, recordedAt: KNOWN })],
    hold: [hold({ kind: 'COLLECTIONS', startsOn: '2026-12-01', recordedAt: KNOWN })],
  };

  test.each([
    ['as of 24 November', PAST],
    ['on 24 November', PRESENT],
  ])('%s a hold from 1 December and a withdrawal from 25 November', (_name, at) => {
    const { consents, holds } = stateOf(rows, at);
    expect(consents?.map(({ state, effectiveAt }) => [state, effectiveAt])).toEqual([
      ['GIVEN', EARLY],
      ['WITHDRAWN', LATE],
    ]);
    expect(holds).toEqual([{ kind: 'COLLECTIONS', startsOn: '2026-12-01' }]);
  });

  test('but not what was recorded after the day looked back to', () => {
    const later = {
      consent: [
        ...(rows.consent ?? []),
        consent({ state: 'OBJECTED', effectiveAt: KNOWN, recordedAt: LATE }),
      ],
      hold: [...(rows.hold ?? []), hold({ recordedAt: LATE })],
      contact: [contact({ recordedAt: LATE })],
      response: [answer({ recordedAt: LATE })],
    };
    expect(stateOf(later)).toEqual(stateOf(rows));
    expect(stateOf(later, PRESENT)).not.toEqual(stateOf(rows, PRESENT));
  });

  test('contacts, answers and complaints that the business date has not reached', () => {
    const tomorrow = '2026-11-25T10:00:00.000Z';
    const { contacts, complainedOn } = stateOf({
      contact: [contact({ presentedAt: tomorrow, recordedAt: KNOWN })],
      response: [answer({ kind: 'COMPLAINED', respondedAt: tomorrow, recordedAt: KNOWN })],
    });
    expect(contacts).toMatchObject([{ presentedOn: '2026-11-25', respondedOn: '2026-11-25' }]);
    expect(complainedOn).toEqual(['2026-11-25']);
  });
});

describe('of versions the last one known counts', () => {
  test.each<[string, Rows, Partial<CustomerLiveState>]>([
    [
      'a consent that was corrected',
      { consent: [consent(), consent({ state: 'OBJECTED', recordedAt: KNOWN })] },
      {
        consents: [
          { purpose: 'MARKETING', channel: 'ANY', state: 'OBJECTED', effectiveAt: EARLY },
        ],
      },
    ],
    [
      'a consent that a later one replaced',
      {
        consent: [
          consent({ effectiveAt: '2025-01-01T00:00:00.000Z', state: 'WITHDRAWN' }),
          consent(),
        ],
      },
      {
        consents: [{ purpose: 'MARKETING', channel: 'ANY', state: 'GIVEN', effectiveAt: EARLY }],
      },
    ],
    [
      'a hold that has ended',
      { hold: [hold(), hold({ endsOn: '2026-11-23', recordedAt: KNOWN })] },
      { holds: [] },
    ],
    [
      'a hold on its last day',
      { hold: [hold({ endsOn: '2026-11-24' })] },
      { holds: [{ kind: 'VULNERABLE', startsOn: '2026-01-01', endsOn: '2026-11-24' }] },
    ],
    [
      'a hold that was given to somebody else',
      { hold: [hold(), hold({ partyId: 'c2', recordedAt: KNOWN })] },
      { holds: [] },
    ],
    [
      'a contact that was given to somebody else, with its answer',
      {
        contact: [contact(), contact({ partyId: 'c2', recordedAt: KNOWN })],
        response: [answer({ kind: 'COMPLAINED' })],
      },
      { contacts: [], complainedOn: [] },
    ],
    [
      'an answer that was one to another contact',
      {
        contact: [contact(), contact({ contactId: 'k2', actionId: 'card' })],
        response: [answer(), answer({ contactId: 'k2', recordedAt: KNOWN })],
      },
      {
        contacts: [
          { actionId: 'loan', channel: 'EMAIL', presentedOn: '2026-11-01' },
          {
            actionId: 'card',
            channel: 'EMAIL',
            presentedOn: '2026-11-01',
            response: 'DECLINED',
            respondedOn: '2026-11-02',
          },
        ],
      },
    ],
    [
      'a complaint of 401 days ago, and one of 400',
      {
        interaction: [
          '2025-10-19T23:59:59.999Z',
          '2025-10-20T00:00:00.000Z',
          '2025-10-20T12:00:00.000Z',
        ].map((occurredAt, i) => ({
          interactionId: `i${i}`,
          partyId: 'c1',
          channel: 'PHONE',
          intent: 'COMPLAINT',
          occurredAt,
          recordedAt: EARLY,
        })),
      },
      { complainedOn: ['2025-10-20'] },
    ],
    [
      'a complaint within sight about a contact out of sight',
      {
        contact: [contact({ presentedAt: '2025-01-01T00:00:00.000Z' })],
        response: [answer({ kind: 'COMPLAINED' })],
      },
      { contacts: [], complainedOn: ['2026-11-02'] },
    ],
  ])('%s', (_name, rows, expected) => {
    expect(stateOf(rows)).toMatchObject(expected);
    expect(stateOf(rows, PRESENT)).toMatchObject(expected);
  });

  test('the language too, which no age limit makes unknown', () => {
    const old = { ...LINEAGE, asOf: EARLY };
    const rows = {
      party: [
        person({ language: 'en' }),
        person({ language: 'cs', recordedAt: KNOWN }),
        person({ language: 'de', recordedAt: LATE }),
        person({ language: 'fr', partyId: 'c2', recordedAt: KNOWN }),
      ],
    };
    expect(languageOf(historyOf(rows, old), PAST)).toBe('cs');
    expect(languageOf(historyOf(rows, old), PRESENT)).toBe('de');
    expect(languageOf(historyOf({ party: [] }), PRESENT)).toBeNull();
  });
});

describe('a list whose source cannot be relied on is unknown, and says why', () => {
  const rows: Rows = { consent: [consent()], hold: [hold()], contact: [contact()] };
  const unknown = (reason: PartFailure) => ({
    consents: null,
    holds: null,
    contacts: null,
    complainedOn: null,
    failures: { consents: reason, holds: reason, campaigns: reason, interactions: reason },
  });

  test('too old a world is STALE, by banking time', () => {
    const lineage = { ...LINEAGE, asOf: '2026-10-25T12:00:00.000Z' };
    const history = historyOf(rows, lineage);
    const [young, old] = ['2026-11-24T12:00:00.000Z', '2026-11-24T12:00:00.001Z'];
    expect(liveStateOf(history, { ...PRESENT, bankNow: young })).not.toHaveProperty('failures');
    expect(liveStateOf(history, { ...PRESENT, bankNow: old })).toEqual(unknown('STALE'));
  });

  test('what was never handed over is NOT_COVERED, and empty for an evaluation', () => {
    const missing = { state: 'FAILED', reason: 'NOT_COVERED' } as const;
    const history = historyOf(rows, FRESH);
    const parts = { consents: missing, holds: missing, campaigns: missing };
    const none = { ...history, ...parts, interactions: missing };
    expect(liveStateOf(none, PRESENT)).toEqual(unknown('NOT_COVERED'));
    expect(liveStateOf(none, { ...PRESENT, neverHandedOver: 'EMPTY' })).toEqual({
      consents: [],
      holds: [],
      contacts: [],
      complainedOn: [],
    });
  });

  test('a part that lost a record is unknown from then on, for an evaluation too', () => {
    const spoilt = historyOf(rows, { ...FRESH, spoiltSince: LATE });
    for (const neverHandedOver of ['UNKNOWN', 'EMPTY'] as const) {
      expect(liveStateOf(spoilt, { ...PRESENT, neverHandedOver })).toEqual(
        unknown('NOT_COVERED'),
      );
      expect(liveStateOf(spoilt, { ...PAST, neverHandedOver })).not.toHaveProperty('failures');
    }
  });

  test('so is what was handed over only after the day looked back to', () => {
    const history = historyOf(rows, { ...FRESH, deliveredAt: LATE });
    expect(liveStateOf(history, PAST)).toEqual(unknown('NOT_COVERED'));
    expect(liveStateOf(history, PRESENT)).toEqual(stateOf(rows));
    expect(liveStateOf(history, { ...PAST, neverHandedOver: 'EMPTY' })).toMatchObject({
      consents: [],
      holds: [],
    });
  });

  test('a source that does not answer costs its own list alone', () => {
    const history = historyOf(rows, FRESH);
    const silent = { state: 'FAILED', reason: 'SOURCE_DOWN' } as const;
    const state = liveStateOf({ ...history, holds: silent }, PRESENT);
    expect(state).toEqual({
      ...stateOf(rows),
      holds: null,
      failures: { holds: 'SOURCE_DOWN' },
    });
  });
});
