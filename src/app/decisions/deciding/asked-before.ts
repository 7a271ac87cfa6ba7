import { canonicalText } from '../../../domain/canonical.ts';
import { type Address, addressOf } from '../../../domain/digest.ts';
import type { LiveState } from '../../../domain/live-state.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DecisionLog, StoredDecision } from '../../ports/decision-log.ts';
import type { Asked } from './conclude-asked.ts';
import { liveStateFor } from './decide-many.ts';
import type { Present } from './read-present.ts';
import type { NextBestActionsRequest } from './request.ts';

/** The members of a request that make it another question: neither authority nor ids. */
type Arguments = Pick<
  NextBestActionsRequest,
  'customerId' | 'channel' | 'placement' | 'context' | 'first' | 'trigger' | 'lookBack'
>;

/** The decision that this caller's request id stands for; undefined where it is a new one. */
export async function findAnswered(
  { caller, requestId }: Pick<NextBestActionsRequest, 'caller' | 'requestId'>,
  log: DecisionLog,
): Promise<StoredDecision | undefined> {
  if (requestId === null) return undefined;
  const id = await log.findRequest(caller, requestId);
  return id === undefined ? undefined : findStored(id, log);
}

/** The decision that answered a request; throws where it cannot be read any more. */
export async function findStored(id: string, log: DecisionLog): Promise<StoredDecision> {
  const stored = (await log.findMany([id])).get(id);
  if (stored === undefined) throw new Error('a recorded request names no decision');
  // Deciding anew might answer otherwise than what was answered before.
  if (stored.capsule === null) throw new Error(`decision ${id} of a request cannot be read`);
  return stored;
}

/** True when a stored decision answers exactly these arguments: its capsule holds them all. */
export function isSameQuestion(
  request: Arguments,
  { customerId, capsule }: StoredDecision,
): boolean {
  return argumentsText(request) === argumentsText({ ...capsule.live, customerId });
}

/**
 * The digest by which equal questions about a customer are found. It is made with the customer's
 * key: customer numbers and what customers say are easy to guess from a bare hash.
 */
export function argumentsAddress(addressKey: Uint8Array, request: Arguments): Address {
  return addressOf(addressKey, argumentsText(request));
}

function argumentsText(request: Arguments): string {
  const { customerId, channel, placement, context, first, trigger, lookBack } = request;
  const asked = { customerId, channel, placement, context, first, trigger };
  return canonicalText(lookBack === undefined ? asked : { ...asked, asOf: lookBack.asOf });
}

/**
 * A decision that this caller had within `reuseWithinMs` and that deciding now would only repeat:
 * it rests on the same snapshot, release and live state, authority included, all but the time.
 */
export async function findReusable(
  { request, snapshot, release }: Present,
  now: Pick<Asked, 'question' | 'known' | 'argumentsDigest'>,
  { log, clock }: { readonly log: DecisionLog; readonly clock: Clock },
): Promise<StoredDecision | undefined> {
  const { customerId, caller, reuseWithinMs } = request;
  if (reuseWithinMs === null) return undefined;
  const since = new Date(Date.parse(clock.now()) - reuseWithinMs).toISOString();
  const { argumentsDigest } = now;
  const stored = await log.findReusable({ customerId, caller, argumentsDigest, since });
  if (stored === undefined) return undefined;
  const { capsule } = stored;
  const isSame =
    capsule.snapshotAddress === snapshot.address &&
    capsule.releaseDigest === release.digest &&
    isSameState(capsule.live, liveStateFor(now.question, now.known));
  return isSame ? stored : undefined;
}

function isSameState(one: LiveState, other: LiveState): boolean {
  return canonicalText(withoutTime(one)) === canonicalText(withoutTime(other));
}

function withoutTime({ decisionId: _id, decidedAt: _at, ...rest }: LiveState) {
  return rest;
}
