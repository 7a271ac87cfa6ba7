import { createHmac } from 'node:crypto';
import type { BusinessDate } from '../../../domain/business-date.ts';
import { type Capsule, decisionInput } from '../../../domain/decision.ts';
import type { FactValue } from '../../../domain/fact.ts';
import { uuidv7 } from '../../../domain/id.ts';
import type { Arm, LiveState } from '../../../domain/live-state.ts';
import { ONE_PPM } from '../../../domain/ppm.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import type { LoadedSnapshot } from '../../../domain/snapshot.ts';
import { decide } from '../../../engine/decide.ts';
import type { Clock, Randomness } from '../../ports/clock.ts';
import type { Commit } from '../../ports/commit.ts';
import type { DecisionLog, StoredDecision } from '../../ports/decision-log.ts';
import type { Moment } from '../../ports/moment.ts';
import type { DecidableRelease } from '../../releases/release-shelf.ts';
import type { DecisionEvidence } from '../evidence/decision-evidence.ts';
import {
  argumentsAddress,
  findAnswered,
  findReusable,
  findStored,
  isSameQuestion,
  recordReuse,
} from './asked-before.ts';
import { capsuleAddress } from './capsule-address.ts';
import { checkContext, checkRequest } from './check-request.ts';
import {
  type PresentDeps,
  type PresentRefusal,
  readPresent,
  type StandingPresent,
  standingPresent,
} from './read-present.ts';
import { recordDecision } from './record-decision.ts';
import type { NextBestActionsRequest } from './request.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';
import { trustedLiveState } from './trusted-live-state.ts';

/** Why nothing was decided; nothing was recorded either. */
export type NextBestActionsRefusal =
  | PresentRefusal
  | { readonly code: 'REQUEST_CONFLICT'; readonly requestId: string }
  | { readonly code: 'INVALID_ARGUMENT'; readonly argument: string; readonly message: string };

/** What deciding reaches the world through: one set a process, shared by all requests. */
export interface DecisionDeps extends PresentDeps {
  readonly snapshotKeeper: SnapshotKeeper;
  readonly log: DecisionLog;
  readonly commit: Commit;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly evidenceOf: (stored: StoredDecision) => Promise<DecisionEvidence>;
}

/** Decides what is best to do next for a customer; durable before it is answered. */
export async function nextBestActions(
  request: NextBestActionsRequest,
  deps: DecisionDeps,
): Promise<Result<DecisionEvidence, NextBestActionsRefusal>> {
  const wrong = checkRequest(request);
  if (wrong !== undefined) return refuse(wrong);
  const before = await findAnswered(request, deps.log);
  if (before !== undefined) {
    return isSameQuestion(request, before)
      ? ok(await deps.evidenceOf(before))
      : conflict(request);
  }
  const read = await readPresent(request.customerId, deps);
  if (!read.ok) return read;
  // Wrong context costs no rebuild; one may bring another catalogue, so it is read again after.
  const context = checkContext(request.context, read.value.release.body.facts);
  if (!context.ok) return context;
  const present = await standingPresent(read.value, deps);
  return present.ok ? decidePresent(request, present.value, deps) : present;
}

/** Decides on what is so now, unless that would only decide again what was decided of late. */
async function decidePresent(
  request: NextBestActionsRequest,
  present: StandingPresent,
  deps: DecisionDeps,
): Promise<Result<DecisionEvidence, NextBestActionsRefusal>> {
  const { moment, release, snapshot } = present;
  const context = checkContext(request.context, release.body.facts);
  if (!context.ok) return context;
  const trusted = trustedLiveState(moment, release.body.ageLimits, deps.clock.now());
  const known = { request, moment: { ...moment, live: trusted }, release };
  const live = liveStateOf(known, context.value, deps);
  const argumentsDigest = argumentsAddress(moment.addressKey, request);
  const reusable = await findReusable(request, { present, live, argumentsDigest }, deps);
  if (reusable !== undefined) {
    const reused = { decisionId: reusable.id, argumentsDigest };
    const recorded = await recordReuse(request, reused, deps.commit);
    if (recorded.outcome === 'CONFLICT') return conflict(request);
    if (recorded.outcome === 'REPEATED') return answerStored(recorded.decisionId, deps);
    return ok(await deps.evidenceOf(reusable));
  }
  const stored = decideNow({ request, moment, release, snapshot, live });
  const { requestId } = request;
  const record = { ...stored, argumentsDigest, requestId };
  const appended = await recordDecision(record, deps.commit);
  if (appended.outcome === 'RECORDED') return ok({ stored, release, snapshot });
  if (appended.outcome === 'CONFLICT') return conflict(request);
  return answerStored(appended.decisionId, deps);
}

/** Runs the engine and wraps its decision into the capsule that is stored. */
export function decideNow(known: {
  readonly request: { readonly customerId: string; readonly caller: string };
  readonly moment: Moment;
  readonly release: DecidableRelease;
  readonly snapshot: LoadedSnapshot;
  readonly live: LiveState;
}): StoredDecision {
  const { request, moment, release, snapshot, live } = known;
  const capsule: Capsule = {
    customer: moment.customer,
    snapshotAddress: snapshot.address,
    releaseDigest: release.digest,
    live,
    decision: decide(decisionInput(snapshot, live), release.loaded),
  };
  const { customerId, caller } = request;
  return {
    id: live.decisionId,
    customerId,
    caller,
    decidedAt: live.decidedAt,
    capsule,
    capsuleAddress: capsuleAddress(moment.addressKey, { caller, capsule }),
  };
}

/** The state of the moment, as it is stored by value in the decision. */
export function liveStateOf(
  known: {
    readonly request: Pick<NextBestActionsRequest, 'channel' | 'placement' | 'first' | 'trigger'>;
    readonly moment: Moment;
    readonly release: DecidableRelease;
    readonly businessDate?: BusinessDate;
  },
  context: { readonly [name: string]: FactValue },
  deps: Pick<DecisionDeps, 'clock' | 'randomness'>,
): LiveState {
  const { request, moment, release } = known;
  const decidedAt = deps.clock.now();
  return {
    ...moment.live,
    ...(moment.overdue !== undefined && { overdue: moment.overdue }),
    decisionId: uuidv7(Date.parse(decidedAt), deps.randomness.bytes(10)),
    decidedAt,
    businessDate: known.businessDate ?? moment.businessDate,
    channel: request.channel,
    placement: request.placement,
    language: moment.language ?? release.body.languages?.default ?? 'en',
    trigger: request.trigger,
    context,
    first: request.first,
    arm: armOf(moment.addressKey, release.body.rollout.controlGroupPpm),
  };
}

/** A customer stays in one arm: the draw is a keyed hash, stable and not to be guessed. */
function armOf(addressKey: Uint8Array, controlGroupPpm: number): Arm {
  const draw = createHmac('sha256', addressKey).update('arm').digest().readUInt32BE(0);
  return (draw * ONE_PPM) / 2 ** 32 < controlGroupPpm ? 'CONTROL' : 'TREATED';
}

function conflict(request: NextBestActionsRequest) {
  return refuse({ code: 'REQUEST_CONFLICT' as const, requestId: request.requestId ?? '' });
}

async function answerStored(id: string, deps: DecisionDeps) {
  return ok(await deps.evidenceOf(await findStored(id, deps.log)));
}
