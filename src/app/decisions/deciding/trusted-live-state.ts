import type { PartFailure } from '../../../domain/customer360.ts';
import type { Instant } from '../../../domain/instant.ts';
import { type CustomerLiveState, LIVE_PARTS, type LivePart } from '../../../domain/live-state.ts';
import type { AgeLimits } from '../../../domain/release.ts';
import { freshUntil } from '../../../engine/point-in-time/freshness.ts';
import { bankTime } from '../../customer360/bank-time.ts';
import type { Moment } from '../../ports/moment.ts';

/**
 * The live state that a decision may rest on. A list whose source is too old, or that the bank
 * never handed over, is unknown, and what is unknown permits nothing; only a bank marked for
 * evaluation counts what it never handed over as empty.
 */
export function trustedLiveState(
  moment: Moment,
  ageLimits: AgeLimits,
  now: Instant,
): CustomerLiveState {
  const failures: { [part in LivePart]?: PartFailure } = {};
  for (const part of LIVE_PARTS) {
    const failure = failureOf(part, moment, { ageLimits, now });
    if (failure !== undefined) failures[part] = failure;
  }
  const { live } = moment;
  if (Object.keys(failures).length === 0) return live;
  return {
    consents: failures.consents === undefined ? live.consents : null,
    holds: failures.holds === undefined ? live.holds : null,
    contacts: failures.campaigns === undefined ? live.contacts : null,
    complainedOn: failures.interactions === undefined ? live.complainedOn : null,
    failures,
  };
}

function failureOf(
  part: LivePart,
  { liveSources, bankMode, businessDate }: Moment,
  { ageLimits, now }: { readonly ageLimits: AgeLimits; readonly now: Instant },
): PartFailure | undefined {
  const asOf = liveSources[part];
  if (asOf === null) return bankMode === 'EVALUATION' ? undefined : 'NOT_COVERED';
  return bankTime(businessDate, now) > freshUntil({ asOf }, part, ageLimits)
    ? 'STALE'
    : undefined;
}
