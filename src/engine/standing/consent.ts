import type { Channel } from '../../domain/channel.ts';
import type { Withholding } from '../../domain/decision.ts';
import { type Duration, plusDuration } from '../../domain/duration.ts';
import { dateOf } from '../../domain/instant.ts';
import type { LiveConsent, LiveState } from '../../domain/live-state.ts';
import type { CandidateReason } from '../../domain/reason-code.ts';
import type { ReleaseBody } from '../../domain/release.ts';

/** What of a release says whether a consent counts. */
export interface ConsentTerms {
  readonly basis: ReleaseBody['consentBasis'];
  readonly freshFor: Duration;
}

/** Whether marketing is consented to here, and if not, why. */
type MarketingConsent =
  | { readonly basis: 'CONSENT' | 'ASSUMED_FOR_EVALUATION' }
  | { readonly withheld: Withholding };

/** Step 2, legal basis of MARKETING: an affirmative, fresh consent for purpose and channel. */
export function marketingConsent(live: LiveState, terms: ConsentTerms): MarketingConsent {
  if (live.consents === null) {
    const unknown = withholding('consent.unknown', 'MISSING_FACT', undefined);
    return { withheld: { ...unknown, missing: ['consents'] } };
  }
  const own = closest(latest(live, 'MARKETING', live.channel), latest(live, 'MARKETING', 'ANY'));
  if (own === undefined) {
    if (terms.basis === 'ASSUMED_FOR_EVALUATION') return { basis: 'ASSUMED_FOR_EVALUATION' };
    return { withheld: withholding('consent.none', 'NO_CONSENT', undefined) };
  }
  if (own.state !== 'GIVEN') {
    return { withheld: withholding('consent.refused', `CONSENT_${own.state}`, own) };
  }
  if (own.expiresOn !== undefined && own.expiresOn <= live.businessDate) {
    return { withheld: withholding('consent.expired', 'CONSENT_EXPIRED', own) };
  }
  if (plusDuration(dateOf(own.effectiveAt), terms.freshFor) < live.businessDate) {
    return { withheld: withholding('consent.stale', 'CONSENT_STALE', own) };
  }
  return { basis: 'CONSENT' };
}

/** The row of the channel itself, unless a later refusal for any channel overrides it. */
function closest(
  own: LiveConsent | undefined,
  any: LiveConsent | undefined,
): LiveConsent | undefined {
  if (own === undefined || any === undefined) return own ?? any;
  return any.state !== 'GIVEN' && beats(any, own) ? any : own;
}

/**
 * Whether scoring is allowed. An objection to profiling stops scoring in every channel, whichever
 * it was made in. It is unknown where the source of consents did not answer.
 */
export function profilingOf(live: LiveState): 'ALLOWED' | 'OBJECTED' | 'UNKNOWN' {
  if (live.consents === null) return 'UNKNOWN';
  const rows = live.consents.filter(({ purpose }) => purpose === 'PROFILING');
  const objected = rows.some(
    ({ channel }) => (latest(live, 'PROFILING', channel)?.state ?? 'GIVEN') !== 'GIVEN',
  );
  return objected ? 'OBJECTED' : 'ALLOWED';
}

/**
 * The latest row; of two at one instant the refusal. A consent counts from its day on. A refusal
 * counts as soon as the bank knows it, because the business date may be behind the calendar.
 */
function latest(
  live: LiveState,
  purpose: LiveConsent['purpose'],
  channel: Channel | 'ANY',
): LiveConsent | undefined {
  return live.consents
    ?.filter((row) => row.purpose === purpose && row.channel === channel)
    .filter((row) => row.state !== 'GIVEN' || dateOf(row.effectiveAt) <= live.businessDate)
    .reduce<LiveConsent | undefined>(
      (a, b) => (a === undefined || beats(b, a) ? b : a),
      undefined,
    );
}

function beats(a: LiveConsent, b: LiveConsent): boolean {
  if (a.effectiveAt !== b.effectiveAt) return a.effectiveAt > b.effectiveAt;
  return a.state !== 'GIVEN' && b.state === 'GIVEN';
}

function withholding(
  rule: string,
  reasonCode: CandidateReason,
  row: LiveConsent | undefined,
): Withholding {
  const seen =
    row === undefined
      ? { 'consent.state': null }
      : {
          'consent.state': row.state,
          'consent.channel': row.channel,
          'consent.effectiveAt': row.effectiveAt,
          'consent.expiresOn': row.expiresOn ?? null,
        };
  return { stage: 'CONSENT', rule, reasonCode, seen };
}
