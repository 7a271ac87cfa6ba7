import { capsuleAddress } from '../../src/app/decisions/deciding/capsule-address.ts';
import type { DecisionRecord } from '../../src/app/ports/decision-log.ts';
import {
  type Candidate,
  type Capsule,
  type Decision,
  ENGINE_VERSION,
} from '../../src/domain/decision.ts';
import { addressOf, digestOf } from '../../src/domain/digest.ts';
import { uuidv7 } from '../../src/domain/id.ts';
import { customerUuid } from '../support/customer-uuid.ts';
import { SMALL_LIVE } from '../support/small-input.ts';

export interface SampleOptions {
  readonly id?: string;
  readonly at?: string;
  readonly customerId?: string;
  readonly releaseDigest: string;
  readonly requestId?: string | null;
  readonly asked?: unknown;
  readonly caller?: string;
  readonly trigger?: Capsule['live']['trigger'];
  readonly candidates?: readonly Candidate[];
}

const AT = '2026-11-24T09:30:00.000Z';
let count = 0;

/** An id of an instant, unlike every other made here. */
export function idAt(instant: string): string {
  count += 1;
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(2, count);
  return uuidv7(Date.parse(instant), random);
}

/** A decision as the use case hands it over; what a test does not name is always the same. */
export function sampleDecision(options: SampleOptions): DecisionRecord {
  const at = options.at ?? AT;
  const id = options.id ?? idAt(at);
  const candidates = options.candidates ?? [surfaced('loan')];
  const decision: Decision = {
    engineVersion: ENGINE_VERSION,
    releaseDigest: options.releaseDigest,
    outcome: candidates.some(({ outcome }) => outcome === 'SURFACED') ? 'ACTIONS' : 'NO_ACTION',
    arm: 'TREATED',
    candidates,
    degradations: [],
    traceDigest: digestOf('trace'),
  };
  const live = { ...SMALL_LIVE, decisionId: id, decidedAt: at };
  const caller = options.caller ?? 'agent-1';
  const capsule: Capsule = {
    customer: customerUuid(options.customerId ?? 'C1'),
    snapshotAddress: `hmac:${'ab'.repeat(32)}`,
    releaseDigest: options.releaseDigest,
    live: { ...live, trigger: options.trigger ?? live.trigger },
    decision,
  };
  const key = new Uint8Array(32);
  return {
    id,
    capsule,
    capsuleAddress: capsuleAddress(key, { caller, capsule }),
    caller,
    argumentsDigest: addressOf(key, options.asked ?? 'asked'),
    requestId: options.requestId ?? null,
  };
}

export function surfaced(actionId: string): Candidate {
  return { actionId, treatmentId: `${actionId}-agent`, outcome: 'SURFACED', rank: 1 };
}

export function withheld(
  actionId: string,
  stage: 'ELIGIBILITY' | 'SUPPRESSION' | 'ARBITRATION',
  rule: string,
): Candidate {
  const reason = { stage, rule, reasonCode: 'NO', seen: { age: 17 } };
  return { actionId, treatmentId: null, outcome: 'WITHHELD', withheld: reason };
}

export function priced(candidate: Candidate, rule: string): Candidate {
  const applied = [{ rule, kind: 'pricing' as const, reasonCode: 'LOYAL', seen: {} }];
  return { ...candidate, applied };
}
