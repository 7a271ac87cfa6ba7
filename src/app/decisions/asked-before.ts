import { canonicalText } from '../../domain/canonical.ts';
import type { Capsule } from '../../domain/decision.ts';
import { type Address, addressOf } from '../../domain/digest.ts';
import type { LiveState } from '../../domain/live-state.ts';
import type { Clock } from '../ports/clock.ts';
import type { Appended, DecisionLog, StoredDecision } from '../ports/decision-log.ts';
import type { NextBestActionsRequest } from './next-best-actions.ts';
import type { StandingPresent } from './read-present.ts';

/**
 * Names what was asked, for idempotency and reuse. Customer numbers and what a customer says are
 * easy to guess from a bare hash, so it is keyed, and means nothing once the key is destroyed.
 */
export function argumentsAddress(
  addressKey: Uint8Array,
  request: Pick<
    NextBestActionsRequest,
    'customerId' | 'channel' | 'placement' | 'context' | 'first' | 'trigger'
  >,
): Address {
  const { customerId, channel, placement, context, first, trigger } = request;
  return addressOf(addressKey, { customerId, channel, placement, context, first, trigger });
}

/** What this caller's request id stands for, if it was used before. */
export async function findRequest(
  { caller, requestId }: Pick<NextBestActionsRequest, 'caller' | 'requestId'>,
  log: DecisionLog,
) {
  return requestId === null ? undefined : log.findRequest(caller, requestId);
}

/**
 * The caller's own decision of late, where deciding now would decide the same: on the same input
 * under the same release, but for the time.
 */
export async function findReusable(
  request: NextBestActionsRequest,
  now: {
    readonly present: StandingPresent;
    readonly live: LiveState;
    readonly argumentsDigest: Address;
  },
  { log, clock }: { readonly log: DecisionLog; readonly clock: Clock },
): Promise<StoredDecision | undefined> {
  if (request.reuseWithinMs === null) return undefined;
  const since = new Date(Date.parse(clock.now()) - request.reuseWithinMs).toISOString();
  const { customerId, caller } = request;
  const { argumentsDigest } = now;
  const stored = await log.findReusable({ customerId, caller, argumentsDigest, since });
  return stored !== undefined && isOfSameInput(stored.capsule, now) ? stored : undefined;
}

/** Makes the request id stand for a decision that was made before. */
export async function recordReuse(
  { caller, requestId }: Pick<NextBestActionsRequest, 'caller' | 'requestId'>,
  reused: { readonly decisionId: string; readonly argumentsDigest: Address },
  log: DecisionLog,
): Promise<Appended> {
  if (requestId === null) return { outcome: 'REPEATED', decisionId: reused.decisionId };
  return log.recordRequest({ ...reused, caller, requestId });
}

function isOfSameInput(
  { snapshotAddress, releaseDigest, live }: Capsule,
  now: { readonly present: StandingPresent; readonly live: LiveState },
): boolean {
  return (
    snapshotAddress === now.present.snapshot.address &&
    releaseDigest === now.present.release.digest &&
    canonicalText(timeless(live)) === canonicalText(timeless(now.live))
  );
}

function timeless({ decisionId: _id, decidedAt: _at, ...rest }: LiveState) {
  return rest;
}
