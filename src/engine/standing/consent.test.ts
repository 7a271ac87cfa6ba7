import { describe, expect, test } from '@jest/globals';
import { SMALL_LIVE } from '../../../test/support/small-input.ts';
import type { LiveConsent } from '../../domain/live-state.ts';
import { type ConsentTerms, marketingConsent, profilingOf } from './consent.ts';

const DECLARED: ConsentTerms = { basis: 'DECLARED', freshFor: 'P1Y' };
const ASSUMED: ConsentTerms = { ...DECLARED, basis: 'ASSUMED_FOR_EVALUATION' };

const row = (
  channel: LiveConsent['channel'],
  state: LiveConsent['state'],
  on = '2026-03-01',
): LiveConsent => ({ purpose: 'MARKETING', channel, state, effectiveAt: `${on}T08:00:00.000Z` });

function outcome(consents: readonly LiveConsent[] | null, terms = DECLARED): string {
  const found = marketingConsent({ ...SMALL_LIVE, consents }, terms);
  return 'basis' in found ? found.basis : found.withheld.reasonCode;
}

describe('marketing consent', () => {
  test.each<[string, readonly LiveConsent[] | null, string]>([
    ['the source did not answer', null, 'MISSING_FACT'],
    ['there is no row', [], 'NO_CONSENT'],
    ['only another channel has a row', [row('EMAIL', 'GIVEN')], 'NO_CONSENT'],
    ['it is given for any channel', [row('ANY', 'GIVEN')], 'CONSENT'],
    [
      "the channel's own refusal beats any channel's consent",
      [row('AGENT', 'WITHDRAWN', '2026-01-01'), row('ANY', 'GIVEN')],
      'CONSENT_WITHDRAWN',
    ],
    [
      "the channel's own consent beats an older objection to any",
      [row('ANY', 'OBJECTED', '2026-01-01'), row('AGENT', 'GIVEN')],
      'CONSENT',
    ],
    [
      'an objection to any beats an older consent of the channel',
      [row('AGENT', 'GIVEN', '2026-01-01'), row('ANY', 'OBJECTED')],
      'CONSENT_OBJECTED',
    ],
    [
      'a withdrawal from any beats a consent of the channel of the same instant',
      [row('AGENT', 'GIVEN'), row('ANY', 'WITHDRAWN')],
      'CONSENT_WITHDRAWN',
    ],
    [
      'a consent to any of tomorrow leaves the objection before it',
      [
        row('AGENT', 'GIVEN'),
        row('ANY', 'OBJECTED', '2026-04-01'),
        row('ANY', 'GIVEN', '2026-11-25'),
      ],
      'CONSENT_OBJECTED',
    ],
    [
      'the latest row wins, in whatever order they come',
      [row('ANY', 'WITHDRAWN', '2026-05-01'), row('ANY', 'GIVEN')],
      'CONSENT_WITHDRAWN',
    ],
    [
      'of two rows of one instant the refusal wins',
      [row('ANY', 'OBJECTED'), row('ANY', 'GIVEN')],
      'CONSENT_OBJECTED',
    ],
    [
      'a yes of tomorrow does not count yet',
      [row('ANY', 'WITHDRAWN', '2026-11-20'), row('ANY', 'GIVEN', '2026-11-25')],
      'CONSENT_WITHDRAWN',
    ],
    [
      'a no that is known counts at once, though the business date lags',
      [row('ANY', 'GIVEN'), row('ANY', 'WITHDRAWN', '2026-11-25')],
      'CONSENT_WITHDRAWN',
    ],
    [
      'it expires today',
      [{ ...row('ANY', 'GIVEN'), expiresOn: '2026-11-24' }],
      'CONSENT_EXPIRED',
    ],
    ['it expires tomorrow', [{ ...row('ANY', 'GIVEN'), expiresOn: '2026-11-25' }], 'CONSENT'],
    ['it is a year old to the day', [row('ANY', 'GIVEN', '2025-11-24')], 'CONSENT'],
    ['it is a year and a day old', [row('ANY', 'GIVEN', '2025-11-23')], 'CONSENT_STALE'],
  ])('when %s', (_, consents, expected) => {
    expect(outcome(consents)).toBe(expected);
  });

  test('an evaluation bank assumes it where there is no row, and only there', () => {
    expect(outcome([], ASSUMED)).toBe('ASSUMED_FOR_EVALUATION');
    expect(outcome([row('ANY', 'OBJECTED')], ASSUMED)).toBe('CONSENT_OBJECTED');
    expect(outcome(null, ASSUMED)).toBe('MISSING_FACT');
  });
});

describe('profilingOf', () => {
  const profile = (
    channel: LiveConsent['channel'],
    state: LiveConsent['state'],
    on?: string,
  ): LiveConsent => ({ ...row(channel, state, on), purpose: 'PROFILING' });

  test.each<[string, readonly LiveConsent[] | null, string]>([
    ['nothing was said', [], 'ALLOWED'],
    ['the source did not answer', null, 'UNKNOWN'],
    ['marketing was objected to', [row('ANY', 'OBJECTED')], 'ALLOWED'],
    ['it was objected to', [profile('ANY', 'OBJECTED')], 'OBJECTED'],
    ['it was objected to in another channel', [profile('SMS', 'OBJECTED')], 'OBJECTED'],
    [
      'the objection was taken back',
      [profile('ANY', 'OBJECTED'), profile('ANY', 'GIVEN', '2026-04-01')],
      'ALLOWED',
    ],
    [
      'an objection that is known counts at once',
      [profile('ANY', 'OBJECTED', '2026-11-25')],
      'OBJECTED',
    ],
  ])('when %s', (_, consents, expected) => {
    expect(profilingOf({ ...SMALL_LIVE, consents })).toBe(expected);
  });
});
