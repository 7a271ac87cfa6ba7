import { canonicalText } from '../../../domain/canonical.ts';
import type { Capsule } from '../../../domain/decision.ts';
import { type Address, addressOf } from '../../../domain/digest.ts';
import type { LiveState } from '../../../domain/live-state.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Commit } from '../../ports/commit.ts';
import type { Appended, DecisionLog, StoredDecision } from '../../ports/decision-log.ts';
import type { StandingPresent } from './read-present.ts';
import type { NextBestActionsRequest } from './request.ts';

type Question = Pick<
  NextBestActionsRequest,
  'customerId' | 'channel' | 'placement' | 'context' | 'first' | 'trigger'
>;

/** The decision that this caller's request id stands for, if it was used before. */
export async function findAnswered(
  { caller, requestId }: Pick<NextBestActionsRequest, 'caller' | 'requestId'>,
  log: DecisionLog,
): Promise<StoredDecision | undefined> {
  if (requestId === null) return undefined;
  const id = await log.findRequest(caller, requestId);
  return id === undefined ? undefined : findStored(id, log);
}

/** A decision that a request stands for; throws where it was answered and cannot be read. */
export async function findStored(id: string, log: DecisionLog): Promise<StoredDecision> {
  const stored = (await log.findMany([id])).get(id);
  if (stored === undefined) throw new Error('a recorded request names no decision');
  // Deciding anew might answer otherwise than what was answered before.
  if (stored.capsule === null) throw new Error(`decision ${id} of a request cannot be read`);
  return stored;
}

/** True when a decision answers just this question: its capsule holds every argument. */
export function isSameQuestion(
  request: Question,
  { customerId, capsule }: StoredDecision,
): boolean {
  return textOf(request) === textOf({ ...capsule.live, customerId });
}

/**
 * Names what is asked, for who asks it at the same moment and for reuse. Customer numbers and what
 * customers say are easy to guess from a bare hash: this one means nothing without their key.
 */
export function argumentsAddress(addressKey: Uint8Array, request: Question): Address {
  return addressOf(addressKey, textOf(request));
}

function textOf({ customerId, channel, placement, context, first, trigger }: Question): string {
  return canonicalText({ customerId, channel, placement, context, first, trigger });
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
  commit: Commit,
): Promise<Appended> {
  if (requestId === null) return { outcome: 'REPEATED', decisionId: reused.decisionId };
  const effect = {
    effect: 'REQUEST_ANSWERED',
    follows: null,
    ...reused,
    caller,
    requestId,
  } as const;
  const committed = await commit({ decisions: [], effects: [effect] });
  const [answered] = committed.effects;
  if (answered === undefined || answered.outcome === 'DROPPED') {
    throw new Error('the commit gave the request no answer');
  }
  return answered;
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
