import { ANSWER_MEMBERS } from '../../app/decisions/answering/present-decision.ts';
import type {
  NextBestActionsRefusal,
  NextBestActionsRequest,
} from '../../app/decisions/deciding/request.ts';
import type { RequestContext } from '../context.ts';
import type { NextBestActionsResolvers, QueryNextBestActionsArgs } from '../generated/types.ts';
import * as refusals from '../refusals.ts';

/** An answer member by member, rendered from what is stored where it is selected. */
export const answerResolvers: NextBestActionsResolvers = ANSWER_MEMBERS;

/** Decides for a customer; the same selections in one operation decide once. */
export function resolveNextBestActions(
  args: QueryNextBestActionsArgs,
  context: Pick<RequestContext, 'deciding' | 'viewer' | 'caller' | 'maySee' | 'once' | 'spend'>,
) {
  return context.once(JSON.stringify(['nextBestActions', args]), async () => {
    if (!(await context.maySee(args.customerId))) return refusals.notInBook(args.customerId);
    const given: unknown = args.context ?? {};
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      return refusals.invalidArgument('context', 'pass an object of declared facts by name');
    }
    const request: NextBestActionsRequest = {
      customerId: args.customerId,
      channel: args.channel,
      placement: args.placement ?? null,
      context: given as { readonly [name: string]: unknown },
      first: args.first ?? 3,
      requestId: args.requestId ?? null,
      reuseWithinMs: args.reuseWithin ?? null,
      caller: context.caller,
      trigger: { kind: 'QUERY' },
      authority: context.viewer.authority,
    };
    context.spend(args.channel);
    const result = await context.deciding.nextBestActions(request);
    if (!result.ok) return refusalOf(result.refusal);
    return { __typename: 'NextBestActions' as const, ...result.value };
  });
}

function refusalOf(refusal: NextBestActionsRefusal) {
  if (refusal.code === 'UNKNOWN_CUSTOMER') return refusals.unknownCustomer(refusal.customerId);
  if (refusal.code === 'MERGED_CUSTOMER') {
    return refusals.mergedCustomer(refusal.customerId, refusal.survivorId);
  }
  if (refusal.code === 'NO_ACTIVE_RELEASE') return refusals.noActiveRelease();
  if (refusal.code === 'REQUEST_CONFLICT') return refusals.requestConflict(refusal.requestId);
  return refusals.invalidArgument(refusal.argument, refusal.message);
}
