import type { Channel, TriggerKind } from '../../../domain/channel.ts';

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
  readonly trigger: { readonly kind: TriggerKind };
}
