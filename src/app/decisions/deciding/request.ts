import type { Authority } from '../../../domain/authority.ts';
import type { BusinessDate } from '../../../domain/business-date.ts';
import type { Channel } from '../../../domain/channel.ts';
import type { Result } from '../../../domain/result.ts';
import type { Trigger } from '../../../domain/trigger.ts';
import type { DecisionEvidence } from '../evidence/decision-evidence.ts';

/** What a caller asks about one customer, and how the answer may be found. */
export interface NextBestActionsRequest {
  readonly customerId: string;
  readonly channel: Channel;
  readonly placement: string | null;
  /** Declared facts by name, as the caller sent them. */
  readonly context: { readonly [name: string]: unknown };
  readonly first: number;
  /** Names the question: asked again under this id, it is answered by what is stored. */
  readonly requestId: string | null;
  /** How old a decision of the same caller on the same input may be to answer this question. */
  readonly reuseWithinMs: number | null;
  readonly caller: string;
  readonly trigger: Trigger;
  /** What the viewer may present. It is no argument of the question, but part of its input. */
  readonly authority: Authority;
  /** Absent: decide on the present and record it. A look back has no request id. */
  readonly lookBack?: LookBack;
}

/** Decides on what was known by the end of a day. */
export interface LookBack {
  /** Null: the bank's business date, which is the present. */
  readonly asOf: BusinessDate | null;
  /** Whether the decision and the snapshot it rests on are stored. */
  readonly record: boolean;
}

/**
 * Why nothing was decided; nothing was recorded either. A release for another engine counts as
 * none.
 */
export type NextBestActionsRefusal =
  | { readonly code: 'UNKNOWN_CUSTOMER'; readonly customerId: string }
  /** At the moment that is looked at, the number had been merged into another one. */
  | {
      readonly code: 'MERGED_CUSTOMER';
      readonly customerId: string;
      readonly survivorId: string;
    }
  | { readonly code: 'NO_ACTIVE_RELEASE' }
  | { readonly code: 'REQUEST_CONFLICT'; readonly requestId: string }
  | { readonly code: 'INVALID_ARGUMENT'; readonly argument: string; readonly message: string };

/** A decision with its evidence, or why there is none. */
export type NextBestActionsAnswer = Result<DecisionEvidence, NextBestActionsRefusal>;
