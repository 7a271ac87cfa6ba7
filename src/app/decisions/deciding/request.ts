import type { Authority } from '../../../domain/authority.ts';
import type { Channel } from '../../../domain/channel.ts';
import type { Trigger } from '../../../domain/trigger.ts';

/** What a caller asks; every member but `requestId` and `reuseWithinMs` counts as an argument. */
export interface NextBestActionsRequest {
  readonly customerId: string;
  readonly channel: Channel;
  readonly placement: string | null;
  readonly context: { readonly [name: string]: unknown };
  readonly first: number;
  readonly requestId: string | null;
  readonly reuseWithinMs: number | null;
  readonly caller: string;
  readonly trigger: Trigger;
  /** What the viewer may present; no argument, for the answer holds it by value. */
  readonly authority: Authority;
}
